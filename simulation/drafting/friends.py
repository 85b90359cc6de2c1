"""Who helps whom, and what one party is to another: ally, backer, enemy, loyal, hostile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.event import Event
from simulation.drafting.grammar import direct_objects, passive, subject_token, subjects
from simulation.drafting.links import objects_after
from simulation.drafting.memory import Ids, joined
from simulation.drafting.owner import verb_above
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


def support_events(noun: Token, who: Who) -> Iterator[Event]:
    """'Support for', 'help from': who gives it to whom."""
    givers = joined(
        who.doers(each)
        for each in noun.children
        if each.dep_ in ("poss", "amod", "compound") and each.i < noun.i
    )
    givers = givers or joined(who.doers(each) for each in objects_after(noun, ("from", "by")))
    to = joined(
        who.sufferers(each)
        for each in objects_after(
            noun, ("for", "to") + (() if noun.lemma_ in ("help", "assistance") else ("of",))
        )
    )
    verb = verb_above(noun)
    if noun.dep_ == "pobj" and noun.head.lower_ in ("with", "without"):
        return
    if verb is not None and not to and noun.dep_ == "dobj":
        to = joined(who.sufferers(each) for each in objects_after(verb, ("on", "to", "behind")))
    if verb is not None and noun.dep_ in ("dobj", "pobj"):
        if (
            verb.lemma_ in ("receive", "get", "have", "enjoy", "rely", "depend", "accept", "obtain")
            and givers
        ):
            to = to or subjects(verb, who)
        elif not givers:
            givers = subjects(verb, who)
    if to and givers:
        yield Event(
            at=noun, predicate="supports", subjects=givers, objects=to, why=f"noun '{noun.lemma_}' for"
        )


def ally_events(noun: Token, who: Who) -> Iterator[Event]:
    """'A close ally of', 'its main supplier', 'the enemy of': said of a subject, or of the name beside it."""
    word = words.ALLY_NOUNS[noun.lemma_.lower()]
    near = {each.lower_ for each in (*noun.children, *noun.head.children)}
    if near & {"once", "former", "formerly", "erstwhile"}:
        return
    of = joined(who.doers(each) for each in objects_after(noun, ("of", "to", "for")))
    of = of or joined(who.doers(each) for each in noun.children if each.dep_ == "poss")
    own: Ids = ()
    if noun.dep_ == "attr" and (subject := subject_token(noun.head)) is not None:
        own = who.doers(subject)
    elif noun.dep_ == "appos":
        own = who.doers(noun.head)
    elif noun.dep_ == "pobj" and noun.head.lower_ == "as":
        verb = noun.head.head
        seen = joined(who.sufferers(each) for each in direct_objects(verb))
        if not passive(verb) and seen:
            of, own = subjects(verb, who), seen
        else:
            own = subjects(verb, who) if not passive(verb) else who.doers(subject_token(verb) or verb)
    own = own or joined(who.doers(each) for each in noun.children if each.dep_ == "appos")
    own = own or joined(
        (mention.party,) for each in objects_after(noun, ("in",)) if (mention := who.mention(each))
    )
    if not of and noun.tag_ == "NNS" and len(own) >= 2 and noun.dep_ == "attr":
        for index, one in enumerate(own):
            yield Event(
                at=noun,
                predicate=word.removeprefix("<"),
                subjects=(one,),
                objects=own[index + 1 :],
                why=f"noun '{noun.lemma_}'",
            )
        return
    if not own:
        # 'that Ruritania regards as its enemy': a relative clause describes what is regarded.
        return
    a, b = (of, own) if word.startswith("<") else (own, of)
    if a and b:
        yield Event(
            at=noun, predicate=word.removeprefix("<"), subjects=a, objects=b, why=f"noun '{noun.lemma_}'"
        )


def attitude_events(word: Token, who: Who) -> Iterator[Event]:
    """'Hostile to', 'loyal to', 'allied with'."""
    to = joined(who.doers(each) for each in objects_after(word, ("to", "with")))
    if not to:
        return
    if word.dep_ == "acomp" and (subject := subject_token(word.head)) is not None:
        own = who.doers(subject)
    else:
        own = who.doers(word.head)
    lemma = word.lemma_.lower()
    predicate = (
        "opposes" if lemma in ("hostile", "opposed") else "fights_beside" if lemma == "allied" else "supports"
    )
    yield Event(at=word, predicate=predicate, subjects=own, objects=to, why=f"'{lemma} to'")
