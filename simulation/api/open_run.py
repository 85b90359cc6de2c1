"""The library: open the folder of a finished run again."""

from __future__ import annotations

from pathlib import Path

from simulation import arguments
from simulation.api.run import Run
from simulation.results.opening import opened, page_in


def open_run(folder: str | Path) -> Run:
    """Return the finished run in a results folder, as `run` returned it; nothing is played again.

    Every file but the page is compared with its checksum at once. The tables are read when first asked for, and so is
    the world, which `text()` needs: a scenario that this version reads as another one is refused there, and
    the tables can still be read. The run of a hindcast is opened too; of a comparison, each of its `runs/`
    (`open_results` opens folders of any kind).
    InputError for a folder that is not ours, is unfinished, was written in another schema, or has changed.
    """
    place = arguments.path("folder", folder)
    results = opened(place)
    return Run(results=results, report=page_in(place, results.manifest))
