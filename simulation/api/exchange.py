"""The library: a run as a table in a form of conflict research."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulation.api.open_run import open_run
from simulation.api.run import Run
from simulation.errors import InputError
from simulation.results.opening import check_engine

if TYPE_CHECKING:
    import pyarrow as pa

PRIO_GRID, GED, VIEWS = "prio-grid", "ged", "views"
EXCHANGED: Final = (PRIO_GRID, GED, VIEWS)
"""The forms there are."""
USUAL_HISTORIES = 100


def exchanged(folder: Path, form: str, most: int) -> pa.Table:
    """Return the run in a folder in one of the forms; at most so many histories are played again.

    Errors: InputError for what is no run, for one by another engine where histories are played, and for weighted
    histories, of which the draws of VIEWS know nothing.
    """
    run = open_run(folder)
    if form == PRIO_GRID:
        from simulation.exchange.priogrid import cell_days

        if run.cells.empty:
            raise InputError("kept no map, so that there are no cells", file=folder)
        return cell_days(run.cells, run.world.region, run.scenario.start)
    return _played_again(run, form, most)


def _played_again(run: Run, form: str, most: int) -> pa.Table:
    from simulation.exchange.ged import ged_table
    from simulation.exchange.views import draws_table

    check_engine(run.manifest, run.folder, f"for the form {form} histories are played again")
    if run.manifest.reports and form == VIEWS:
        raise InputError(
            "its histories are weighted by reports, and draws have no weights; take the form ged, and the weights of "
            "outcomes.parquet",
            file=run.folder,
        )
    replicates = [int(k) for k in run.results.replicates[:most]]
    events = ged_table(run.world, replicates, run.seed)
    if form == GED:
        return events
    return draws_table(run.world, events, replicates, run.manifest.folder_name, run.seed)
