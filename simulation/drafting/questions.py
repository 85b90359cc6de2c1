"""What a text leaves open, as questions to answer by hand before its claims are used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simulation.drafting.draft import Draft
from simulation.drafting.event import phrase
from simulation.drafting.grammar import agents, passive, subject_token
from simulation.drafting.lexicon import (
    AIR_NOUNS,
    ATTACK_NOUNS,
    FIGHT_NOUNS,
    LAUNCH,
    TAKE,
    TRUCE_NOUNS,
    VERB_PREDICATE,
)  # fmt: skip
from simulation.drafting.lines import Line
from simulation.drafting.names import Party
from simulation.drafting.reading import Reading
from simulation.drafting.text import Text

if TYPE_CHECKING:
    from spacy.tokens import Token

_WARLIKE = ("attacks", "bombards", "fights", "killed")


def questions_of(
    text: Text,
    parties: Sequence[Party],
    readings: Sequence[Reading],
    drafts: Sequence[Draft],
    lines: Sequence[Line],
) -> list[str]:
    """Return the questions in the order in which they are best answered."""
    return [
        *_beginning(drafts),
        *_strangers(readings),
        *_silent(parties, readings, drafts),
        *_truces(readings, text),
        *_denials(drafts, lines),
        *_roles(readings),
        *_time(text),
    ]


def _beginning(drafts: Sequence[Draft]) -> Iterator[str]:
    began = [draft for draft in drafts if draft.predicate == "launched" and draft.object]
    attack = dict.fromkeys(
        draft.subject for draft in drafts if draft.predicate in ("launched", "attacks", "bombards")
    )
    if began:
        who = "; ".join(
            dict.fromkeys(f"{draft.subject} on {draft.object} ({draft.sentence})" for draft in began)
        )
        yield f"Who began it? Drafted as beginning an attack: {who}. Is nobody missing?"
    else:
        named = ", ".join(attack) or "nobody"
        yield f"Who began it? No line says who launched an attack. Drafted as attacking: {named}."


def _strangers(readings: Sequence[Reading]) -> Iterator[str]:
    """Those who attack or take something and are no actor."""
    asked = set[str]()
    for reading in readings:
        for token in reading.who.doc:
            for doer in _doers(token):
                name = phrase(doer, most=6)
                if _may_act(doer) and not reading.who.doers(doer) and name not in asked:
                    asked.add(name)
                    yield f"Who is '{name}' ({reading.sentence}: '{token.text}')? Add an actor or an alias."


def _doers(verb: Token) -> list[Token]:
    lemma = verb.lemma_.lower()
    if verb.pos_ != "VERB" or not (
        VERB_PREDICATE.get(lemma) in _WARLIKE
        or lemma in TAKE
        or lemma in LAUNCH - {"announce", "begin", "start", "open"}
    ):
        return []
    subject = subject_token(verb)
    return agents(verb) if passive(verb) else [subject] if subject is not None else []


def _may_act(noun: Token) -> bool:
    return (
        noun.pos_ in ("NOUN", "PROPN") and noun.lemma_.lower() not in ATTACK_NOUNS | AIR_NOUNS | FIGHT_NOUNS
    )


def _silent(parties: Sequence[Party], readings: Sequence[Reading], drafts: Sequence[Draft]) -> Iterator[str]:
    """Actors that the text names and no line speaks of, and those that it does not name."""
    spoken = {each for draft in drafts for each in (draft.subject, draft.object)}
    unnamed = []
    for party in parties:
        where = dict.fromkeys(
            reading.sentence
            for reading in readings
            for mention in reading.who.mentions
            if mention.party == party.id
        )
        if where and party.id not in spoken:
            yield f"What does {party.id} do? It is named in {', '.join(where)}, and no line speaks of it."
        if not where:
            unnamed.append(party.id)
    if unnamed:
        yield f"The text does not name {', '.join(unnamed)}. What they do must come from another document."


def _truces(readings: Sequence[Reading], text: Text) -> Iterator[str]:
    where = dict.fromkeys(
        reading.sentence
        for reading in readings
        for token in reading.who.doc
        if token.lemma_.lower() in TRUCE_NOUNS
    )
    if where:
        yield f"Which truce is in force at the start, between whom and since when? {', '.join(where)} speak of one."
    else:
        yield "Which truce is in force at the start? The text speaks of none; an older one may hold all the same."


def _denials(drafts: Sequence[Draft], lines: Sequence[Line]) -> Iterator[str]:
    linked = {(line.draft.sentence, line.draft.subject): line.denied for line in lines if line.denied}
    for draft in drafts:
        if draft.predicate == "denies":
            line = linked.get((draft.sentence, draft.subject))
            what = f"drafted as a denial of {line}" if line else "which of the claims is it?"
            yield f"Who denies what? {draft.subject} denies '{draft.about}' ({draft.sentence}): {what}."


def _roles(readings: Sequence[Reading]) -> Iterator[str]:
    """How 'the army' and 'the rebels' without a name were read."""
    if readings:
        who = readings[0].who
        home, enemy = ", ".join(who.home) or "nobody", ", ".join(who.main_enemy) or "nobody"
        yield (
            f"'The army' and 'the government' without a name were read as {home}, "
            f"'the rebels' as {enemy} or whoever was named before. Is that right?"
        )


def _time(text: Text) -> Iterator[str]:
    if not text.day:
        yield "When was the text written? Without its day (`--date 2024-11-28`) weekdays stay without a date."
