"""What verbs say: who fights, helps, blames, takes or holds what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.accords import accord_events
from simulation.drafting.beside import beside_events
from simulation.drafting.event import Event, phrase
from simulation.drafting.grammar import (
    agents,
    by_weapon,
    direct_objects,
    names_an_attack,
    passive,
    subject_token,
    subjects,
    sufferers,
)
from simulation.drafting.ground import ground_events
from simulation.drafting.links import objects_after
from simulation.drafting.memory import joined
from simulation.drafting.owner import owner
from simulation.drafting.troops import troop_events
from simulation.drafting.turns import turn_events
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


def verb_events(verb: Token, who: Who) -> Iterator[Event]:
    """Yield what a verb says of the parties."""
    if verb.pos_ not in ("VERB", "AUX") or verb.dep_ in ("aux", "auxpass"):
        return
    yield from _direct(verb, who)
    yield from _oblique(verb, who)
    yield from _each_other(verb, who)
    yield from beside_events(verb, who)
    yield from ground_events(verb, who)
    yield from _gift(verb, who)
    yield from _eviction(verb, who)
    yield from accord_events(verb, who)
    yield from troop_events(verb, who)
    yield from turn_events(verb, who)


def _direct(verb: Token, who: Who) -> Iterator[Event]:
    """A verb done to its direct object, or to the subject of its passive."""
    predicate = words.VERB_PREDICATE.get(verb.lemma_.lower())
    if predicate is None:
        return
    objects = [subject_token(verb)] if passive(verb) else direct_objects(verb)
    event = next((each for each in objects if each is not None and names_an_attack(each)), None)
    if event is not None and predicate not in ("opposes", "accuses", "supports", "fights"):
        return
    does, hit = subjects(verb, who), sufferers(verb, who)
    if event is not None and predicate in ("opposes", "accuses", "fights"):
        hit = owner(event, who) or hit or (who.last_doers(event) if predicate == "opposes" else ())
    if (
        predicate == "accuses"
        and passive(verb)
        and not does
        and any(each.lemma_ in words.VOICE_NOUNS for each in agents(verb))
    ):
        does = who.home
    if hit and set(hit) <= set(does) and predicate not in ("supports", "killed"):
        hit = who.other_before(verb, does)
    if (
        predicate == "accuses"
        and len(does) == 2
        and any(each.lower_ == "other" for each in objects if each is not None)
    ):
        yield Event(
            at=verb,
            predicate=predicate,
            subjects=does[1:],
            objects=does[:1],
            why=f"verb '{verb.lemma_}' the other",
        )
        does, hit = does[:1], does[1:]
    if predicate == "fights" and not hit:
        beside = [noun.lemma_ for noun in objects_after(verb, ("on", "at"))]
        named = ("alongside", "beside", "with", "against", "at")
        cause = any(who.doers(noun) for noun in objects_after(verb, ("for",)))
        if set(beside) & words.SIDE_NOUNS or cause or any(each.lower_ in named for each in verb.children):
            return
        if len(does) == 2:
            does, hit = does[:1], does[1:]
    if predicate in ("attacks",) and by_weapon(verb):
        predicate = "bombards"
    if verb.lemma_ == "help" and not hit:
        hit = joined(
            who.doers(each)
            for child in verb.children
            if child.dep_ == "ccomp"
            for each in child.children
            if each.dep_ == "nsubj"
        )
    about = "" if hit else _thing(verb)
    if predicate == "killed" and not hit and not about:
        return
    if predicate == "killed" and passive(verb) and not does:
        yield Event(
            at=verb,
            predicate=predicate,
            subjects=(),
            objects=hit,
            about=about,
            sure=False,
            why=f"verb '{verb.lemma_}'",
        )
        return
    why = f"verb '{verb.lemma_}'"
    yield Event(at=verb, predicate=predicate, subjects=does, objects=hit, about=about, why=why)
    if not hit and predicate in ("attacks", "bombards"):
        ground = joined(who.places_in(each) for each in objects if each is not None)
        if ground := tuple(each for each in ground if each not in does):
            yield Event(
                at=verb, predicate=predicate, subjects=does, objects=ground, why=f"{why}, {WHERE}", sure=False
            )


WHERE = "on whose ground it is"
"""The reason of a line whose sufferer is the state of a place."""


def _thing(verb: Token) -> str:
    """Return what a verb is done to where that is no party."""
    if passive(verb):
        subject = subject_token(verb)
        return phrase(subject) if subject is not None else ""
    return next((phrase(each) for each in direct_objects(verb)), "")


def _each_other(verb: Token, who: Who) -> Iterator[Event]:
    """Two who clash, quarrel or talk, where nobody else is named."""
    predicate = words.OBLIQUE.get((verb.lemma_.lower(), "with"))
    if (
        predicate is None
        or direct_objects(verb)
        or objects_after(verb, ("with", "against", "alongside", "for"))
    ):
        return
    does = subjects(verb, who)
    if len(does) == 2 and predicate != "fights":
        why = f"verb '{verb.lemma_}' of two"
        yield Event(at=verb, predicate=predicate, subjects=does[:1], objects=does[1:], why=why)


def _oblique(verb: Token, who: Who) -> Iterator[Event]:
    """A verb with a preposition: 'clashed with', 'fired at', 'stands by'."""
    for each in verb.children:
        if each.dep_ not in ("prep", "prt", "agent"):
            continue
        predicate = words.OBLIQUE.get((verb.lemma_.lower(), each.lower_))
        if predicate is None or (verb.lemma_ == "break" and direct_objects(verb)):
            continue
        below = objects_after(verb, (each.lower_,))
        hit = joined(who.sufferers(noun) for noun in below)
        if predicate == "attacks" and (by_weapon(verb) or verb.lemma_ == "fire"):
            predicate = "bombards" if by_weapon(verb) else "attacks"
        does = (
            sufferers(verb, who)
            if passive(verb) and verb.lemma_ in ("ally", "align")
            else subjects(verb, who)
        )
        about = phrase(below[0]) if below and not hit and predicate in ("attacks", "bombards") else ""
        if hit or about:
            yield Event(
                at=verb,
                predicate=predicate,
                subjects=does,
                objects=hit,
                about=about,
                why=f"'{verb.lemma_} {each.lower_}'",
            )


def _eviction(verb: Token, who: Who) -> Iterator[Event]:
    """Those who are driven out of a place or forced back, and those who roll into one."""
    if verb.lemma_ in words.EVICT and any(
        each.lower_ in ("out", "from", "back", "off") and each.dep_ in ("prep", "prt", "advmod")
        for each in verb.children
    ):
        hit = sufferers(verb, who)
        if hit:
            yield Event(
                at=verb,
                predicate="attacks",
                subjects=subjects(verb, who),
                objects=hit,
                why=f"'{verb.lemma_} out'",
            )
    if verb.lemma_ in words.ADVANCES and (into := objects_after(verb, ("into", "across", "over"))):
        does = subjects(verb, who)
        if does:
            yield Event(
                at=verb,
                predicate="attacks",
                subjects=does,
                about=phrase(into[0]),
                why=f"'{verb.lemma_} into'",
                sure=False,
            )


def _gift(verb: Token, who: Who) -> Iterator[Event]:
    """Arms, money or troops that are sent, sold or given to somebody."""
    if verb.lemma_.lower() not in words.GIVE:
        return
    gifts = (
        direct_objects(verb)
        if not passive(verb)
        else [each for each in (subject_token(verb), verb.head) if each is not None]
    )
    meant = [
        each for gift in gifts for each in (gift, *gift.subtree) if each.lemma_.lower() in words.SUPPORT_NOUNS
    ]
    if not meant:
        return
    to = objects_after(verb, ("to", "with"))
    to += [each for each in verb.children if each.dep_ == "dative" and each.pos_ != "ADP"]
    to += [each for gift in gifts for each in objects_after(gift, ("to", "for"))]
    hit = joined(who.sufferers(each) for each in to if each.lemma_.lower() not in words.SUPPORT_NOUNS)
    if not hit and any(names_an_attack(each) for each in to):
        hit = joined(owner(each, who) for each in to) or who.memory.attackers
    hit = hit or joined(
        who.doers(gift) for gift in direct_objects(verb) if gift.lemma_.lower() not in words.SUPPORT_NOUNS
    )
    does = subjects(verb, who)
    if not hit:
        # 'Given Ruritania body armour': the parse takes the name for a part of the gift.
        inside = (each for gift in gifts for each in gift.subtree if each.dep_ == "compound")
        hit = tuple(
            mention.party for each in inside if (mention := who.mention(each)) and mention.party not in does
        )
    if hit:
        yield Event(
            at=verb,
            predicate="supports",
            subjects=does,
            objects=hit,
            why=f"'{verb.lemma_}' with arms or men",
        )
