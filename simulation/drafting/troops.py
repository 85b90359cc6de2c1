"""Troops that stand or are sent somewhere, and people who are driven out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.event import Event, phrase
from simulation.drafting.grammar import direct_objects, passive, subject_token, subjects
from simulation.drafting.links import objects_after, one_of
from simulation.drafting.memory import joined
from simulation.drafting.owner import owner
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


def troop_events(verb: Token, who: Who) -> Iterator[Event]:
    """Yield where a verb says that troops are, and whom it says to have fled."""
    lemma, does = verb.lemma_.lower(), subjects(verb, who)
    nouns = {each.lemma_.lower(): each for each in direct_objects(verb)}
    if lemma in ("deploy", "station", "send") and one_of(
        nouns, words.PEOPLE_NOUNS | words.WEAPON_NOUNS | {"force", "contingent", "unit"}
    ):
        where = objects_after(verb, ("to", "in", "at", "across", "into", "near", "along", "on", "over"))
        where += [
            each
            for noun in nouns.values()
            for each in objects_after(noun, ("in", "at", "across", "to", "over"))
        ]
        if where:
            yield Event(
                at=verb,
                predicate="holds_force_in",
                subjects=does,
                about=phrase(where[0]),
                why=f"'{lemma}' troops",
            )
    if lemma in ("have", "keep", "maintain", "establish") and (noun := one_of(nouns, words.TROOP_NOUNS)):
        where = objects_after(noun, ("in", "at", "on", "near")) + objects_after(verb, ("in", "at", "on"))
        if where:
            yield Event(
                at=verb,
                predicate="holds_force_in",
                subjects=does,
                about=phrase(where[0]),
                why=f"'{lemma} {noun.lemma_} in'",
            )
    if lemma in ("displace", "uproot") or (
        lemma == "drive" and any(each.lemma_ == "home" for each in verb.subtree)
    ):
        things = [
            phrase(each)
            for each in ([subject_token(verb)] if passive(verb) else direct_objects(verb))
            if each is not None
        ]
        if things:
            yield Event(
                at=verb,
                predicate="displaced",
                subjects=does or who.main_enemy or who.memory.attackers,
                about=things[0],
                sure=bool(does),
                why=f"verb '{lemma}'" + ("" if does else "; by whom is not said"),
            )
    if lemma in ("flee", "escape") or (
        lemma == "leave" and any(each.lemma_ in ("home", "house", "farm") for each in verb.subtree)
    ):
        yield from _flight(verb, who)


def _flight(verb: Token, who: Who) -> Iterator[Event]:
    """People who flee: driven out by whose attack is named as the cause, or by whoever attacks, which no word says."""
    subject = subject_token(verb)
    if subject is None or who.doers(subject):
        return
    causes = [
        each
        for below in verb.subtree
        if below.lower_ in ("due", "from", "by", "of", "to")
        for each in below.children
        if each.dep_ == "pobj"
    ]
    doers = joined(
        owner(each, who) for each in causes if each.lemma_.lower() in words.AIR_NOUNS | words.ATTACK_NOUNS
    )
    yield Event(
        at=verb,
        predicate="displaced",
        subjects=doers or who.main_enemy or who.memory.attackers,
        about=phrase(subject),
        sure=bool(doers),
        why=f"verb '{verb.lemma_}'" + ("" if doers else "; from whom is not said"),
    )
