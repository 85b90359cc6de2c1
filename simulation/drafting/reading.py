"""Reads the sentences of a text one after another and gives what they say, in events with their speakers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.drafting.denials import denial_events
from simulation.drafting.event import Event
from simulation.drafting.grammar import subject_token
from simulation.drafting.lexicon import HOME_NOUNS, REPORT
from simulation.drafting.memory import Memory
from simulation.drafting.mentions import Mention, NameFinder
from simulation.drafting.names import Party
from simulation.drafting.nouns import noun_events
from simulation.drafting.parser import parsed, words_of
from simulation.drafting.says import Said, said
from simulation.drafting.speakers import voice
from simulation.drafting.text import Text
from simulation.drafting.ties import tie_events
from simulation.drafting.verbs import verb_events
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A sentence as it was read: its number, whom its words mean, and what it says."""

    sentence: str
    who: Who
    events: tuple[tuple[Event, Said], ...]


def read_sentences(text: Text, parties: Sequence[Party]) -> list[Reading]:
    """Return each sentence of a text with what it says, in its order."""
    finder = NameFinder(parties, words_of)
    parts = [
        (number, part) for number, sentence in text.sentences.items() for part in _parts(sentence, parties)
    ]
    docs = parsed(part for _, part in parts)
    mentions = [finder.mentions(doc) for doc in docs]
    counts = Counter(mention.party for each in mentions for mention in each)
    armed = _armies(docs, mentions, parties)
    memory, found = Memory(), list[Reading]()
    for (number, _), doc, named in zip(parts, docs, mentions, strict=True):
        who = Who(doc, named, parties, memory, counts, armed)
        events = tuple(_events(who))
        found.append(Reading(sentence=number, who=who, events=events))
        _remember(doc, who, events)
    return found


_EMPTY = re.compile(r"\b(?:neighbou?ring|so-called|self-(?:proclaimed|declared|styled)|self-appointed) ")
"""Words that say nothing of who does what, and that the parser takes for verbs."""


_DOUBLED = re.compile(r"\b(quarre|trave|cance|fue|signa|marsha|channe|labe)ll(ed|ing)\b")


def _parts(sentence: str, parties: Sequence[Party]) -> list[str]:
    """Return what is parsed of a sentence: its parts between semicolons, without short names in brackets."""
    names = {name for party in parties for name in party.names}
    sentence = _DOUBLED.sub(r"\1l\2", _EMPTY.sub("", sentence))
    plain = re.sub(r" \(([^()]{2,40})\)", lambda found: "" if found[1] in names else found[0], sentence)
    return [part.strip() for part in plain.split(";") if part.strip()]


def _events(who: Who) -> Iterator[tuple[Event, Said]]:
    for token in who.doc:
        for events in (verb_events, noun_events, denial_events):
            for event in events(token, who):
                yield event, said(event.at, who, event.predicate)
    for event in tie_events(who):
        yield event, said(event.at, who, event.predicate)


def _armies(
    docs: Sequence[Doc], mentions: Sequence[Sequence[Mention]], parties: Sequence[Party]
) -> Counter[str]:
    """Return how often each party is named, its army or government three times as much."""
    found = Counter[str]()
    first = next((party.id for party in parties if party.state), None)
    if first is not None:
        found[first] += 2
    for party in parties:
        found[party.id] += 5 if party.state and HOME_NOUNS & {name.lower() for name in party.names} else 0
    for doc, named in zip(docs, mentions, strict=True):
        for mention in named:
            words = {token.lemma_.lower() for token in doc[mention.start : mention.end]}
            found[mention.party] += 3 if words & HOME_NOUNS else 1
    return found


def _remember(doc: Doc, who: Who, events: Sequence[tuple[Event, Said]]) -> None:
    """Keep in mind who the sentence was about, and who spoke."""
    root = next(token for token in doc if token.dep_ == "ROOT")
    subject, main = subject_token(root), root
    who.memory.spoke = root.lemma_.lower() in REPORT
    if who.memory.spoke:
        if subject is not None and (speaker := voice(subject, who)):
            who.memory.speaker, who.memory.speaker_parties = speaker, who.doers(subject)
        said_first = next((each for each in root.children if each.dep_ == "ccomp" and each.i < root.i), None)
        main = said_first if said_first is not None else root
    parties = who.doers(inner) if (inner := subject_token(main)) is not None else ()
    last = tuple(mention.party for mention in who.mentions[-1:])
    if parties or last:
        who.memory.subjects.append(parties or last)
    for event, how in events:
        if event.predicate in ("launched", "attacks") and event.subjects and how.mood == "done":
            who.memory.attackers = event.subjects
        if event.predicate == "bombards" and event.subjects and how.mood == "done":
            who.memory.bombers = event.subjects
        if event.predicate == "accuses":
            who.memory.accused = event.objects
        if (
            event.predicate in ("fights", "attacks", "opposes", "bombards")
            and event.subjects
            and event.objects
        ):
            who.memory.fighting = event.subjects[0], event.objects[0]
    who.memory.named += [mention.party for mention in who.mentions]
