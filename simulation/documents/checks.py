"""Checks across the files of a seeds folder: every name in one must be there in another."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.documents.actor import ActorSeed
from simulation.documents.claim import Claim
from simulation.documents.document import Document
from simulation.documents.ending import Ending
from simulation.documents.force import Force
from simulation.documents.vocabulary import OF_CLAIMS
from simulation.errors import Faults, InputError
from simulation.io.file_cache import FileCache
from simulation.io.origin import DataPath, LocatedData, wrong
from simulation.io.pydantic_messages import suggestion


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names that the files of one folder may use."""

    actors: Collection[str]
    places: Collection[str]
    speakers: Collection[str]

    def check_actor(self, source: LocatedData, path: DataPath, name: str) -> None:
        """Refuse a name that is no actor."""
        _check_known(source, path, name, "actor", self.actors)

    def check_speaker(self, source: LocatedData, path: DataPath, name: str) -> None:
        """Refuse a name of nobody who speaks."""
        if name not in self.speakers:
            close = suggestion(name, self.speakers)
            hint = close if "did you mean" in close else "; name an actor, or add it to speakers.yaml"
            raise wrong(source, path, f"unknown speaker '{name}'{hint}")

    def check_place(self, source: LocatedData, path: DataPath, name: str) -> None:
        """Refuse a name that is no place of the region."""
        if name not in self.places:
            close = suggestion(name, self.places)
            raise wrong(source, path, f"unknown place '{name}'{close if 'did you mean' in close else ''}")


def place_names(region: Path, files: FileCache) -> frozenset[str]:
    """Return the names of the places of a region, from its `places.csv`."""
    return frozenset(files.rows(region / "places.csv", ["name"]).columns["name"])


def check_claim(source: LocatedData, path: DataPath, claim: Claim, names: Names) -> None:
    """Refuse a claim that is still marked as a draft, and one that names an unknown actor, place or speaker."""
    faults = Faults()
    if claim.draft is not None:
        message = "a draft that nobody has read; compare it with its sentence, correct it, and delete the field 'draft'"
        faults.found.append(wrong(source, (*path, "draft"), message))
    with faults.gather():
        if claim.predicate not in OF_CLAIMS or claim.subject not in names.speakers:
            names.check_actor(source, (*path, "subject"), claim.subject)
    with faults.gather():
        names.check_speaker(source, (*path, "said_by"), claim.said_by)
    for each in claim.objects:
        with faults.gather():
            names.check_actor(source, (*path, "object"), each)
    if claim.place is not None:
        with faults.gather():
            names.check_place(source, (*path, "place"), claim.place)
    faults.refuse()


def check_remark(source: LocatedData, path: DataPath, claim: Claim, claims: Mapping[str, Claim]) -> None:
    """Refuse a claim that denies, or agrees with, one that is not there or that only speaks of another itself."""
    if claim.claim is None:
        return
    _check_known(source, (*path, "claim"), claim.claim, "claim", claims)
    if (other := claims[claim.claim].claim) is not None:
        raise wrong(source, (*path, "claim"), f"{claim.claim} itself speaks of {other}; name {other}")


def check_sentence(
    source: LocatedData, path: DataPath, claim: Claim, documents: Mapping[str, Document]
) -> None:
    """Refuse a claim of a document or sentence that is not there."""
    _check_known(source, ("document",), claim.document or "", "document", documents)
    sentences = documents[claim.document or ""].sentences
    _check_known(source, (*path, "sentence"), claim.sentence or "", "sentence", sentences)
    if (reason := sentences[claim.sentence or ""].no_claim) is not None:
        raise wrong(source, (*path, "sentence"), f"{claim.sentence} is marked as making no claim ({reason})")


def check_covered(document: Document, claims: Collection[Claim]) -> None:
    """Refuse a document with a sentence that no claim stands in and that does not say why."""
    spoken = {claim.sentence for claim in claims if claim.document == document.id}
    faults = Faults()
    for sentence in document.sentences.values():
        if sentence.id not in spoken and sentence.no_claim is None:
            message = f"{sentence.id} has no claim; add one, or end the sentence with {{no claim: why}}"
            faults.found.append(InputError(message, file=document.path, line=sentence.line))
    faults.refuse()


def check_actors(
    source: LocatedData, actors: Sequence[ActorSeed], names: Names, claims: Collection[str]
) -> None:
    """Refuse a seat that is no place, a war with nobody or oneself, and a number that rests on an unknown claim."""
    faults = Faults()
    for index, actor in enumerate(actors):
        path: DataPath = ("actors", index)
        with faults.gather():
            _check_bound(source, (*path, "bound_by"), actor, names)
        if actor.seat is not None:
            with faults.gather():
                names.check_place(source, (*path, "seat"), actor.seat)
        for name, quantity in actor.quantities.stated():
            for position, claim in enumerate(quantity.claims):
                at = (*path, "quantities", name, "claims", position)
                with faults.gather():
                    _check_known(source, at, claim, "claim", claims)
    faults.refuse()


def check_forces(source: LocatedData, forces: Sequence[Force], names: Names) -> None:
    """Refuse a force of an unknown actor or place, an id given twice, and shares of one actor over 1."""
    ids, faults = [force.id for force in forces], Faults()
    for index, force in enumerate(forces):
        path: DataPath = ("forces", index)
        if force.id in ids[:index]:
            faults.found.append(wrong(source, (*path, "id"), f"there is a force '{force.id}' already"))
        with faults.gather():
            names.check_actor(source, (*path, "actor"), force.actor)
        with faults.gather():
            _check_where(source, (*path, "where"), force, names)
    with faults.gather():
        _check_shares(source, forces)
    faults.refuse()


def check_endings(source: LocatedData, endings: Sequence[Ending], names: Names) -> None:
    """Refuse an ending that names an unknown actor or place."""
    faults = Faults()
    for index, ending in enumerate(endings):
        path: DataPath = ("endings", index, "when")
        for actor in ending.when.actors:
            with faults.gather():
                names.check_actor(source, path, actor)
        for place in ending.when.lost or ():
            with faults.gather():
                names.check_place(source, (*path, "lost"), place)
    faults.refuse()


def _check_bound(source: LocatedData, path: DataPath, actor: ActorSeed, names: Names) -> None:
    if actor.bound_by is None:
        return
    names.check_actor(source, path, actor.bound_by)
    if actor.bound_by == actor.id:
        raise wrong(source, path, f"{actor.id} cannot be bound by a war with itself")


def _check_where(source: LocatedData, path: DataPath, force: Force, names: Names) -> None:
    field = "places" if force.where.places else "front"
    for position, place in enumerate(force.where.names):
        names.check_place(source, (*path, field, position), place)
    if force.where.against is not None:
        names.check_actor(source, (*path, "against"), force.where.against)


def _check_shares(source: LocatedData, forces: Sequence[Force]) -> None:
    for actor in dict.fromkeys(force.actor for force in forces):
        own = [index for index, force in enumerate(forces) if force.actor == actor]
        total = math.fsum(forces[index].share for index in own)
        if not total <= 1 + 1e-9:
            message = f"the shares of {actor} add up to {total:.4g}; at most 1 is allowed"
            raise wrong(source, ("forces", own[-1], "share"), message)


def _check_known(source: LocatedData, path: DataPath, name: str, kind: str, known: Collection[str]) -> None:
    if name not in known:
        raise wrong(source, path, f"unknown {kind} '{name}'{suggestion(name, known)}")
