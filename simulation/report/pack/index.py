"""The first page of a pack: every lesson with its question, and where to go."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from simulation.report.pack.frame import pack_page

ASKED = "Write down your guess before you open a report. A guess is never wrong here."
CAUTION = (
    "These are plays of a model that nobody has calibrated. They show what follows from its assumptions, not what will "
    "happen in the world. People died and fled in the wars behind it."
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A lesson of a pack: its name, title and question, and its pages as (words, address).

    `number` is its place among the planned lessons, 0 for one without a plan of its own.
    """

    name: str
    title: str
    question: str
    pages: tuple[tuple[str, str], ...]
    number: int = 0


def index_page(entries: Iterable[Entry], *, for_teachers: bool = False) -> str:
    """Return the page of the pupils, or that of the teachers; planned lessons come first, in their order."""
    ordered = sorted(entries, key=lambda each: each.number or math.inf)
    body = "".join(_entry(each) for each in ordered)
    intro = "" if for_teachers else f"<p>{ASKED}</p><p>{CAUTION}</p>"
    kicker = "For teachers: answers inside" if for_teachers else "simulate"
    return pack_page(title="Lessons", kicker=kicker, main=intro + body)


def _entry(entry: Entry) -> str:
    links = " · ".join(
        f'<a href="{escape(address)}">{escape(words)}</a>' for words, address in entry.pages
    )  # fmt: skip
    number = f"Lesson {entry.number}: " if entry.number else ""
    return (
        f'<section id="{escape(entry.name)}"><h2>{number}{escape(entry.title)}</h2>'
        f"<p>{escape(entry.question)}</p><p>{links}</p></section>"
    )
