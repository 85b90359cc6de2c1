"""The library: a file of what happened, made of events."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulation import arguments
from simulation.exchange.ged_truth import HEAD, truth_text
from simulation.io.folders import FIRST_CASE
from simulation.results.whole_file import checked_file, write_whole
from simulation.scenario import load_scenario
from simulation.world.world import build_world

MOST_DAYS = 10_000


def truth(
    events: str | Path,
    scenario: str | Path = FIRST_CASE,
    *,
    sides: Sequence[str] | str = (),
    every: int = 1,
    out: str | Path | None = None,
    overrides: Sequence[str] | str = (),
) -> Path:
    """Make a file of truth, for `hindcast`, of a CSV table with the columns of UCDP GED; return the file.

    It has the dead of each actor, and the civilians, so far at the end of every `every`-th day, 1 to 10,000, with a
    spread. `sides` says which actor a name of a side is, each as `NAME=ACTOR` or, to leave its dead out, `NAME=-`;
    other names are looked for among ids, names and aliases of the scenario's actors. `out` is the file,
    `NAME-truth.yaml` in the current folder when left out; only another such file is replaced. Rules: docs/hindcast.md.

    InputError for a table, scenario or place that cannot be used, for names that nobody has, all at once, and where no
    event lies in the region and the run.
    """
    file, settings = arguments.path("events", events), arguments.texts("overrides", overrides)
    given, step = arguments.texts("sides", sides), arguments.whole_number("every", every, 1, MOST_DAYS)
    place = Path(f"{file.stem}-truth.yaml") if out is None else arguments.path("out", out)
    text = truth_text(file, build_world(load_scenario(scenario, settings)), given, step)
    place = checked_file(place, HEAD)
    write_whole(place, lambda path: path.write_text(text, encoding="utf-8"), HEAD)
    return place
