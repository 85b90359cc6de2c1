"""What scenarios are read from: files, seeds and regions, each read once however many scenarios share them."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.documents import ClaimEdits, Seeds, load_seeds
from simulation.documents.actor import ActorSeed, read_actors
from simulation.documents.checks import place_names
from simulation.documents.reports import REPORTS, ReportedClaims, reported_claims
from simulation.io.file_cache import FileCache
from simulation.io.origin import LocatedData

if TYPE_CHECKING:
    from simulation.region import Region

SEED_FILES = ("*.yaml", "claims/*.yaml", "documents/*.md")
REPORT_FILES = (f"claims/{REPORTS}/*.yaml", f"documents/{REPORTS}/*.md")
REGION_FILES = ("*.yaml", "*.csv")
"""Of a folder, the files that are read and that its digest stands for."""


class Archive:
    """The files, seeds and regions that one command, or one call of `load_scenario`, has read.

    A scenario keeps the archive it was read from, so that its digest, its world and its sources speak of the same
    bytes, even where a file is edited in between. Scenarios that are loaded with one archive share what they share.
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.files = FileCache()
        self.checked: set[str] = set()
        """Digests of scenarios in which everything has been found right."""
        self._seeds: dict[tuple[Path, Path, str], Seeds] = {}
        self._regions: dict[Path, Region] = {}
        self._digests: dict[tuple[Path, tuple[str, ...]], str] = {}

    def seeds(
        self, folder: Path, region: Path, edits: ClaimEdits = (), written_in: LocatedData | None = None
    ) -> Seeds:
        """Return the seeds of a folder with a scenario's edits of claims; InputError as in `load_seeds`."""
        written = [(edit.disbelieve, None if edit.add is None else dict(edit.add)) for edit in edits]
        key = folder, region, json.dumps(written)
        if key not in self._seeds:
            self._seeds[key] = load_seeds(
                folder, edits, written_in=written_in, region=region, files=self.files
            )
        return self._seeds[key]

    def reports(self, seeds: Seeds, region: Path, as_of: date) -> ReportedClaims:
        """Return the claims that were known by the end of a day; InputError as in `reported_claims`."""
        return reported_claims(seeds, region, as_of, self.files)

    def actors(self, folder: Path) -> tuple[ActorSeed, ...]:
        """Return the actors of seeds of which the rest may be wrong; InputError for what is wrong with them."""
        return read_actors(folder / "actors.yaml", self.files)[1]

    def region(self, folder: Path) -> Region:
        """Return the region of a folder; InputError as in `load_region`."""
        from simulation.region import load_region

        if folder not in self._regions:
            self._regions[folder] = load_region(folder, self.files)
        return self._regions[folder]

    def places(self, region: Path) -> frozenset[str]:
        """Return the names of the places of a region."""
        return place_names(region, self.files)

    def seeds_digest(self, folder: Path) -> str:
        """Return the SHA-256 of all files of the seeds but the reports."""
        return self._digest(folder, SEED_FILES)

    def reports_digest(self, folder: Path) -> str:
        """Return the SHA-256 of all reports of the seeds."""
        return self._digest(folder, REPORT_FILES)

    def region_digest(self, folder: Path) -> str:
        """Return the SHA-256 of all files of a region."""
        return self._digest(folder, REGION_FILES)

    def _digest(self, folder: Path, patterns: tuple[str, ...]) -> str:
        """Return the SHA-256 of the files' names and texts; line ends do not count."""
        if (folder, patterns) not in self._digests:
            digest = hashlib.sha256()
            for file in sorted({file for pattern in patterns for file in folder.glob(pattern)}):
                digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(self.files.content(file).replace(b"\r\n", b"\n") + b"\0")
            self._digests[folder, patterns] = digest.hexdigest()
        return self._digests[folder, patterns]
