"""A seeds folder as one checked whole: documents, claims, actors, and all that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulation.documents.actor import ActorSeed, read_actors
from simulation.documents.bloc import blocs_from
from simulation.documents.checks import (
    Names,
    check_actors,
    check_claim,
    check_covered,
    check_endings,
    check_forces,
    check_sentence,
    place_names,
)
from simulation.documents.claim import Claim, read_claims
from simulation.documents.claim_edit import ClaimEdits, CodeOrigin, EditedClaims, added_path, edited_claims
from simulation.documents.conflict import (
    Support,
    Truce,
    attackers_from,
    dormant_from,
    supports_from,
    truces_from,
    wars_from,
)
from simulation.documents.document import Document, read_document
from simulation.documents.ending import Ending, read_endings
from simulation.documents.force import Force, read_forces
from simulation.documents.relation import Relation, relations_from
from simulation.errors import InputError
from simulation.io.file_cache import FileCache
from simulation.io.origin import LocatedData, wrong


@dataclass(frozen=True, kw_only=True)
class Seeds:
    """What the world is built from; relations and what follows them are computed from the believed claims.

    `actors` are in their permanent order; `claims` holds the disbelieved ones too.
    """

    folder: Path
    documents: dict[str, Document]
    claims: dict[str, Claim]
    disbelieved: frozenset[str]
    actors: tuple[ActorSeed, ...]
    relations: tuple[Relation, ...]
    blocs: dict[str, str]
    wars: frozenset[frozenset[str]]
    attackers: frozenset[str]
    dormant: frozenset[str]
    supports: tuple[Support, ...]
    truces: tuple[Truce, ...]
    forces: tuple[Force, ...]
    endings: tuple[Ending, ...]

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
    written_in, files = written_in or CodeOrigin(), files or FileCache()
    documents = _documents(folder / "documents", files)
    actor_source, actors = read_actors(folder / "actors.yaml", files)
    places = place_names(region or folder / "region", files)
    names = Names(actors=[actor.id for actor in actors], places=places)
    claims = edited_claims(_claims(folder / "claims", documents, names, files), edits, written_in)
    _check_added(claims, edits, written_in, names)
    check_actors(actor_source, actors, names, claims.claims)
    return _seeds(folder, documents, actors, claims, names, files)


def _seeds(
    folder: Path,
    documents: dict[str, Document],
    actors: tuple[ActorSeed, ...],
    claims: EditedClaims,
    names: Names,
    files: FileCache,
) -> Seeds:
    believed, ids = claims.believed(), [actor.id for actor in actors]
    relations = relations_from(believed, ids)
    return Seeds(
        folder=folder,
        documents=documents,
        claims=claims.claims,
        disbelieved=claims.disbelieved,
        actors=tuple(actor.given(claims.disbelieved) for actor in actors),
        relations=relations,
        blocs=blocs_from(relations, ids),
        wars=wars_from(relations, believed),
        attackers=attackers_from(believed),
        dormant=dormant_from(believed),
        supports=supports_from(relations, believed),
        truces=truces_from(believed, ids),
        forces=_forces(folder / "laydown.yaml", names, files),
        endings=_endings(folder / "endings.yaml", names, files),
    )


def _paths(folder: Path, suffix: str) -> list[Path]:
    found = sorted(folder.glob(f"*{suffix}"))
    if not found:
        raise InputError(f"the folder holds no file *{suffix}", file=folder)
    return found


def _documents(folder: Path, files: FileCache) -> dict[str, Document]:
    documents = [read_document(path, files) for path in _paths(folder, ".md")]
    return {document.id: document for document in documents}


def _claims(folder: Path, documents: dict[str, Document], names: Names, files: FileCache) -> dict[str, Claim]:
    claims: dict[str, Claim] = {}
    for path in _paths(folder, ".yaml"):
        source, found = read_claims(path, files)
        for index, claim in enumerate(found):
            _check_written(source, index, claim, claims)
            check_sentence(source, ("claims", index), claim, documents)
            check_claim(source, ("claims", index), claim, names)
            claims[claim.id] = claim
    for document in documents.values():
        check_covered(document, claims.values())
    return claims


def _check_written(source: LocatedData, index: int, claim: Claim, claims: dict[str, Claim]) -> None:
    if claim.id in claims:
        raise wrong(source, ("claims", index, "id"), f"there is a claim '{claim.id}' already")
    if claim.sentence is None:
        raise wrong(source, ("claims", index), "a claim of a document names its sentence")


def _check_added(claims: EditedClaims, edits: ClaimEdits, source: LocatedData, names: Names) -> None:
    for claim in claims.claims.values():
        if claim.sentence is None:
            check_claim(source, added_path(claim, edits), claim, names)


def _forces(path: Path, names: Names, files: FileCache) -> tuple[Force, ...]:
    source, forces = read_forces(path, files)
    check_forces(source, forces, names)
    return forces


def _endings(path: Path, names: Names, files: FileCache) -> tuple[Ending, ...]:
    source, endings = read_endings(path, files)
    check_endings(source, endings, names)
    return endings
