"""The library: finish a run that was interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simulation import arguments
from simulation.api.run import Run, prepared, progress_of, publish
from simulation.api.setup import Asked, asked_of, manifest_of
from simulation.errors import InputError
from simulation.record.reader import record_of
from simulation.results.manifest import Manifest
from simulation.results.opening import check_engine
from simulation.results.packed_inputs import SCENARIO
from simulation.results.publication import Publication
from simulation.results.unfinished import UnfinishedRun, is_unfinished, request_of, results_of
from simulation.scenario import load_scenario

if TYPE_CHECKING:
    from distributed import Client


def resume(
    folder: str | Path,
    *,
    workers: int | None = None,
    client: Client | None = None,
    report: bool = True,
    progress: bool = False,
) -> Run:
    """Finish the run in an unfinished folder, `NAME.unfinished`, or the one beside the results `NAME`; return it.

    Only the histories that are not in it are played; the tables are those of a run that was never interrupted, to the
    byte. They go where they were to go, and the unfinished folder is removed. InputError for another folder, for one
    that another process works on or that another engine began, and as in `run`; RunError for a full disk.
    """
    place, progress = arguments.path("folder", folder), arguments.flag("progress", progress)
    report = arguments.flag("report", report)
    beside = place.with_name(f"{place.name}.unfinished")
    place = beside if is_unfinished(beside) and not is_unfinished(place) else place
    request = request_of(place)
    check_engine(request, place, "resume")
    asked = _asked(request, place, workers, client, report=report, progress=progress)
    scenario = load_scenario(place / SCENARIO)
    with progress_of(asked) as told:
        world = prepared(scenario, asked, record_of)
        now = manifest_of(world, asked.rule, asked.seed, asked.executor.workers, asked.first)
        manifest = now.model_copy(update={"command": request.command, "started": request.started})
        if manifest.asked != request.asked:
            raise InputError("its scenario reads as another one than was run", file=place / SCENARIO)
        results = Publication(manifest, asked.place, place.parent)
        return publish(world, asked, results, UnfinishedRun(results, scenario, place), told)


def _asked(
    request: Manifest,
    folder: Path,
    workers: int | None,
    client: Client | None,
    *,
    report: bool,
    progress: bool,
) -> Asked:
    """Return what was asked of an unfinished run: where it is to lie follows from the name of its folder."""
    name = results_of(folder)
    if name is None:
        message = "its name must end in .unfinished, before which is the name of the results; rename it"
        raise InputError(message, file=folder)
    stopping = request.stopping
    return asked_of(
        until=stopping.until if stopping else (),
        replicates=stopping.first if stopping else request.replicates,
        most=stopping.most if stopping else None,
        first=request.first_replicate,
        seed=request.seed,
        workers=workers,
        client=client,
        out=None if name.name == request.folder_name else name,
        report=report,
        progress=progress,
    )
