"""Those who act together: 'at the side of', 'with the help of', 'together with', 'joined by'."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.event import Event
from simulation.drafting.grammar import direct_objects, passive, subject_token, subjects, sufferers
from simulation.drafting.links import objects_after
from simulation.drafting.memory import joined
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


_HELP = words.word_set("help support backing assistance aid cover")


def beside_events(verb: Token, who: Who) -> Iterator[Event]:
    """Those who act together: 'at the side of', 'with the help of', 'together with', 'joined by'."""
    does = subjects(verb, who)
    subject = subject_token(verb)
    for each in [*verb.children, *(subject.children if subject is not None and not passive(verb) else ())]:
        if each.dep_ not in ("prep", "agent", "advmod"):
            continue
        for noun in [below for below in each.children if below.dep_ == "pobj"]:
            lemma = noun.lemma_.lower()
            helpers = joined(who.doers(giver) for giver in objects_after(noun, ("of", "from")))
            helpers = helpers or joined(
                who.doers(giver) for giver in noun.children if giver.dep_ in ("poss", "amod", "compound")
            )
            if each.lower_ in ("at", "on") and lemma in words.SIDE_NOUNS and helpers:
                yield Event(
                    at=verb, predicate="fights_beside", subjects=does, objects=helpers, why="'at the side of'"
                )
            if each.lower_ == "with" and lemma in _HELP and helpers:
                allied = any(below.lower_ in ("allied", "friendly") for below in noun.subtree)
                predicate, why = "fights_beside" if allied else "supports", f"'with the {lemma} of'"
                yield Event(at=verb, predicate=predicate, subjects=helpers, objects=does, why=why)
            if each.lower_ in ("alongside", "beside") and verb.lemma_ != "take":
                yield Event(
                    at=verb,
                    predicate="fights_beside",
                    subjects=does,
                    objects=who.doers(noun),
                    why=f"'{each.lower_}'",
                )
            if each.lower_ == "with" and any(
                word.lower_ in ("together", "along", "jointly") for word in (*verb.children, *each.children)
            ):
                yield Event(
                    at=verb,
                    predicate="fights_beside",
                    subjects=does,
                    objects=who.doers(noun),
                    why="'together with'",
                )
    if (
        len(does) >= 2
        and not passive(verb)
        and any(each.lower_ in ("together", "jointly") for each in verb.children)
    ):
        yield Event(at=verb, predicate="fights_beside", subjects=does[:1], objects=does[1:], why="'together'")
    if any(
        each.lower_ == "other" and each.text and any(below.lower_ == "each" for below in each.children)
        for each in verb.subtree
    ) and (len(does) == 2 and verb.lemma_ in ("turn", "fight", "attack", "shell")):
        yield Event(at=verb, predicate="fights", subjects=does[:1], objects=does[1:], why="'each other'")
    if (
        verb.lemma_ == "exchange"
        and len(does) == 2
        and any(each.lemma_ in ("fire", "shot", "blow") for each in direct_objects(verb))
    ):
        yield Event(at=verb, predicate="fights", subjects=does[:1], objects=does[1:], why="'exchange fire'")
    if verb.lemma_ == "join":
        hit = sufferers(verb, who)
        if passive(verb):
            yield Event(at=verb, predicate="fights_beside", subjects=does, objects=hit, why="'joined by'")
        elif any(each.lemma_ in ("force", "hand", "rank") for each in direct_objects(verb)):
            with_whom = joined(who.doers(each) for each in objects_after(verb, ("with",)))
            ranks = joined(who.sufferers(each) for each in direct_objects(verb) if each.lemma_ == "rank")
            yield Event(
                at=verb,
                predicate="fights_beside",
                subjects=does,
                objects=with_whom or ranks,
                why="'join forces'",
            )
        elif hit:
            yield Event(at=verb, predicate="fights_beside", subjects=does, objects=hit, why="'join'")
