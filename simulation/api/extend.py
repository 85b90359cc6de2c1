"""The library: add histories to a finished run."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from simulation import arguments
from simulation.api.bounds import MOST_REPLICATES
from simulation.api.run import Run, prepared, progress_of, publish
from simulation.api.setup import asked_of, first_of, manifest_of
from simulation.errors import InputError
from simulation.record.reader import record_of
from simulation.results.manifest import Manifest
from simulation.results.opening import check_engine, opened
from simulation.results.packed_inputs import SCENARIO
from simulation.results.publication import Publication
from simulation.results.unfinished import UnfinishedRun
from simulation.scenario import load_scenario

if TYPE_CHECKING:
    from distributed import Client


def extend(
    folder: str | Path,
    replicates: int,
    *,
    out: str | Path | None = None,
    workers: int | None = None,
    client: Client | None = None,
    report: bool = True,
    progress: bool = False,
) -> Run:
    """Make a run of `replicates` histories of a finished one of fewer, of which only the others are played; return it.

    The tables are those of a run of so many from the start, to the byte. It is another run, and lies in the folder of
    its own name beside the first, or in `out`; the first stays as it is. InputError for a folder that is no finished
    run, for as many histories as it has or fewer, for another engine, and as in `run`; RunError for a full disk.
    """
    place = arguments.path("folder", folder)
    total = arguments.whole_number("replicates", replicates, 1, MOST_REPLICATES)
    base = _base(place, total)
    wanted = asked_of(
        replicates=total, seed=0, workers=workers, client=client, out=out, report=report, progress=progress
    )
    asked = dataclasses.replace(wanted, seed=base.seed, first=first_of(base.first_replicate, wanted.rule))
    scenario = load_scenario(place / SCENARIO)
    with progress_of(asked) as told:
        world = prepared(scenario, asked, record_of)
        manifest = manifest_of(world, asked.rule, asked.seed, asked.executor.workers, asked.first)
        results = Publication(manifest, asked.place, place.absolute().parent)
        return publish(world, asked, results, UnfinishedRun(results, scenario), told, (place, base))


def _base(folder: Path, total: int) -> Manifest:
    """Return the manifest of a run that can have so many histories; InputError where it cannot."""
    manifest = opened(folder).manifest
    if manifest.kind != "run":
        raise InputError(
            f"holds a {manifest.kind}, not a run; run it again with --replicates {total}", file=folder
        )
    check_engine(manifest, folder, "extend")
    if total <= manifest.replicates:
        raise InputError(
            f"has {manifest.replicates:,} histories already, and {total:,} are no more", file=folder
        )
    return manifest
