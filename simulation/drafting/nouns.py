"""What nouns say: attacks on somebody, fighting between two, truces, help for somebody, allies and enemies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.between import between_events, coordination_events
from simulation.drafting.event import Event, phrase
from simulation.drafting.friends import ally_events, attitude_events, support_events
from simulation.drafting.grammar import by_weapon, subjects
from simulation.drafting.links import objects_after
from simulation.drafting.memory import joined
from simulation.drafting.owner import owner
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token

_AGAINST = ("on", "against", "at", "upon", "targeting", "into")


def noun_events(noun: Token, who: Who) -> Iterator[Event]:
    """Yield what a noun says of the parties."""
    if noun.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB"):
        return
    lemma = noun.lemma_.lower()
    if noun.pos_ in ("NOUN", "PROPN") or (
        noun.tag_ == "VBG"
        and (noun.dep_ in ("pobj", "dobj", "nsubj") or any(each.dep_ == "compound" for each in noun.children))
    ):
        if lemma in words.ATTACK_NOUNS | words.AIR_NOUNS or noun.lower_ in words.AIR_NOUNS:
            yield from _attack(noun, who)
        if (
            lemma
            in words.FIGHT_NOUNS
            | words.TENSION_NOUNS
            | words.TRUCE_NOUNS
            | words.ACCORD_NOUNS
            | words.TALK_NOUNS
        ):
            yield from between_events(noun, who)
        if lemma in ("support", "backing", "aid", "assistance", "help", "weapon"):
            yield from support_events(noun, who)
        if lemma in ("coordination", "concert", "cooperation", "league"):
            yield from coordination_events(noun, who)
        if lemma in words.ALLY_NOUNS:
            yield from ally_events(noun, who)
        if lemma in ("takeover", "seizure", "capture"):
            yield from _capture(noun, who)
        if lemma in ("tie", "link", "allegiance") and (to := objects_after(noun, ("to", "with"))):
            yield Event(
                at=noun,
                predicate="linked_to",
                subjects=owner(noun, who),
                about=phrase(to[0]),
                why=f"'{lemma} to'",
            )
    if lemma in ("hostile", "loyal", "opposed", "sympathetic", "close", "allied"):
        yield from attitude_events(noun, who)


def _attack(noun: Token, who: Who) -> Iterator[Event]:
    lemma, verb = noun.lemma_.lower(), noun.head
    if noun.dep_ == "compound":
        return
    air = (
        lemma in words.AIR_NOUNS
        or noun.lower_ in words.AIR_NOUNS
        or any(
            each.lemma_.lower() in ("air", "aerial", "drone", "artillery", "rocket", "missile")
            for each in noun.children
        )
    )
    air = air or (noun.dep_ == "dobj" and verb.pos_ == "VERB" and by_weapon(verb))
    does = owner(noun, who)
    if noun.dep_ == "dobj" and verb.lemma_ == "claim":
        yield Event(
            at=noun, predicate="attacks", subjects=subjects(verb, who), why=f"'claim the {lemma}'", sure=False
        )
        return
    hit = joined(who.sufferers(each) for each in objects_after(noun, _AGAINST))
    about = next((phrase(each) for each in objects_after(noun, _AGAINST)), "")
    if not hit and lemma in ("siege", "bombing", "shelling", "bombardment", "invasion", "raid"):
        hit = joined(who.sufferers(each) for each in objects_after(noun, ("of",)))
        about = next((phrase(each) for each in objects_after(noun, ("of",))), about)
    for each in noun.children:
        if each.dep_ == "acl" and each.lower_ in ("targeting", "aimed", "directed"):
            hit = hit or joined(
                who.sufferers(below)
                for below in (*objects_after(each, ("at", "against")), *each.children)
                if below.dep_ in ("dobj", "pobj")
            )
    if not hit and noun.dep_ in ("dobj", "pobj"):
        head = verb if noun.dep_ == "dobj" else verb.head
        if head.pos_ == "VERB" and (
            head.lemma_ in words.SUFFER or (noun.dep_ == "pobj" and verb.lower_ == "under")
        ):
            hit = subjects(head, who)
    opened = (
        noun.dep_ in ("dobj", "nsubjpass", "nsubj")
        and verb.lemma_.lower() in words.LAUNCH
        and (lemma in words.OFFENSIVE_NOUNS or (verb.lemma_ == "launch" and not air))
    )
    if opened and lemma in words.OFFENSIVE_NOUNS and not air:
        yield Event(
            at=noun,
            predicate="launched",
            subjects=does,
            objects=hit,
            about=about,
            why=f"'{verb.lemma_} ... {lemma}'",
        )
        return
    if not hit and verb.dep_ and noun.dep_ in ("pobj", "dobj") and lemma not in words.TRUCE_NOUNS:
        near = objects_after(noun, ("in", "across", "over")) + (
            objects_after(verb, ("in", "across", "over")) if noun.dep_ == "dobj" else []
        )
        hit = joined(who.within(each) for each in near) if air else hit
    if lemma in ("campaign", "operation", "push", "advance", "offensive") and not hit:
        return
    if lemma in ("fire", "rocket") and noun.dep_ != "nsubj" and not objects_after(noun, _AGAINST) and not hit:
        return
    if does or hit:
        yield Event(
            at=noun,
            predicate="bombards" if air else "attacks",
            subjects=does,
            objects=hit,
            about=about,
            why=f"noun '{lemma}'",
        )


def _capture(noun: Token, who: Who) -> Iterator[Event]:
    things = objects_after(noun, ("of",))
    does = joined(who.doers(each) for each in noun.children if each.dep_ == "poss") or joined(
        who.doers(each) for each in objects_after(noun, ("by",))
    )
    if things and does:
        yield Event(
            at=noun, predicate="took", subjects=does, about=phrase(things[0]), why=f"noun '{noun.lemma_}'"
        )
