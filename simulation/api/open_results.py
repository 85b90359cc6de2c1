"""The library: open a results folder of any kind again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from simulation import arguments
from simulation.api.compare import Compared, compared_in
from simulation.api.film import Film, film_in
from simulation.api.hindcast import Hindcast, hindcast_in
from simulation.api.manifests import whole_manifest
from simulation.api.open_run import open_run
from simulation.api.run import Run
from simulation.api.sensitivity import Sensitivity, study_in
from simulation.errors import InputError


def open_results(folder: str | Path) -> Run | Compared | Sensitivity | Hindcast | Film:
    """Return what lies in a results folder of any kind, as the function that made it returned it.

    No history is played. Of a run the tables are read when first asked for; a comparison, a study, a hindcast and a
    film are computed again from the tables in their folders, which takes the engine that made them. Every file but the
    page is compared with its checksum first. InputError for a folder that is not ours, is unfinished, was written in
    another schema or by another engine, or has changed.
    """
    place = arguments.path("folder", folder)
    manifest = whole_manifest(place)
    if manifest.kind not in OPEN:
        message = f"holds a {manifest.kind}, whose tables are all that can be read again"
        raise InputError(message, file=place)
    return OPEN[manifest.kind](place, manifest)


def _run(folder: Path, _: object) -> Run:
    return open_run(folder)


OPEN: Final[Mapping[str, Callable[[Path, Any], Run | Compared | Sensitivity | Hindcast | Film]]] = {
    "run": _run, "comparison": compared_in, "sensitivity": study_in, "hindcast": hindcast_in,
    "film": film_in,
}  # fmt: skip
"""How each kind is opened."""
