"""Reports: claims about the course of the war after its start, with the day on which each became known.

They stand in the documents of the initial state themselves, and in documents and claims of their own in the folders
`documents/reports` and `claims/reports`. Who builds a world opens none of the latter: they serve updating only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from simulation.documents.checks import Names, place_names
from simulation.documents.claim import Claim
from simulation.documents.claim_files import checked_claims, claim_files_in
from simulation.documents.confirmation import spoken
from simulation.documents.document import Document
from simulation.documents.seeds import Seeds, documents_in
from simulation.errors import Faults, InputError
from simulation.io.file_cache import FileCache

REPORTS = "reports"
"""The folder of reports within those of documents and of claims."""


@dataclass(frozen=True, kw_only=True)
class ReportedClaims:
    """Claims that became known by a day, in order of document and place in it, by id; `documents` they stand in."""

    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]

    def known(self, claim: str) -> date:
        """Return the day on which a claim became known: that of its document."""
        return date.fromisoformat(self.documents[self.claims[claim].document or ""].date)


def reported_claims(seeds: Seeds, region: Path, as_of: date, files: FileCache) -> ReportedClaims:
    """Return all claims of documents known by the end of a day, without those that the scenario disbelieves.

    `region` names the places; `files` are those read so far.
    Errors: InputError with file and line for what is misspelt or not allowed, for an id that is taken, and for a
    report of what lies after the day of its own document.
    """
    documents, claims = dict(seeds.documents), dict(seeds.claims)
    if (seeds.folder / "claims" / REPORTS).is_dir():
        more, found = _own(seeds, place_names(region, files), claims, files)
        documents |= more
        claims |= found
    known = {
        name: claim
        for name, claim in claims.items()
        if claim.document is not None
        and name not in seeds.disbelieved
        and date.fromisoformat(documents[claim.document].date) <= as_of
    }
    said = spoken(known, seeds.disbelieved, seeds.speakers)
    return ReportedClaims(claims=said, documents=documents)


def _own(
    seeds: Seeds, places: Collection[str], taken: Collection[str], files: FileCache
) -> tuple[dict[str, Document], dict[str, Claim]]:
    """Return the documents that are reports only, and their claims."""
    documents = documents_in(seeds.folder / "documents" / REPORTS, files)
    faults = Faults()
    sources = claim_files_in(seeds.folder / "claims" / REPORTS, files, faults)
    faults.refuse()
    claims = checked_claims(
        sources,
        documents,
        Names(actors=seeds.actor_ids, places=places, speakers=seeds.speakers),
        seeds.claims,
    )
    for claim in claims.values():
        where = documents[claim.document or ""].path
        if claim.id in taken:
            faults.found.append(InputError(f"there is a claim '{claim.id}' already", file=where))
        day = documents[claim.document or ""].date
        if any(moment[:10] > day for moment in (claim.day, claim.since, claim.until) if moment):
            faults.found.append(
                InputError(f"claim {claim.id} speaks of a day after that of its document", file=where)
            )
    faults.refuse()
    return documents, claims
