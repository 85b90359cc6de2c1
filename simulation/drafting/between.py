"""Fighting, quarrels, truces, accords and talks between two, and acting together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.event import Event, phrase
from simulation.drafting.grammar import subjects
from simulation.drafting.links import objects_after
from simulation.drafting.memory import joined
from simulation.drafting.owner import owner, verb_above
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


_BE = frozenset({"be", "remain", "become", "stay"})


def between_events(noun: Token, who: Who) -> Iterator[Event]:
    """Fighting, quarrels, truces, accords and talks: between two, or of somebody with somebody."""
    lemma = noun.lemma_.lower()
    predicate = next(
        word
        for nouns, word in (
            (words.FIGHT_NOUNS, "fights"),
            (words.TENSION_NOUNS, "opposes"),
            (words.TRUCE_NOUNS, "truce_with"),
            (words.ACCORD_NOUNS, "agreed_with"),
            (words.TALK_NOUNS, "talks_with"),
        )
        if lemma in nouns
    )
    if lemma == "treaty":
        predicate = "allied_with"
    why, verb = f"noun '{lemma}'", verb_above(noun)
    if verb is not None and (
        verb.lemma_ in ("violate", "breach", "suspend", "reject")
        or (verb.lemma_ == "break" and noun.dep_ != "nsubj")
    ):
        return
    pair = [who.doers(each) for each in objects_after(noun, ("between",))]
    pair += [who.doers(each) for each in (objects_after(verb, ("between",)) if verb is not None else [])]
    flat = joined(pair)
    if len(flat) >= 2:
        yield Event(at=noun, predicate=predicate, subjects=flat[:1], objects=flat[1:], why=why + " between")
        return
    partners = joined(who.sufferers(each) for each in objects_after(noun, ("with", "against")))
    if not partners and verb is not None and noun.dep_ != "nsubj":
        partners = joined(who.sufferers(each) for each in objects_after(verb, ("with", "against")))
    if not partners:
        yield from _truce(noun, who, predicate)
        if (
            verb is not None
            and noun.dep_ == "pobj"
            and noun.head.lower_ == "at"
            and verb.lemma_ in _BE
            and predicate == "fights"
        ):
            both = subjects(verb, who)
            if len(both) == 2:
                yield Event(at=noun, predicate=predicate, subjects=both[:1], objects=both[1:], why="'at war'")
        return
    own = owner(noun, who)
    if not own and noun.dep_ == "pobj" and noun.head.lower_ == "under" and verb is not None:
        own = subjects(verb, who)
    if not own and verb is not None:
        own = (
            subjects(verb, who)
            if verb.lemma_
            in _BE | {"have", "sign", "reach", "make", "conclude", "break", "resume", "hold", "start"}
            else ()
        )
    if not own and noun.dep_ == "pobj" and noun.head.head.dep_ in ("relcl", "acl"):
        own = who.doers(noun.head.head.head)
    if not own and lemma in ("sanction", "embargo"):
        own = next(
            (does for each in noun.ancestors if each.pos_ == "VERB" and (does := subjects(each, who))), ()
        )
    yield Event(at=noun, predicate=predicate, subjects=own, objects=partners, why=why + " with")


def _truce(noun: Token, who: Who, predicate: str) -> Iterator[Event]:
    """A truce whose parties are not named: of those who were last said to fight, or of the two sides."""
    verb = verb_above(noun) or noun
    if predicate != "truce_with" or verb.lemma_ in ("call", "urge", "demand", "seek", "reject", "refuse"):
        return
    pair = who.memory.fighting or who.rivals
    if len(pair) == 2:
        yield Event(
            at=noun,
            predicate=predicate,
            subjects=pair[:1],
            objects=pair[1:],
            sure=False,
            why=f"noun '{noun.lemma_}'; between whom is not said",
        )


def coordination_events(noun: Token, who: Who) -> Iterator[Event]:
    """'In coordination with': those who do what the verb above says act together with others."""
    verb = next((each for each in noun.ancestors if each.pos_ == "VERB"), None)
    partners = objects_after(noun, ("with",))
    if verb is None or not partners:
        return
    known = joined(who.doers(each) for each in partners)
    about = "" if known else phrase(partners[0])
    yield Event(
        at=noun,
        predicate="fights_beside",
        subjects=subjects(verb, who),
        objects=known,
        about=about,
        why=f"'in {noun.lemma_} with'",
        sure=bool(known),
    )
