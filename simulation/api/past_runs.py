"""The library: list past runs."""

from __future__ import annotations

from pathlib import Path

from simulation import arguments
from simulation.results.past_runs import PastRun, past_runs_in
from simulation.results.publication import RESULTS


def past_runs(folder: str | Path = RESULTS) -> list[PastRun]:
    """Return what the results folders in a folder hold, of whatever command, newest first.

    Only manifests are read: `verify` says whether all else is as it was written. InputError for what is no folder.
    """
    return past_runs_in(arguments.path("folder", folder))
