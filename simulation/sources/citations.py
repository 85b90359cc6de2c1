"""Chains of claims: the sentence each stands in, and what rests on it; and how far claims count."""

from __future__ import annotations

from collections.abc import Iterable

from simulation.documents import MEANINGS, SPEAKERS, Predicate, Speaker
from simulation.documents.confirmation import remarks
from simulation.documents.relation import BEARING
from simulation.documents.speaker_file import FILE
from simulation.sources.context import Material
from simulation.sources.entry import Citation, Entry, EntryGroup

_SIGNS = {1: "support", -1: "hostility", 0: "neither"}


def claims_group(material: Material, resting: Iterable[EntryGroup]) -> EntryGroup:
    """Return every claim with its sentence; `resting` are the groups in which things may rest on it."""
    behind: dict[str, list[str]] = {}
    for group in resting:
        for entry in group.entries:
            for claim in entry.claims:
                behind.setdefault(claim, []).append(entry.key)
    entries = tuple(
        _claim(material, cited, tuple(behind.get(name, ()))) for name, cited in material.cited.items()
    )
    intro = (
        "One claim is one statement of one sentence. Verified means that the document states it as a fact of its "
        "own; what it only passes on is not verified."
    )
    return EntryGroup(id="claims", heading="Claims and their sentences", intro=intro, entries=entries)


def weights_group(material: Material) -> EntryGroup:
    """Return the numbers by which claims become relations."""
    entries = (
        *(_weight(word.value, sign, weight, MEANINGS[word]) for word, (sign, weight) in BEARING.items()),
        *(_trust(material, speaker) for speaker in material.seeds.speakers.values()),
    )
    intro = (
        "A verified claim counts fully, another as far as its speaker is trusted; a confidence M counts 0.8 times, "
        "L 0.5 times. These numbers decide who is hostile to whom, not how strongly anybody fights."
    )
    return EntryGroup(id="weights", heading="How claims count", intro=intro, entries=entries)


def verdict(cited: Citation) -> str:
    """Return who says a claim and whether it is verified and believed."""
    checked = "verified" if cited.verified else "not verified"
    doubt = "" if cited.believed else ", not believed in this scenario"
    return f"said by {cited.said_by}, {checked}{doubt}"


def _claim(material: Material, cited: Citation, behind: tuple[str, ...]) -> Entry:
    added = not cited.document
    edit = material.written.edit(cited.id)
    return Entry(
        key=cited.id,
        title=cited.text,
        value=verdict(cited),
        basis="assumption" if added else "document",
        because=cited.sentence,
        written=cited.written,
        claims=(cited.id,),
        change=f"not believed ({edit})"
        if edit
        else (f"added by the scenario ({cited.written})" if added else ""),
        see=(
            ("rests on it", tuple(dict.fromkeys(behind))),
            ("denied by", remarks(material.seeds.claims.values(), cited.id, Predicate.DENIES)),
            ("confirmed by", remarks(material.seeds.claims.values(), cited.id, Predicate.AGREES)),
            ("speaks of", (about,) if (about := material.seeds.claims[cited.id].claim) else ()),
        ),
        names=() if added else (f"{cited.document} {cited.number}", f"{cited.document}#{cited.number}"),
    )


def _weight(word: str, sign: int, weight: float, meaning: str) -> Entry:
    return Entry(
        key=word,
        title=f"a claim with the word '{word}' ({meaning.rstrip('.')})",
        value=f"{_SIGNS[sign]}, weight {weight:g} of 1",
        basis="assumption",
        because="how much one such claim says about two actors",
        written="simulation/documents/relation.py",
    )


def _trust(material: Material, speaker: Speaker) -> Entry:
    general = SPEAKERS.get(speaker.id) == speaker or speaker.id in material.seeds.actor_ids
    return Entry(
        key=f"trust-{speaker.id}",
        title=f"an unverified claim said by {speaker.words}",
        value=f"counts {speaker.word:g} of 1",
        basis="assumption",
        because=speaker.trust.assumption or "how far such a speaker is taken at its word",
        written="simulation/documents/speakers.py" if general else f"{FILE} of the seeds",
    )
