"""Claims drafted from a text: sure ones read off the parse, unsure ones from cue words between two parties."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from simulation.drafting.completion import JOINT, WAR, acting_together, completed
from simulation.drafting.cues import cue_drafts
from simulation.drafting.draft import Draft
from simulation.drafting.event import Event
from simulation.drafting.names import Party
from simulation.drafting.reading import Reading, read_sentences
from simulation.drafting.says import REPORTER, Said
from simulation.drafting.text import Text


def drafted(text: Text, parties: Sequence[Party]) -> list[Draft]:
    """Return the drafted claims of a text, the sure ones first, each in the order of the text."""
    return drafts_of(read_sentences(text, parties), parties)


def drafts_of(readings: Sequence[Reading], parties: Sequence[Party]) -> list[Draft]:
    """Return the drafted claims of sentences that were read, as `drafted`."""
    found = [draft for reading in readings for draft in _of_sentence(reading)]
    joint = {
        reading.sentence
        for reading in readings
        if any(token.lemma_.lower() in JOINT for token in reading.who.doc)
    }
    found += acting_together(found, joint)
    found = completed(found, readings[0].who.rivals, {party.id for party in parties})
    sure = _once(draft for draft in found if draft.sure)
    unsure = [draft for draft in found if not draft.sure]
    for reading in readings:
        known = [draft for draft in sure if draft.sentence == reading.sentence]
        unsure += cue_drafts(reading, known)
    said = {_key(draft) for draft in sure}
    found = sure + [draft for draft in _once(unsure) if _key(draft) not in said]
    return sorted(found, key=lambda draft: not draft.sure)


def _key(draft: Draft) -> tuple[str, str, str, str, str]:
    return (
        draft.sentence,
        draft.subject,
        draft.predicate,
        draft.object,
        "" if draft.object else draft.about[:20],
    )


def _once(drafts: Iterable[Draft]) -> list[Draft]:
    return list({_key(draft): draft for draft in reversed(list(drafts))}.values())[::-1]


def _of_sentence(reading: Reading) -> Iterator[Draft]:
    denied = {
        said.denier: (subject, event.predicate, other)
        for event, said in reading.events
        if said.mood == "denied" and said.denier
        for subject in event.subjects
        for other in event.objects
    }
    for event, said in reading.events:
        if event.predicate == "denies":
            for draft in _claims(reading.sentence, event, said, reading.who.parties):
                yield replace(draft, denied=denied.get(draft.subject))
        elif said.mood != "denied":
            yield from _claims(reading.sentence, event, said, reading.who.parties)


def _claims(sentence: str, event: Event, said: Said, known: Collection[str]) -> Iterator[Draft]:
    predicate = event.predicate
    speaker, verified = said.by, said.by == REPORTER and not said.hedge and said.mood == "done"
    if predicate in ("denies", "accuses"):
        # Whoever accuses or denies says so; that an accusation was made is the text's own word, as a rule.
        speaker, verified = "", predicate == "accuses" and verified
    sure = event.sure and said.mood == "done"
    hedge = said.hedge or ("not done, only meant" if said.mood == "meant" else "")
    made = Draft(
        sentence=sentence,
        subject="",
        predicate=predicate,
        about=event.about,
        said_by=speaker,
        verified=verified,
        hedge=hedge,
        why=event.why,
        sure=sure,
        at=event.at.idx,
    )
    doers = event.subjects
    if predicate == "launched" and not doers and not event.objects and speaker in known:
        doers = (speaker,)
    for subject in doers:
        own = speaker == "both_sides" and predicate in ("controls", "took")
        mine = replace(made, subject=subject, said_by=subject if own else speaker or subject)
        others = [each for each in event.objects if each != subject]
        if event.objects and not others and not event.about:
            continue
        for other in others:
            yield replace(mine, object=other, about="")
        if not others:
            yield mine
    if not event.subjects and event.objects and predicate in (*WAR, "killed"):
        for other in event.objects:
            yield replace(made, object=other, about="", sure=False)
