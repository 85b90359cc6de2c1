"""Who denies what, as a claim of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulation.drafting.event import Event, phrase
from simulation.drafting.grammar import direct_objects, passive, subject_token, subjects
from simulation.drafting.lexicon import CLAIM_NOUNS, DENY
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


def denial_events(verb: Token, who: Who) -> Iterator[Event]:
    """Yield that somebody denies something, where a verb says so."""
    if (
        verb.pos_ != "VERB"
        or verb.lemma_.lower() not in DENY
        or any(each.dep_ == "neg" for each in verb.children)
    ):
        return
    does = subjects(verb, who)
    subject = subject_token(verb)
    own = [] if subject is None else [subject, *subject.children]
    if who.memory.accused and any(
        each.lower_ in ("it", "they", "he", "she", "his", "her", "its", "their") for each in own
    ):
        does = who.memory.accused
    clauses = [each for each in verb.children if each.dep_ in ("xcomp", "ccomp")]
    things = [each for each in (subject,) if each is not None] if passive(verb) else direct_objects(verb)
    if verb.dep_ == "relcl" and not things:
        things = [verb.head]
    plain = verb.lemma_.lower() in ("deny", "refute", "disavow")
    meant = [
        each
        for each in things
        if plain or each.lemma_.lower() in CLAIM_NOUNS or each.lower_ in ("that", "this", "it")
    ]
    if does and (clauses or meant):
        about = phrase((clauses or meant)[0])
        yield Event(at=verb, predicate="denies", subjects=does, about=about, why=f"verb '{verb.lemma_}'")
