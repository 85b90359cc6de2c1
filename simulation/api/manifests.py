"""Manifests of results folders of any kind, and which kinds there are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from simulation.comparison.manifest import ComparisonManifest
from simulation.errors import InputError
from simulation.parameter_study.manifest import SweepManifest
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST, ManifestHead
from simulation.results.manifest_reader import read_as, stored_manifest
from simulation.results.opening import check_whole, refuse_unfinished
from simulation.scoring.film_manifest import FilmManifest
from simulation.sensitivity_analysis.manifest import StudyManifest

KINDS: Final[Mapping[str, type[ManifestHead]]] = {
    "run": Manifest, "hindcast": Manifest, "comparison": ComparisonManifest, "sensitivity": StudyManifest,
    "sweep": SweepManifest, "film": FilmManifest,
}  # fmt: skip


def manifest_in(folder: Path, name: str = MANIFEST) -> ManifestHead:
    """Return the manifest of any kind in a folder; InputError as from `read_as`."""
    kind = stored_manifest(folder / name).get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        message = f"cannot be read as a manifest: kind must be one of {', '.join(KINDS)}, not {kind!r}"
        raise InputError(message, file=folder / name)
    return read_as(KINDS[kind], folder / name)


def whole_manifest(folder: Path) -> ManifestHead:
    """Return the manifest of a finished folder of any kind in which all but pages is as it was written.

    Errors: InputError as from `manifest_in`, for an unfinished folder, and for a file that has changed.
    """
    refuse_unfinished(folder)
    manifest = manifest_in(folder)
    check_whole(folder, manifest)
    return manifest
