"""Verbs with a turn of phrase of their own: agreements, troops sent, ties, aims, what binds somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.event import Event, phrase
from simulation.drafting.grammar import direct_objects, passive, subject_token, subjects, sufferers
from simulation.drafting.links import objects_after
from simulation.drafting.memory import joined
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


_YIELD = words.word_set("cease halt stop end withdraw leave surrender retreat pull lift disarm")


def turn_events(verb: Token, who: Who) -> Iterator[Event]:
    """Yield what a verb says by a turn of phrase: ties, blame, aims, who looks on."""
    lemma, does = verb.lemma_.lower(), subjects(verb, who)
    if (
        lemma in words.BINDS
        and passive(verb)
        and (things := objects_after(verb, ("in", "with", "by", "down")))
    ):
        yield Event(
            at=verb,
            predicate="preoccupied",
            subjects=sufferers(verb, who),
            about=phrase(things[0]),
            why=f"'{lemma}ed in'",
        )
    if lemma in words.TRACKS and any(
        each.lower_ in ("closely", "carefully", "concern") for each in verb.subtree
    ):
        thing = next((phrase(each) for each in direct_objects(verb)), "what happens")
        yield Event(at=verb, predicate="watches", subjects=does, about=thing, why=f"'{lemma} closely'")
    if (
        lemma == "lead"
        and passive(verb)
        and (subject := subject_token(verb)) is not None
        and subject.lemma_.lower() in words.ATTACK_NOUNS
    ):
        yield Event(
            at=verb, predicate="launched", subjects=does, about=phrase(subject), why="leads the attack"
        )
    if lemma in ("know", "call") and any(each.lower_ == "formerly" for each in verb.children):
        names = objects_after(verb, ("as",))
        if names:
            yield Event(
                at=verb,
                predicate="renamed_from",
                subjects=sufferers(verb, who),
                about=phrase(names[0]),
                why="'formerly known as'",
            )
    if (
        lemma in ("link", "tie", "affiliate")
        and (to := objects_after(verb, ("to", "with")))
        and passive(verb)
    ):
        backers = joined(who.doers(each) for each in to)
        if backers:
            yield Event(
                at=verb,
                predicate="supports",
                subjects=backers,
                objects=sufferers(verb, who) if passive(verb) else does,
                why=f"'{lemma}ed to'",
                sure=False,
            )
        yield Event(
            at=verb,
            predicate="linked_to",
            subjects=sufferers(verb, who),
            about=phrase(to[0]),
            why=f"'{lemma}ed to'",
        )
    if lemma == "distance" and (away := objects_after(verb, ("from",))):
        yield Event(
            at=verb,
            predicate="distanced_from",
            subjects=does,
            about=phrase(away[0]),
            why="'distance itself from'",
        )
    if lemma in (
        "regard",
        "view",
        "see",
        "brand",
        "label",
        "describe",
        "denounce",
        "call",
        "designate",
        "list",
        "classify",
        "class",
    ) and not passive(verb):
        blamed = [
            each
            for each in (*objects_after(verb, ("as",)), *verb.children)
            if each.dep_ in ("pobj", "oprd") or (each.dep_ == "ccomp" and each.pos_ == "NOUN")
        ]
        blamed += [below for each in blamed for below in each.children if below.dep_ == "amod"]
        hit = sufferers(verb, who) or joined(
            who.doers(below)
            for each in verb.children
            if each.dep_ == "ccomp"
            for below in each.children
            if below.dep_ == "nsubj"
        )
        if hit and any(each.lemma_.lower() in words.INSULTS - {"enemy"} for each in blamed):
            yield Event(
                at=verb,
                predicate="opposes",
                subjects=does,
                objects=hit,
                why=f"'{lemma}' with a word of blame",
            )
    if lemma in ("call", "urge", "demand", "warn", "tell") and not passive(verb):
        asked = joined(who.doers(each) for each in (*objects_after(verb, ("on",)), *direct_objects(verb)))
        told = [
            each.lemma_
            for each in verb.subtree
            if each.pos_ == "VERB" and each.dep_ in ("xcomp", "ccomp", "advcl", "acl")
        ]
        if asked and set(told) & _YIELD:
            why = f"'{lemma}' to yield"
            yield Event(at=verb, predicate="opposes", subjects=does, objects=asked, why=why, sure=False)
    if lemma in ("aim", "seek", "want", "demand"):
        aims = [
            each for each in verb.children if each.dep_ == "xcomp" and lemma != "demand"
        ] or objects_after(verb, ("at",))
        aims += [
            each
            for each in direct_objects(verb)
            if each.lemma_ in ("state", "independence", "autonomy", "secession", "power")
        ]
        if aims:
            yield Event(
                at=verb, predicate="aims", subjects=does, about=phrase(aims[0]), why=f"verb '{lemma}'"
            )
