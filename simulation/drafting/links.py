"""Links of the parse: what follows a preposition, what a relative clause describes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def objects_after(token: Token, prepositions: Iterable[str]) -> list[Token]:
    """Return the objects of prepositions that hang on a word."""
    found = []
    for each in token.children:
        if each.lower_ in prepositions and each.dep_ in ("prep", "agent", "acl", "amod", "dative"):
            for below in each.children:
                if below.dep_ in ("pobj", "pcomp"):
                    found.append(below)
                if below.dep_ == "prep":
                    found += [deeper for deeper in below.children if deeper.dep_ == "pobj"]
    return found


def relative_head(token: Token) -> Token | None:
    """Return the noun that the relative clause around a word describes, or None."""
    for above in token.ancestors:
        if above.dep_ == "relcl":
            return above.head
    return None


def one_of(nouns: dict[str, Token], wanted: frozenset[str]) -> Token | None:
    """Return the first noun whose lemma is among some."""
    return next((noun for lemma, noun in nouns.items() if lemma in wanted), None)
