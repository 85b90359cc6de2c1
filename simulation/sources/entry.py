"""One link of a chain: something the model uses or gives, and what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Basis = Literal["claims", "source", "assumption", "scenario", "run", "document"]

BASES: dict[Basis, str] = {
    "claims": "computed from claims",
    "source": "source",
    "assumption": "assumption",
    "scenario": "set without a source",
    "run": "result of the run",
    "document": "sentence",
}
"""What a thing rests on, in the words that a reader sees."""

_CLAIM = re.compile(r"\b[A-Z][0-9]{2,3}\b")
_ASSUMED = re.compile(r"assumption\s*(?:[:;,.]\s*|(?=\()|$)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A thing with its value in words and its basis; `because` is the source, the reason or the rule.

    `key` is unique in its group, and what a reader asks for; `names` are other words for it. `written` says
    which file and line, or which option, gives it. `change` says what was different before the scenario
    edited claims or numbers. `see` leads on: keys of other entries, with a word why.
    """

    key: str
    title: str
    value: str = ""
    basis: Basis
    because: str
    written: str = ""
    claims: tuple[str, ...] = ()
    change: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    see: tuple[tuple[str, tuple[str, ...]], ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EntryGroup:
    """Entries of one kind; `id` is short and serves as an anchor."""

    id: str
    heading: str
    intro: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A claim with the sentence it stands in; an added claim has no document, and its reason in `sentence`."""

    id: str
    text: str
    said_by: str
    verified: bool
    believed: bool
    trust: float
    sentence: str
    written: str
    about: tuple[str, ...]
    document: str = ""
    title: str = ""
    date: str = ""
    number: str = ""
    basis: str = ""
    sentence_written: str = ""

    @property
    def stands_in(self) -> str:
        """The document and the sentence in it, or that it is the scenario's own."""
        return f"{self.document} {self.number}" if self.document else "added by the scenario"


def basis_of(text: str) -> tuple[Basis, str]:
    """Return whether a text such as `assumption: why` names a source or an assumption, and the rest of it.

    The word stands alone or before a sign of punctuation; "assumption of the report" is a source.
    """
    assumed = _ASSUMED.match(text)
    return ("source", text) if assumed is None else ("assumption", text[assumed.end() :].strip())


def claims_in(text: str, known: dict[str, Citation]) -> tuple[str, ...]:
    """Return the ids of the claims that a text names, in their order."""
    return tuple(dict.fromkeys(name for name in _CLAIM.findall(text) if name in known))
