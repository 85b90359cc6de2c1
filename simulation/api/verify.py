"""The library: say whether results folders of any kind are whole, as they were written."""

from __future__ import annotations

from pathlib import Path

from simulation import arguments
from simulation.api.manifests import manifest_in
from simulation.comparison.manifest import ComparisonManifest
from simulation.errors import InputError
from simulation.parameter_study.manifest import SweepManifest
from simulation.results.manifest_head import ManifestHead, ScenarioMark
from simulation.results.verification import Verdict, unreadable, verdict_of
from simulation.scoring.film_manifest import FilmManifest


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


def _runs_in(manifest: ManifestHead) -> dict[str, ScenarioMark]:
    """Return the folders in a results folder that are runs themselves, each with its scenario."""
    if isinstance(manifest, ComparisonManifest):
        return dict(zip(manifest.folders, manifest.marks, strict=True))
    if isinstance(manifest, SweepManifest):
        return {point.folder: point.scenario for point in manifest.points}
    if isinstance(manifest, FilmManifest):
        return {each.folder: each.scenario for each in manifest.hindcasts}
    return {}
