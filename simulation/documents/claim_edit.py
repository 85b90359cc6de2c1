"""What a scenario may do with claims: disbelieve one, or add one of its own as an assumption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from simulation.documents.claim import Claim
from simulation.errors import Faults
from simulation.io.origin import DataPath, LocatedData, Origin, wrong
from simulation.io.pydantic_messages import suggestion
from simulation.io.yaml_file import parse


class ClaimEdit(Protocol):
    """One item of a scenario's `claims:`: `{disbelieve: C47}` or `{add: {…, assumption: why}}`."""

    @property
    def disbelieve(self) -> str | None:
        """The id of the claim that is not believed."""

    @property
    def add(self) -> Mapping[str, Any] | None:
        """The fields of a claim of the scenario's own."""


ClaimEdits = Sequence[ClaimEdit]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A claim edit made in code."""

    disbelieve: str | None = None
    add: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class EditedClaims:
    """All claims with those that a scenario added, and the ids of those that it does not believe."""

    claims: dict[str, Claim]
    disbelieved: frozenset[str]

    def believed(self) -> tuple[Claim, ...]:
        """Return the claims that count, in order."""
        return tuple(claim for claim in self.claims.values() if claim.id not in self.disbelieved)


@dataclass(frozen=True, kw_only=True)
class CodeOrigin:
    """The source of edits that were written in no file."""

    data: None = None

    def origin_of(self, path: DataPath) -> Origin:
        """Return the path as the place."""
        return Origin(file="edits", path=path)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a source as a source of its own."""

    whole: LocatedData
    root: DataPath
    data: Any

    def origin_of(self, path: DataPath) -> Origin:
        """Return the place of a value in the whole."""
        return self.whole.origin_of((*self.root, *path))


def edited_claims(claims: Mapping[str, Claim], edits: ClaimEdits, written_in: LocatedData) -> EditedClaims:
    """Return the claims as a scenario sees them.

    Errors: InputError for a claim that is not there, is there already, or is not marked as an assumption.
    """
    known, disbelieved, faults = dict(claims), set[str](), Faults()
    for index, edit in enumerate(edits):
        if edit.add is not None:
            with faults.gather():
                claim = _added(edit.add, known, written_in, ("claims", index, "add"))
                known[claim.id] = claim
        if edit.disbelieve is not None:
            with faults.gather():
                disbelieved.add(_known(edit.disbelieve, known, written_in, ("claims", index, "disbelieve")))
    faults.refuse()
    return EditedClaims(claims=known, disbelieved=frozenset(disbelieved))


def added_path(claim: Claim, edits: ClaimEdits) -> DataPath:
    """Return where a scenario wrote a claim of its own."""
    ids = [None if edit.add is None else edit.add.get("id") for edit in edits]
    return "claims", ids.index(claim.id), "add"


def _added(
    fields: Mapping[str, Any], known: Mapping[str, Claim], source: LocatedData, path: DataPath
) -> Claim:
    claim = parse(Part(whole=source, root=path, data=dict(fields)), Claim)
    if claim.assumption is None:
        raise wrong(
            source, path, "an added claim is an assumption: give 'assumption' with the reason, no sentence"
        )
    if claim.id in known:
        raise wrong(source, (*path, "id"), f"there is a claim '{claim.id}' already; choose another id")
    return claim


def _known(name: str, known: Mapping[str, Claim], source: LocatedData, path: DataPath) -> str:
    if name not in known:
        raise wrong(source, path, f"unknown claim '{name}'{suggestion(name, known)}")
    return name
