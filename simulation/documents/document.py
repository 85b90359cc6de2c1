"""A source document, restated in numbered sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from simulation.documents.seed_model import SeedModel, Text
from simulation.errors import InputError
from simulation.io.characters import composed
from simulation.io.file_cache import FileCache
from simulation.io.yaml_file import MOST_BYTES, parse, read_text

_SENTENCE = re.compile(r"S([0-9]{1,9})\. +(.+)", re.DOTALL)
_NO_CLAIM = re.compile(r"(.*?)\s*\{no claim: (.+)\}", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence of a document; `no_claim` says why no claim was drawn from it, or is None."""

    id: str
    text: str
    line: int
    no_claim: str | None


@dataclass(frozen=True, kw_only=True)
class Document:
    """One source document; its id is the name of its file without `.md`."""

    id: str
    title: str
    date: str
    source: str
    note: str
    path: Path
    sentences: dict[str, Sentence]


class _Head(SeedModel):
    title: Text
    date: Text
    source: Text
    note: Text


def read_document(path: Path, files: FileCache) -> Document:
    """Return the document in a Markdown file.

    The file begins with a head between two lines `---`; each paragraph after it is a sentence, `S1. …`.
    Errors: InputError for a head that is missing or wrong, and for a sentence out of number.
    """
    text = files.text(path, most_bytes=MOST_BYTES, kind="a document")
    head, body_line, body = _parted(text, path)
    fields = parse(read_text("\n" + head, path), _Head)
    return Document(
        id=composed(path.stem), path=path, sentences=_sentences(body, body_line, path), **fields.model_dump()
    )


def _parted(text: str, path: Path) -> tuple[str, int, str]:
    """Return the head, the line on which the body begins, and the body."""
    lines = text.splitlines()
    if not lines or lines[0] != "---" or "---" not in lines[1:]:
        raise InputError("a document begins with a head between two lines '---'", file=path, line=1)
    end = lines.index("---", 1)
    return "\n".join(lines[1:end]), end + 2, "\n".join(lines[end + 1 :])


def _sentences(body: str, line: int, path: Path) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    for paragraph in re.split(r"(\n\s*\n)", body):
        begins = line + len(paragraph) - len(paragraph.lstrip("\n"))
        if paragraph.strip():
            sentence = _sentence(paragraph.strip(), begins, len(found) + 1, path)
            found[sentence.id] = sentence
        line += paragraph.count("\n")
    return found


def _sentence(paragraph: str, line: int, number: int, path: Path) -> Sentence:
    match = _SENTENCE.fullmatch(paragraph)
    if match is None or int(match[1]) != number:
        raise InputError(f"this paragraph must begin with its number, 'S{number}. '", file=path, line=line)
    text, reason = " ".join(match[2].split()), None
    if silent := _NO_CLAIM.fullmatch(text):
        text, reason = silent[1], silent[2]
    return Sentence(id=f"S{number}", text=text, line=line, no_claim=reason)
