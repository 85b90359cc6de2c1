"""Where a sentence names a party: by one of its names, by the adjective of its country, or by its seat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulation.drafting.lexicon import (
    ACCORD_NOUNS,
    ALLY_NOUNS,
    BACKED,
    FORCE_NOUNS,
    GIVE,
    REBEL_NOUNS,
    STATE_NOUNS,
    SUPPORT_NOUNS,
    VOICE_NOUNS,
    word_set,
)
from simulation.drafting.names import Party

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Kind = Literal["name", "adjective", "seat", "ground"]
_PLACES = word_set(
    "in into near across over from to through inside outside around at within throughout towards toward via of"
)
_AGAINST = frozenset({"against", "by", "with", "between", "alongside", "beside", "for"})


@dataclass(frozen=True, kw_only=True)
class Mention:
    """Tokens `start` to `end` (excluded) of a sentence that name a party; `tie` is 'backed' in 'Ruritanian-backed'.

    A mention of kind ground only says where something is.
    """

    start: int
    end: int
    root: int
    party: str
    kind: Kind
    tie: str = ""
    tied_to: int = -1


@dataclass(frozen=True)
class _Pattern:
    words: tuple[str, ...]
    party: str
    kind: Kind
    exact: bool


class NameFinder:
    """Finds the parties in parsed sentences; `tokens` splits a name as the parser does."""

    def __init__(self, parties: Sequence[Party], tokens: Callable[[str], list[str]]) -> None:
        """Keep every way to write each party."""
        self.parties = {party.id: party for party in parties}
        self._patterns: dict[str, list[_Pattern]] = {}
        for party in parties:
            for name in party.names:
                self._add(tokens(name), party.id, "name")
            for adjective in party.adjectives:
                self._add(adjective.split(), party.id, "adjective")
            if party.country:
                self._add(tokens(party.country), party.id, "name")
            if party.seat:
                self._add(tokens(party.seat), party.id, "seat")

    def _add(self, words: list[str], party: str, kind: Kind) -> None:
        exact = len(words) == 1 and words[0].isupper() and len(words[0]) <= 6
        key = words[0] if exact else words[0].lower()
        made = _Pattern(tuple(words if exact else [word.lower() for word in words]), party, kind, exact)
        if exact and len(words[0]) in (2, 3, 4) and words[0].isalpha():
            dotted = ".".join(words[0]) + "."
            self._patterns.setdefault(dotted, []).append(_Pattern((dotted,), party, kind, True))
        same = self._patterns.setdefault(key, [])
        if not any(each.words == made.words for each in same):
            same.append(made)

    def mentions(self, doc: Doc) -> list[Mention]:
        """Return the parties named in a sentence, in its order; the longest name that fits goes first."""
        found, at = list[Mention](), 0
        while at < len(doc):
            mention = self._at(doc, at)
            if mention is not None:
                found.append(mention)
            at = at + 1 if mention is None else mention.end
        return found

    def _at(self, doc: Doc, at: int) -> Mention | None:
        best = max(self._fitting(doc, at), key=lambda each: len(each.words), default=None)
        if best is None:
            return None
        kind = best.kind
        end = self._state_end(doc, at + len(best.words)) if kind == "adjective" else at + len(best.words)
        if end is None:
            return None
        root = doc[at:end].root
        if kind != "adjective" and self.parties[best.party].state and _only_a_place(root, kind):
            kind = "ground"
        tie, tied_to = _tie(doc, end)
        return Mention(start=at, end=end, root=root.i, party=best.party, kind=kind, tie=tie, tied_to=tied_to)

    def _fitting(self, doc: Doc, at: int) -> Iterator[_Pattern]:
        token = doc[at]
        for pattern in self._patterns.get(token.text, []) + self._patterns.get(token.lower_, []):
            words = [
                each.text if pattern.exact else each.lower_ for each in doc[at : at + len(pattern.words)]
            ]
            if words and len(words) == len(pattern.words):
                same = words[:-1] == list(pattern.words[:-1])
                last, meant = words[-1], pattern.words[-1]
                plural = not pattern.exact and pattern.kind == "name" and last == meant + "s"
                if same and (last == meant or plural) and _spelt_as_a_name(doc[at], pattern):
                    yield pattern

    def _state_end(self, doc: Doc, end: int) -> int | None:
        """Return where 'Ruritanian troops' ends, or None for rebels of the country."""
        if end >= len(doc) or doc[end].is_punct:
            return end
        for at in range(end, min(end + 3, len(doc))):
            token = doc[at]
            lemma = token.lemma_.lower()
            if token.pos_ in ("NOUN", "PROPN") and lemma in STATE_NOUNS:
                while (
                    at + 1 < len(doc)
                    and doc[at + 1].lemma_.lower() in STATE_NOUNS
                    and doc[at + 1].pos_ == "NOUN"
                ):
                    at += 1
                return at + 1
            if lemma in REBEL_NOUNS:
                return None
            if token.pos_ not in ("ADJ", "NOUN", "PROPN"):
                return end
        return end


def _spelt_as_a_name(token: Token, pattern: _Pattern) -> bool:
    """Return whether a single short word is written as the name is, so that 'us' is no country."""
    return pattern.exact or len(pattern.words) > 1 or len(token) > 3 or token.text[0].isupper()


def _only_a_place(root: Token, kind: Kind) -> bool:
    """Return whether the name of a country or its seat only says where something is."""
    if kind == "seat":
        return root.dep_ not in ("nsubj", "nsubjpass", "poss") and root.head.lower_ not in _AGAINST
    if root.dep_ != "pobj" or root.head.lower_ not in _PLACES:
        return False
    if root.head.lower_ not in ("of", "from", "to", "in"):
        return True
    holder = root.head.head
    return not (
        (root.head.lower_ != "in" and _speaks_of_a_party(holder))
        or holder.lemma_ in ("army", "ministry", "government")
    )


def _speaks_of_a_party(holder: Token) -> bool:
    lemma = holder.lemma_.lower()
    return (
        holder.pos_ != "VERB"
        and (lemma in FORCE_NOUNS | VOICE_NOUNS | SUPPORT_NOUNS | ACCORD_NOUNS or lemma in ALLY_NOUNS)
    ) or lemma in GIVE


def _tie(doc: Doc, end: int) -> tuple[str, int]:
    """Return 'backed' and the index of what is backed, where a name is followed by '-backed', or nothing."""
    if end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].lower_ in BACKED:
        tie = doc[end + 1]
        head = tie.head if tie.head.pos_ in ("NOUN", "PROPN") and tie.head.i > tie.i else None
        if head is None:
            head = next((each for each in doc[end + 2 : end + 7] if each.pos_ in ("NOUN", "PROPN")), None)
        if head is not None:
            return tie.lower_, head.i
    return "", -1
