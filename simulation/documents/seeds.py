"""A seeds folder as one checked whole: documents, claims, actors, and all that follows from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from simulation.documents.actor import ActorSeed, read_actors
from simulation.documents.bloc import blocs_from
from simulation.documents.checks import (
    Names,
    check_actors,
    check_claim,
    check_endings,
    check_forces,
    check_remark,
    place_names,
)
from simulation.documents.claim import Claim
from simulation.documents.claim_edit import ClaimEdits, CodeOrigin, EditedClaims, added_path, edited_claims
from simulation.documents.claim_files import checked_claims, claim_files_in, files_in
from simulation.documents.confirmation import spoken
from simulation.documents.conflict import (
    Support,
    Truce,
    attackers_from,
    defenders_from,
    dormant_from,
    supports_from,
    truces_from,
    wars_from,
)
from simulation.documents.document import Document, read_document
from simulation.documents.ending import Ending, read_endings
from simulation.documents.force import Force, read_forces
from simulation.documents.relation import Relation, relations_from
from simulation.documents.speaker_file import all_speakers, read_speakers
from simulation.documents.speakers import Speaker
from simulation.errors import Faults
from simulation.io.file_cache import FileCache
from simulation.io.origin import LocatedData
from simulation.wording.notebook import one_line
from simulation.wording.phrases import counted, listed


@dataclass(frozen=True, kw_only=True)
class Seeds:
    """What the world is built from; relations and what follows them are computed from the believed claims.

    `actors` are in their permanent order; `claims` holds the disbelieved ones too.
    """

    folder: Path
    documents: dict[str, Document]
    claims: dict[str, Claim]
    speakers: dict[str, Speaker]
    disbelieved: frozenset[str]
    actors: tuple[ActorSeed, ...]
    relations: tuple[Relation, ...]
    blocs: dict[str, str]
    wars: frozenset[frozenset[str]]
    attackers: frozenset[str]
    dormant: frozenset[str]
    defending: frozenset[str]
    supports: tuple[Support, ...]
    truces: tuple[Truce, ...]
    forces: tuple[Force, ...]
    endings: tuple[Ending, ...]

    def __repr__(self) -> str:
        """Return the folder and what is in it on one line."""
        sizes = (self.documents, "document"), (self.claims, "claim"), (self.actors, "actor")
        return one_line(self, f"in {self.folder}: {listed([counted(len(x), of) for x, of in sizes])}")

    @property
    def actor_ids(self) -> tuple[str, ...]:
        """The ids of the actors in their permanent order."""
        return tuple(actor.id for actor in self.actors)

    def relation(self, a: str, b: str) -> Relation | None:
        """Return the relation of two actors, in either order; None when no believed claim bears on it."""
        pair = frozenset((a, b))
        return next((relation for relation in self.relations if relation.pair == pair), None)

    def at_war(self, a: str, b: str) -> bool:
        """Return whether two actors are at war."""
        return frozenset((a, b)) in self.wars


def load_seeds(
    folder: Path,
    edits: ClaimEdits = (),
    *,
    written_in: LocatedData | None = None,
    region: Path | None = None,
    files: FileCache | None = None,
) -> Seeds:
    """Return the seeds of a folder as a scenario sees them.

    `written_in` is the file that the edits come from, for errors; `region` is `folder/region` unless given;
    `files` are those read so far, none when left out.
    Errors: InputError with file, line and path for whatever is missing, misspelt or not allowed.
    """
    written_in, files, faults = written_in or CodeOrigin(), files or FileCache(), Faults()
    with faults.gather():
        documents = documents_in(folder / "documents", files)
    with faults.gather():
        actor_source, actors = read_actors(folder / "actors.yaml", files)
    with faults.gather():
        own_speakers = read_speakers(folder, files)
    with faults.gather():
        places = place_names(region or folder / "region", files)
    wrong_claims = Faults()
    claim_files = claim_files_in(folder / "claims", files, wrong_claims)
    if faults.found:
        faults.found += wrong_claims.found
        for read, file in ((read_forces, "laydown.yaml"), (read_endings, "endings.yaml")):
            with faults.gather():
                read(folder / file, files)
        faults.refuse()
    speakers = all_speakers(own_speakers, actors)
    names = Names(actors=[actor.id for actor in actors], places=places, speakers=speakers)
    with faults.gather():
        whole = not wrong_claims.found
        found = checked_claims(claim_files, documents, names, whole=whole)
        wrong_claims.refuse()
        claims = edited_claims(found, edits, written_in)
        _check_added(claims, edits, written_in, names)
        check_actors(actor_source, actors, names, claims.claims)
    faults.found += wrong_claims.found
    with faults.gather():
        forces = _forces(folder / "laydown.yaml", names, files)
    with faults.gather():
        endings = _endings(folder / "endings.yaml", names, files)
    faults.refuse()
    return _seeds(folder, documents, actors, claims, speakers, forces, endings)


def _seeds(
    folder: Path,
    documents: dict[str, Document],
    actors: tuple[ActorSeed, ...],
    edited: EditedClaims,
    speakers: dict[str, Speaker],
    forces: tuple[Force, ...],
    endings: tuple[Ending, ...],
) -> Seeds:
    claims = replace(edited, claims=spoken(edited.claims, edited.disbelieved, speakers))
    believed, ids = claims.believed(), [actor.id for actor in actors]
    relations = relations_from(believed, ids)
    return Seeds(
        folder=folder,
        documents=documents,
        claims=claims.claims,
        speakers=speakers,
        disbelieved=claims.disbelieved,
        actors=tuple(actor.given(claims.disbelieved) for actor in actors),
        relations=relations,
        blocs=blocs_from(relations, ids),
        wars=wars_from(relations, believed),
        attackers=attackers_from(believed),
        dormant=dormant_from(believed),
        defending=defenders_from(believed),
        supports=supports_from(relations, believed),
        truces=truces_from(believed, ids),
        forces=forces,
        endings=endings,
    )


def documents_in(folder: Path, files: FileCache) -> dict[str, Document]:
    """Return the documents of a folder by id; InputError where there is none, or for what is wrong with one."""
    documents, faults = dict[str, Document](), Faults()
    for path in files_in(folder, ".md"):
        with faults.gather():
            document = read_document(path, files)
            documents[document.id] = document
    faults.refuse()
    return documents


def _check_added(claims: EditedClaims, edits: ClaimEdits, source: LocatedData, names: Names) -> None:
    for claim in claims.claims.values():
        if claim.sentence is None:
            path = added_path(claim, edits)
            check_claim(source, path, claim, names)
            check_remark(source, path, claim, claims.claims)


def _forces(path: Path, names: Names, files: FileCache) -> tuple[Force, ...]:
    source, forces = read_forces(path, files)
    check_forces(source, forces, names)
    return forces


def _endings(path: Path, names: Names, files: FileCache) -> tuple[Ending, ...]:
    source, endings = read_endings(path, files)
    check_endings(source, endings, names)
    return endings
