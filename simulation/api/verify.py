"""The library: say whether results folders of any kind are whole, as they were written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from simulation import arguments
from simulation.comparison.manifest import ComparisonManifest
from simulation.errors import InputError
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST, ManifestHead
from simulation.results.manifest_reader import read_as, stored_manifest
from simulation.results.verification import Verdict, unreadable, verdict_of
from simulation.sensitivity_analysis.manifest import StudyManifest

KINDS: Final[Mapping[str, type[ManifestHead]]] = {
    "run": Manifest, "hindcast": Manifest, "comparison": ComparisonManifest, "sensitivity": StudyManifest,
}  # fmt: skip


def verify(folder: str | Path) -> Verdict:
    """Say whether a results folder is whole: see `is_whole`, and `faults` for what is wrong.

    Every file must be there with the checksum that the manifest has of it, every table with its rows, every history
    once, and the scenario with its digest. Other files in the folder are named in `strangers` and are no fault.
    """
    place = arguments.path("folder", folder)
    try:
        data = stored_manifest(place / MANIFEST)
        kind = data.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            message = f"cannot be read as a manifest: kind must be one of {', '.join(KINDS)}, not {kind!r}"
            raise InputError(message, file=place / MANIFEST)
        manifest = read_as(KINDS[kind], place / MANIFEST)
        runs = (
            dict(zip(manifest.folders, manifest.marks, strict=True))
            if isinstance(manifest, ComparisonManifest)
            else {}
        )
        return verdict_of(place, manifest, runs)
    except InputError as error:
        return unreadable(place, error)
