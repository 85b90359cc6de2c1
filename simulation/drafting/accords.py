"""Agreements: who made one with whom, who broke one, who broke off relations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.event import Event, phrase
from simulation.drafting.grammar import direct_objects, passive, subject_token, subjects
from simulation.drafting.links import objects_after, one_of
from simulation.drafting.memory import joined
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


def accord_events(verb: Token, who: Who) -> Iterator[Event]:
    """Yield what a verb says of accords, truces and relations."""
    lemma, does = verb.lemma_.lower(), subjects(verb, who)
    nouns = {each.lemma_.lower(): each for each in direct_objects(verb)}
    if lemma in ("violate", "breach", "break", "infringe") and (
        noun := one_of(nouns, words.TRUCE_NOUNS | words.ACCORD_NOUNS | {"agreement", "promise"})
    ):
        yield Event(
            at=verb,
            predicate="breached",
            subjects=does,
            about=phrase(noun),
            why=f"verb '{lemma}' and an agreement",
        )
    if lemma in ("break", "sever", "cut", "suspend") and (
        noun := one_of(nouns, frozenset({"relation", "tie", "link"}))
    ):
        partners = joined(
            who.doers(each) for each in objects_after(noun, ("with", "to")) + objects_after(verb, ("with",))
        )
        yield Event(
            at=verb, predicate="opposes", subjects=does, objects=partners, why=f"'{lemma} relations with'"
        )
    broken = subject_token(verb) if passive(verb) and lemma in ("violate", "breach", "break") else None
    if broken is not None and broken.lemma_.lower() in words.TRUCE_NOUNS | words.ACCORD_NOUNS:
        why = f"verb '{lemma}' and an agreement"
        yield Event(at=verb, predicate="breached", subjects=does, about=phrase(broken), why=why)
    if lemma in ("sign", "conclude", "reach", "agree", "strike", "make") and (
        noun := one_of(nouns, words.ACCORD_NOUNS | words.TRUCE_NOUNS)
    ):
        predicate = "truce_with" if noun.lemma_.lower() in words.TRUCE_NOUNS else "agreed_with"
        partners = joined(
            who.doers(each) for each in objects_after(noun, ("with",)) + objects_after(verb, ("with",))
        )
        if partners:
            yield Event(
                at=verb,
                predicate=predicate,
                subjects=does,
                objects=partners,
                why=f"'{lemma} {noun.lemma_} with'",
            )
        elif len(does) == 2:
            yield Event(
                at=verb,
                predicate=predicate,
                subjects=does[:1],
                objects=does[1:],
                why=f"'{lemma}' an agreement",
            )
