"""The library: say whether results folders of any kind are whole, as they were written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from simulation import arguments
from simulation.comparison.manifest import ComparisonManifest
from simulation.errors import InputError
from simulation.parameter_study.manifest import SweepManifest
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST, ManifestHead, ScenarioMark
from simulation.results.manifest_reader import read_as, stored_manifest
from simulation.results.verification import Verdict, unreadable, verdict_of
from simulation.sensitivity_analysis.manifest import StudyManifest

KINDS: Final[Mapping[str, type[ManifestHead]]] = {
    "run": Manifest, "hindcast": Manifest, "comparison": ComparisonManifest, "sensitivity": StudyManifest,
    "sweep": SweepManifest,
}  # fmt: skip


def verify(folder: str | Path) -> Verdict:
    """Say whether a results folder is whole: see `is_whole`, and `faults` for what is wrong.

    Every file must be there with the checksum that the manifest has of it, every table with its rows, every history
    once, and the scenario with its digest. Other files in the folder are named in `strangers` and are no fault.
    """
    place = arguments.path("folder", folder)
    try:
        manifest = manifest_in(place)
        return verdict_of(place, manifest, _runs_in(manifest))
    except InputError as error:
        return unreadable(place, error)


def manifest_in(folder: Path) -> ManifestHead:
    """Return the manifest of a results folder of any kind; InputError as from `read_as`."""
    kind = stored_manifest(folder / MANIFEST).get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        message = f"cannot be read as a manifest: kind must be one of {', '.join(KINDS)}, not {kind!r}"
        raise InputError(message, file=folder / MANIFEST)
    return read_as(KINDS[kind], folder / MANIFEST)


def _runs_in(manifest: ManifestHead) -> dict[str, ScenarioMark]:
    """Return the folders in a results folder that are runs themselves, each with its scenario."""
    if isinstance(manifest, ComparisonManifest):
        return dict(zip(manifest.folders, manifest.marks, strict=True))
    if isinstance(manifest, SweepManifest):
        return {point.folder: point.scenario for point in manifest.points}
    return {}
