"""Ground, prisoners and gear: who took, holds or lost them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.event import Event, phrase
from simulation.drafting.grammar import direct_objects, passive, subject_token, subjects
from simulation.drafting.links import objects_after
from simulation.drafting.memory import joined
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


def ground_events(verb: Token, who: Who) -> Iterator[Event]:
    """Ground, prisoners and gear that are taken, held or lost."""
    lemma = verb.lemma_.lower()
    things = [subject_token(verb) or verb.head] if passive(verb) else direct_objects(verb)
    things = [each for each in things if each is not None]
    does = subjects(verb, who)
    if lemma in words.TAKE and things:
        for thing in _with_joined(things[0]):
            predicate = _taken(thing, lemma)
            if predicate:
                yield Event(
                    at=verb, predicate=predicate, subjects=does, about=_place(thing), why=f"verb '{lemma}'"
                )
        losers = joined(who.sufferers(each) for each in objects_after(verb, ("from",)))
        losers = losers or joined(
            who.sufferers(each) for thing in things for each in objects_after(thing, ("from",))
        )
        if losers:
            yield Event(at=verb, predicate="attacks", subjects=does, objects=losers, why=f"'{lemma} from'")
    if lemma in ("abduct", "kidnap", "arrest", "detain") and things:
        yield Event(
            at=verb, predicate="captured", subjects=does, about=phrase(things[0]), why=f"verb '{lemma}'"
        )
    if (
        lemma in words.HOLD
        and things
        and _is_place(things[0])
        and not _is_event(things[0])
        and not _mere_attribute(verb)
    ):
        yield Event(
            at=verb, predicate="controls", subjects=does, about=_place(things[0]), why=f"verb '{lemma}'"
        )
    if lemma == "establish" and things and things[0].lemma_ == "control":
        yield Event(
            at=verb, predicate="controls", subjects=does, about=_place(things[0]), why="'establish control'"
        )
    if lemma in ("enter", "move", "march", "penetrate"):
        entered = direct_objects(verb) if lemma in ("enter", "penetrate") else objects_after(verb, ("into",))
        if entered and entered[0].pos_ == "PROPN" and not who.mention(entered[0]):
            yield Event(
                at=verb,
                predicate="took",
                subjects=does,
                about=_place(entered[0]),
                why=f"verb '{lemma}'",
                sure=False,
            )
    if lemma in ("fall", "pass") and (subject := subject_token(verb)) is not None:
        takers = joined(who.doers(each) for each in objects_after(verb, ("to",)))
        if takers:
            yield Event(
                at=verb, predicate="took", subjects=takers, about=_place(subject), why=f"'{lemma} to'"
            )
    for each in objects_after(verb, ("in", "under")):
        if each.lemma_ in ("hand", "control") and verb.lemma_ in ("be", "remain", "leave", "stay", "come"):
            holders = joined(who.doers(noun) for noun in objects_after(each, ("of",))) or joined(
                who.doers(noun) for noun in each.children if noun.dep_ in ("poss", "compound", "amod")
            )
            subject = (
                direct_objects(verb)[0]
                if verb.lemma_ == "leave" and direct_objects(verb)
                else subject_token(verb)
            )
            if holders and subject is not None:
                yield Event(
                    at=verb,
                    predicate="controls",
                    subjects=holders,
                    about=_place(subject),
                    why="'in the hands of'",
                )


def _with_joined(thing: Token) -> list[Token]:
    return [thing, *(each for each in thing.children if each.dep_ == "conj")]


def _mere_attribute(verb: Token) -> bool:
    """Return whether 'held by' only says which ground is meant, as in 'attacked positions held by'."""
    return verb.dep_ in ("acl", "amod") and verb.head.dep_ in ("dobj", "pobj", "nsubjpass")


def _is_event(thing: Token) -> bool:
    return (
        thing.lemma_.lower() in words.ATTACK_NOUNS | words.TALK_NOUNS | words.ACCORD_NOUNS | words.FIGHT_NOUNS
    )


def _is_place(thing: Token) -> bool:
    return thing.pos_ == "PROPN" or thing.lemma_.lower() in words.PLACE_NOUNS


def _taken(thing: Token, verb: str) -> str:
    lemma = thing.lemma_.lower()
    if lemma in ("dozen", "hundred", "thousand", "number", "score", "group", "some", "more") and (
        of := objects_of(thing)
    ):
        return _taken(of[0], verb)
    if lemma in words.PEOPLE_NOUNS | words.GEAR_NOUNS:
        return "" if verb == "occupy" else "captured"
    if (_is_place(thing) and lemma not in ("part", "place")) or (lemma == "part" and objects_of(thing)):
        return "took"
    return ""


def objects_of(noun: Token) -> list[Token]:
    """Return what follows 'of' after a noun."""
    return objects_after(noun, ("of",))


def _place(thing: Token) -> str:
    below = objects_of(thing)
    if (
        thing.lemma_.lower() in ("control", "town", "city", "village", "part", "district", "loss", "airport")
        and below
    ):
        return phrase(below[0] if thing.lemma_.lower() != "part" else thing)
    return phrase(thing)
