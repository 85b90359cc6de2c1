"""Who may be a party: the names that a text gives to somebody more than once, but for places."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.documents.actor import ActorKind
from simulation.drafting.names import nationality
from simulation.new_conflict.writing import word

if TYPE_CHECKING:
    from spacy.tokens import Doc

MOST, LEAST_OFTEN = 10, 2
NO_PARTY = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december reuters afp un nations united president minister general colonel spokesman
    spokesperson mr mrs north south east west""".split()  # noqa: SIM905
)
"""Words that a name begins with which is no party: days, months, agencies and titles."""
_BRACKETS = re.compile(r"((?:[A-Z0-9][\w'-]*(?: (?:of the|of|for|and))? )+)\(([A-Z][A-Z0-9/-]{1,11})\)")
_PLACE = re.compile(
    r"\b(?:in|near|at|around|towards?|outside|fled|left|reached|(?:town|city|village|province) of)\s+$"
)
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9/-]{2,11}")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who may be a party: id, name, other names, kind, and how often the text names it."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: ActorKind
    times: int


def candidates(docs: list[Doc], places: Collection[str], countries: Collection[str]) -> list[Candidate]:
    """Return who is named at least twice, most often first.

    Adjectives of a country count for the country, and a short name in brackets for the one before it. A name that
    mostly follows "in", "near" or "town of" is a place.
    """
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    as_place = Counter[str]()
    for doc in docs:
        for key, name, is_place in _mentions(doc, countries):
            written[key][name] += 1
            as_place[key] += is_place
    for doc in docs:
        for full, brief in _BRACKETS.findall(doc.text):
            written[brief] += written.pop(full.strip(), Counter())
            written[brief][full.strip()] += 0
    for brief in [each for each in written if each not in countries]:
        longer = [each for each in written if each in countries and each.endswith(f" {brief}")]
        if len(longer) == 1:
            written[longer[0]] += written.pop(brief)
    times = {key: names.total() for key, names in written.items() if not _is_none(key, places)}
    parties = [key for key, count in times.items() if count >= LEAST_OFTEN and 2 * as_place[key] < count]
    return [
        Candidate(
            id=word(key),
            name=key,
            aliases=tuple(sorted({*written[key]} - {key})),
            kind="state" if key in countries else "armed_organisation",
            times=times[key],
        )
        for key in sorted(parties, key=lambda each: -times[each])[:MOST]
    ]


def _is_none(name: str, places: Collection[str]) -> bool:
    return name in places or name.split()[0].lower() in NO_PARTY


def _mentions(doc: Doc, countries: Collection[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield who is named, as what, and whether as a place: countries first, then what is written as a name."""
    text = doc.text
    named = sorted((each for each in countries if each in text), key=len, reverse=True)
    for country in named:
        for match in re.finditer(rf"\b{re.escape(country)}\b", text):
            yield country, country, False
            text = f"{text[: match.start()]}{' ' * len(country)}{text[match.end() :]}"
    adjectives = {each: country for country in countries for each in nationality(country)}
    for start, name in _names(doc):
        if text[start : start + len(name)] != name:  # a part of a country's name
            continue
        key = adjectives.get(name.lower(), name)
        yield key, name, bool(_PLACE.search(text[:start]))


def _names(doc: Doc) -> Iterator[tuple[int, str]]:
    """Yield where runs of proper nouns begin, and what they are; adjectives with a capital and abbreviations too."""
    run: list[str] = []
    begins = 0
    for token in [*doc, None]:
        if token is not None and _is_name(token):
            begins = begins if run else token.idx
            run.append(token.text)
            continue
        if run:
            yield begins, " ".join(run)
        run = []
        if token is not None and token.pos_ == "ADJ" and token.text[:1].isupper() and token.i:
            yield token.idx, token.text


def _is_name(token: object) -> bool:
    text, kind = str(token), getattr(token, "pos_", "")
    return (kind == "PROPN" and text[:1].isupper()) or bool(_ABBREVIATION.fullmatch(text))
