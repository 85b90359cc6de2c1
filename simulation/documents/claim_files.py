"""The files of claims of a folder: what of each can be read, checked against its documents and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.documents.checks import Names, check_claim, check_covered, check_remark, check_sentence
from simulation.documents.claim import Claim, ClaimFile
from simulation.documents.claim_edit import Part
from simulation.documents.document import Document
from simulation.errors import Faults, InputError
from simulation.io.file_cache import FileCache
from simulation.io.origin import LocatedData, wrong
from simulation.io.yaml_file import YamlSource, check


@dataclass(frozen=True, kw_only=True)
class ReadClaims:
    """A file of claims as read, and those of its claims that are right, by their place in its list."""

    source: LocatedData
    claims: Mapping[int, Claim]


def files_in(folder: Path, suffix: str) -> list[Path]:
    """Return the files of a folder that end so, in order; InputError where there is none."""
    found = sorted(folder.glob(f"*{suffix}"))
    if not found:
        raise InputError(f"the folder holds no file *{suffix}", file=folder)
    return found


def claim_files_in(folder: Path, files: FileCache, faults: Faults) -> list[ReadClaims]:
    """Return what is right in the files of claims of a folder; what is wrong is gathered in `faults`."""
    found: list[ReadClaims] = []
    with faults.gather():
        for path in files_in(folder, ".yaml"):
            with faults.gather():
                found.append(_read(files.yaml(path), faults))
    return found


def _read(source: YamlSource, faults: Faults) -> ReadClaims:
    checked = check(source, ClaimFile)
    if not isinstance(checked, list):
        return ReadClaims(source=source, claims=dict(enumerate(checked.located())))
    faults.found += [error for _, error in checked]
    bad = [path[1] if len(path) > 1 and path[0] == "claims" else None for path, _ in checked]
    if None in bad:
        return ReadClaims(source=source, claims={})
    places = [index for index in range(len(source.data["claims"])) if index not in bad]
    data = {**source.data, "claims": [source.data["claims"][index] for index in places]}
    rest = check(Part(whole=source, root=(), data=data), ClaimFile)
    # More may be wrong than is ever said at once.
    claims = () if isinstance(rest, list) else rest.located()
    return ReadClaims(source=source, claims=dict(zip(places, claims, strict=False)))


def checked_claims(
    claim_files: Sequence[ReadClaims],
    documents: Mapping[str, Document],
    names: Names,
    others: Mapping[str, Claim] | None = None,
    *,
    whole: bool = True,
) -> dict[str, Claim]:
    """Return the claims of some files by id; they may speak of `others`, too.

    Where not the `whole` of the files could be read, nothing is asked that the rest may answer.
    Errors: InputError for a name that is unknown, and for a sentence without claim.
    """
    claims, faults = dict[str, Claim](), Faults()
    every = [
        (file.source, ("claims", index), claim)
        for file in claim_files
        for index, claim in file.claims.items()
    ]
    for source, path, claim in every:
        with faults.gather():
            _check_written(source, path, claim, claims)
            check_sentence(source, path, claim, documents)
        with faults.gather():
            check_claim(source, path, claim, names)
        claims[claim.id] = claim
    for source, path, claim in every if whole else ():
        with faults.gather():
            check_remark(source, path, claim, dict(others or {}) | claims)
    faults.refuse()
    for document in documents.values() if whole else ():
        with faults.gather():
            check_covered(document, claims.values())
    faults.refuse()
    return claims


def _check_written(
    source: LocatedData, path: tuple[str, int], claim: Claim, claims: Mapping[str, Claim]
) -> None:
    if claim.id in claims:
        raise wrong(source, (*path, "id"), f"there is a claim '{claim.id}' already")
    if claim.sentence is None:
        raise wrong(source, path, "a claim of a document names its sentence")
