"""The library: join runs of the same scenario, seed and engine that played different histories."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from simulation import arguments
from simulation.api.run import Run, prepared, progress_of, write_page
from simulation.api.setup import asked_of, checked_rule, first_of, manifest_of
from simulation.errors import InputError
from simulation.results.folder import Results
from simulation.results.manifest import Manifest
from simulation.results.opening import check_engine, opened
from simulation.results.packed_inputs import SCENARIO, copy_resolved
from simulation.results.publication import Publication
from simulation.results.recorder import Recorder
from simulation.scenario import load_scenario
from simulation.world.world import World

SAME = {"scenario_digest": "scenario digest", "seed": "seed", "engine_version": "engine", "kind": "kind"}
"""What must be the same in runs that are joined, and how a sentence calls it."""


def merge(
    folders: Sequence[str | Path],
    *,
    out: str | Path | None = None,
    report: bool = True,
    progress: bool = False,
) -> Run:
    """Join finished runs whose histories follow each other, as `run(…, first=…)` made them; return the whole.

    Nothing is played again but the two histories that the report tells. The tables are those of one run of all of
    them, to the byte, and lie in results/ unless `out` names a folder. InputError, which says what differs, for runs
    of another scenario, seed or engine, for histories that are in two of them, and for a gap between them.
    """
    places = arguments.paths("folders", folders)
    wanted = asked_of(replicates=1, seed=0, workers=1, out=out, report=report, progress=progress)
    if len(places) < 2:
        raise InputError("merge joins two folders or more")
    opened_runs = ((opened(place).manifest, place) for place in places)
    found = sorted(opened_runs, key=lambda each: each[0].first_replicate)
    _check_same(found)
    (first, place), total = found[0], sum(manifest.replicates for manifest, _ in found)
    rule = checked_rule((), total, None)
    start = first_of(first.first_replicate, rule)
    asked = dataclasses.replace(wanted, rule=rule, seed=first.seed, first=start)
    with progress_of(asked) as told:
        world = prepared(load_scenario(place / SCENARIO), asked, lambda _: None)
        workers = max(each.workers for each, _ in found)
        manifest = manifest_of(world, asked.rule, asked.seed, workers, asked.first)
        with Publication(manifest, asked.place) as results:
            with Recorder(world, manifest, results.working) as recorder:
                copy_resolved(place, results.working)
                for part, folder in found:
                    recorder.join(folder, part.range, part.failed, told.advance)
                finished = recorder.finish(None)
            results.seal(finished)
            page = _page(world, results, asked.seed) if asked.report else None
    return Run(results=Results(results.folder), report=page, played=world)


def _page(world: World, place: Publication[Manifest], seed: int) -> Path:
    return place.page(partial(write_page, world, Results(place.working), seed))


def _check_same(found: Sequence[tuple[Manifest, Path]]) -> None:
    """Refuse runs that cannot be joined, in the order of their histories: InputError that says what differs."""
    first, place = found[0]
    for manifest, folder in found[1:]:
        differs = [
            f"its {words} is {getattr(manifest, name)}, not {getattr(first, name)}"
            for name, words in SAME.items()
            if getattr(manifest, name) != getattr(first, name)
        ]
        if differs:
            raise InputError(f"cannot be joined with {place}: {', and '.join(differs)}", file=folder)
    for (one, before), (other, folder) in pairwise(found):
        if other.first_replicate < one.stop:
            last = min(one.stop, other.stop) - 1
            message = f"cannot be joined with {before}: {_histories(other.first_replicate, last)} are in both"
            raise InputError(message, file=folder)
        if other.first_replicate > one.stop:
            missing = _histories(one.stop, other.first_replicate - 1)
            raise InputError(
                f"cannot be joined with {before}: {missing} between them are missing", file=folder
            )
    check_engine(first, place, "merge")


def _histories(first: int, last: int) -> str:
    return f"the histories {first:,} to {last:,}"
