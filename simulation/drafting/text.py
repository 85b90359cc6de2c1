"""The text that claims are drafted from, in numbered sentences: an article as it is, or a document of the seeds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from simulation.drafting.lexicon import word_set
from simulation.errors import InputError
from simulation.io.text_file import text_of

MOST_BYTES = 200_000
_NUMBERED = re.compile(r"^S(\d+)\.\s+", re.M)
_NO_CLAIM = re.compile(r"\s*\{no claim: .+\}$")
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_QUOTES = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "\u2019": "'",
        "\u2018": "'",
        "\u2014": " - ",
        "\u2013": "-",
    }
)
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Sgt|Brig|Adm|Gov|Sen|Rep|Prof|St|Jr|No|vs|approx|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)"
    r"|\b[A-Z]|\b(?:[A-Z]\.)+[A-Z])\.$"
)
_END = re.compile(r"[.!?][\"')\]]*(?=\s+[\"'(\[]?[A-Z0-9])")


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text: its id, its day in ISO form or empty where none is known, and its sentences by their numbers."""

    id: str
    day: str
    sentences: dict[str, str]


def read_text(path: Path, day: str = "") -> Text:
    """Return the text of a file; `day`, where given, is the day on which it was written.

    Otherwise the day is in its head, in its first lines or in the name of the file as 2024-11-28, or not known.
    Errors: InputError for a file that cannot be read or has no sentence, and for a day that is none.
    """
    content = text_of(path, most_bytes=MOST_BYTES, kind="a text")
    head, body = _parted(content)
    numbered = list(_NUMBERED.finditer(body))
    sentences = _numbered(body, numbered) if numbered else _numbers(body)
    if not sentences:
        raise InputError("the file holds no sentence", file=path)
    return Text(id=path.stem, day=_day(day, head, path), sentences=sentences)


def _parted(content: str) -> tuple[str, str]:
    lines = content.splitlines()
    if lines and lines[0] == "---" and "---" in lines[1:]:
        end = lines.index("---", 1)
        return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])
    return "", content


def _day(given: str, head: str, path: Path) -> str:
    found = _DATE.search(head) or _DATE.search(path.stem)
    day = given or (found[0] if found else "")
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        raise InputError(f"'{day}' is no day such as 2024-11-28", file=None if given else path) from None


def _numbered(body: str, marks: list[re.Match[str]]) -> dict[str, str]:
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    found = {}
    for mark, end in zip(marks, ends, strict=True):
        words = " ".join(body[mark.end() : end].split())
        if not _NO_CLAIM.search(words):
            found[f"S{mark[1]}"] = _plain(words)
    return found


def _numbers(body: str) -> dict[str, str]:
    paragraphs = [" ".join(each.split()) for each in re.split(r"\n\s*\n|\n(?=[A-Z\"“])", body)]
    # A heading or a line without a full stop is no sentence.
    sentences = [
        part for each in paragraphs for part in split(_plain(each)) if re.search(r"[.!?][\"')\]]*$", part)
    ]
    return {f"S{number}": text for number, text in enumerate(sentences, 1)}


def _plain(text: str) -> str:
    return text.translate(_QUOTES)


def split(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph; a full stop after a title, an initial or an abbreviation ends none."""
    parts, begin = list[str](), 0
    for end in _END.finditer(paragraph):
        stop = paragraph[begin : end.start() + 1]
        if _SHORT.search(stop) and not _ends_with_an_abbreviation(paragraph, end):
            continue
        parts.append(paragraph[begin : end.end()].strip())
        begin = end.end()
    parts.append(paragraph[begin:].strip())
    return [part for part in parts if part]


def _ends_with_an_abbreviation(paragraph: str, end: re.Match[str]) -> bool:
    """Return whether after 'U.N.' a sentence begins, which an article, a pronoun or the like shows."""
    following = paragraph[end.end() :].lstrip(" \"'(").split(" ", 1)[0]
    return following in _STARTS and not re.search(
        r"\b(?:Mr|Dr|Gen|Lt|Col|Mrs|Ms)\.$", paragraph[: end.start() + 1]
    )


_STARTS = word_set(
    "The A An It They He She In On At But And However This That These Those Its Their By After Since"
)
