"""What a hyphen or a participle says: 'Ruritanian-backed rebels', 'the rebels, supported by Ruritania'."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.drafting.event import Event
from simulation.drafting.lexicon import BACKED, LOYAL_NOUNS, PLACE_NOUNS
from simulation.drafting.links import objects_after
from simulation.drafting.memory import Ids, joined
from simulation.drafting.mentions import Mention
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


def tie_events(who: Who) -> Iterator[Event]:
    """Yield what the ties of a sentence say."""
    for mention in who.mentions:
        predicate = BACKED.get(mention.tie, "")
        if predicate in ("supports", "fights_beside") and mention.tied_to >= 0:
            noun = who.doc[mention.tied_to]
            if noun.lemma_.lower() not in PLACE_NOUNS:
                meant = who.named_in(noun) or _member(noun, who) or who.doers(noun)
                tied = tuple(each for each in meant if each != mention.party)
                if tied:
                    yield Event(
                        at=noun,
                        predicate=predicate,
                        subjects=(mention.party,),
                        objects=tied,
                        why=f"'-{mention.tie}'",
                    )
        yield from _in_a_name(mention, who)
    for token in who.doc:
        yield from _allied(token, who)


def _in_a_name(mention: Mention, who: Who) -> Iterator[Event]:
    """A name such as 'Ruritanian-backed factions' says who stands behind the party that it names."""
    words = list(who.doc[mention.start : mention.end])
    for first, hyphen, tie in zip(words, words[1:], words[2:], strict=False):
        predicate = BACKED.get(tie.lower_, "")
        backers = tuple(
            id
            for id, party in who.parties.items()
            if first.lower_ in party.adjectives and id != mention.party
        )
        if hyphen.text == "-" and backers and predicate in ("supports", "fights_beside"):
            yield Event(
                at=who.doc[mention.root],
                predicate=predicate,
                subjects=backers[:1],
                objects=(mention.party,),
                why=f"'-{tie.text}' in its name",
            )


def _member(noun: Token, who: Who) -> Ids:
    """Return who is part of what is backed: 'X, a leading member of the Ruritanian-backed alliance'."""
    at = noun
    while at.dep_ in ("prep", "pobj", "appos", "conj") and at.head.i != at.i:
        if at.dep_ == "appos":
            near = [mention.party for mention in who.mentions if mention.end == at.left_edge.i - 1]
            return tuple(near) or who.doers(at.head)
        at = at.head
    return ()


def _allied(token: Token, who: Who) -> Iterator[Event]:
    """'Allied militias', with the name of the ally; 'and allied militias' after those whose allies they are."""
    if token.lower_ != "allied" or token.head.lemma_.lower() not in LOYAL_NOUNS:
        return
    noun = token.head
    before = [mention for mention in who.mentions if mention.end == token.i]
    if before and token.i >= 3:
        joint = who.doc[before[-1].start - 1]
        friends = who.doers(who.doc[joint.i - 1]) if joint.lower_ == "and" else ()
        if friends and before[-1].party not in friends:
            yield Event(
                at=noun,
                predicate="supports",
                subjects=(before[-1].party,),
                objects=friends[:1],
                why="'allied'",
            )
        return
    head = who.mention(noun.head) if noun.dep_ == "conj" else None
    owner = (head.party,) if head is not None else who.doers(noun.head) if noun.dep_ == "conj" else ()
    allies = who.doers(noun) or joined(who.doers(each) for each in objects_after(noun, ("as",)))
    allies = tuple(each for each in allies if each not in owner)
    if owner and allies:
        yield Event(at=noun, predicate="fights_beside", subjects=allies, objects=owner[:1], why="'allied'")
