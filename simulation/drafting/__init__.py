"""From a text to claims: what a parser and lists of words make of it, for a person to read and correct."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from simulation.drafting.claims_file import claims_text
from simulation.drafting.drafts import drafts_of
from simulation.drafting.lines import Line, lines_of
from simulation.drafting.names import read_parties
from simulation.drafting.questions import questions_of
from simulation.drafting.reading import read_sentences
from simulation.drafting.text import read_text
from simulation.io.file_cache import FileCache


@dataclass(frozen=True, kw_only=True)
class DraftedClaims:
    """The lines drafted from a text, the questions it leaves open, and the file of claims they make."""

    lines: tuple[Line, ...]
    questions: tuple[str, ...]
    text: str


def draft_claims(file: Path, actors: Path, day: str = "") -> DraftedClaims:
    """Return the claims drafted from a text about the actors of a file or of a folder of seeds.

    `day` is the day on which the text was written; left out, it is read from the head or the name of the file.
    Errors: InputError for a text or actors that cannot be read, and where the extra `draft` is not installed.
    """
    parties, text = read_parties(actors), read_text(file, day)
    readings = read_sentences(text, parties)
    drafts = drafts_of(readings, parties)
    lines = lines_of(drafts, text, _places(actors), _letter(actors))
    questions = questions_of(text, parties, readings, drafts, lines)
    return DraftedClaims(
        lines=tuple(lines), questions=tuple(questions), text=claims_text(lines, text, parties, questions)
    )


def _places(actors: Path) -> Collection[str]:
    """Return the names of the places of the region beside the actors, if there is one."""
    file = (actors if actors.is_dir() else actors.parent) / "region" / "places.csv"
    return frozenset(FileCache().rows(file, ["name"]).columns["name"]) if file.is_file() else frozenset()


def _letter(actors: Path) -> str:
    """Return the first letter from C on that no claim of the folder begins with."""
    folder = (actors if actors.is_dir() else actors.parent) / "claims"
    taken = {
        found
        for file in sorted(folder.rglob("*.yaml"))
        for found in re.findall(r"\bid: ([A-Z])\d", file.read_text(encoding="utf-8"))
    }
    return next((letter for letter in "CDEFGHIJKLMNOPQSTUVWXYZ" if letter not in taken), "C")
