"""What a sentence says that somebody does: the raw material of a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.drafting.memory import Ids
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, kw_only=True)
class Event:
    """Who does what to whom; `at` is the word it hangs on, `objects` or `about` (a place or thing) suffer it."""

    at: Token
    predicate: str
    subjects: Ids
    objects: Ids = ()
    about: str = ""
    amount: str = ""
    why: str = ""
    sure: bool = True


Reader = Callable[["Token", Who], Iterator[Event]]
"""Yields what a word of a sentence says."""


def phrase(token: Token, most: int = 9) -> str:
    """Return the words around a noun, without what only adds to it, as text."""
    leave = {
        each
        for child in token.children
        if child.dep_ in ("relcl", "acl", "conj", "cc", "appos", "punct") and child.i > token.i
        for each in child.subtree
    }
    words = [each for each in token.subtree if each not in leave]
    words = [each for each in words if each.i >= token.left_edge.i][:most]
    text = "".join(each.text_with_ws for each in words).strip(" ,;-\"'")
    first, _, rest = " ".join(text.split()).partition(" ")
    return f"{first.lower() if first in _ARTICLES else first} {rest}".strip()


_ARTICLES = (
    "The",
    "A",
    "An",
    "Some",
    "Several",
    "More",
    "About",
    "Most",
    "Dozens",
    "Thousands",
    "Hundreds",
    "Tens",
)
