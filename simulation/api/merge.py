"""The library: join runs of the same scenario, seed and engine that played different histories."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from simulation import arguments
from simulation.api.run import Run, play
from simulation.api.setup import asked_of, terms_of
from simulation.engine.executor import Threads
from simulation.errors import InputError
from simulation.results.folder import Results
from simulation.results.opening import check_engine, opened
from simulation.results.packed_inputs import SCENARIO
from simulation.scenario import load_scenario

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
    terms = terms_of(seed=0, workers=None, out=out, report=report, progress=progress)
    if len(places) < 2:
        raise InputError("merge joins two folders or more")
    found = sorted(map(opened, places), key=lambda each: each.manifest.first_replicate)
    _check_same(found)
    first = found[0].manifest
    workers = max(each.manifest.workers for each in found)
    asked = asked_of(
        dataclasses.replace(terms, seed=first.seed, executor=Threads(workers)),
        sum(each.manifest.replicates for each in found),
        first=first.first_replicate,
    )
    return play(load_scenario(found[0].folder / SCENARIO), asked, bases=found)


def _check_same(found: Sequence[Results]) -> None:
    """Refuse runs that cannot be joined, in the order of their histories: InputError that says what differs."""
    runs = [(each.manifest, each.folder) for each in found]
    first, place = runs[0]
    for manifest, folder in runs:
        if manifest.is_branched:
            message = "was updated sequentially, and such histories are drawn together; run it again with all of them"
            raise InputError(message, file=folder)
    for manifest, folder in runs[1:]:
        differs = [
            f"its {words} is {getattr(manifest, name)}, not {getattr(first, name)}"
            for name, words in SAME.items()
            if getattr(manifest, name) != getattr(first, name)
        ]
        if differs:
            raise InputError(f"cannot be joined with {place}: {', and '.join(differs)}", file=folder)
    for (one, before), (other, folder) in pairwise(runs):
        if other.first_replicate < one.stop:
            last = min(one.stop, other.stop) - 1
            message = f"cannot be joined with {before}: {_histories(other.first_replicate, last)} are in both"
            raise InputError(message, file=folder)
        if other.first_replicate > one.stop:
            missing = _histories(one.stop, other.first_replicate - 1)
            raise InputError(
                f"cannot be joined with {before}: {missing} between them are missing", file=folder
            )
    check_engine(first, place, "merge joins histories")


def _histories(first: int, last: int) -> str:
    return f"the histories {first:,} to {last:,}"
