"""The command that makes what a class needs for the lesson of a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.console import exits, hand_over
from simulation.commands.options import File, Json, Open, Quiet, Replicates, Seed, Workers

Folder = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="The folder; lesson-NAME when left out.")
]


def lesson(
    file: File,
    out: Folder = None,
    replicates: Replicates = None,
    seed: Seed = 1,
    workers: Workers = None,
    as_json: Json = False,
    quiet: Quiet = False,
    open_report: Open = False,
) -> None:
    """Make a worksheet, a teacher's page and a covered report of a scenario's lesson."""
    with exits():
        import simulation

        done = simulation.lesson(
            file, replicates=replicates, seed=seed, workers=workers, out=out, progress=not quiet
        )
        hand_over(done, as_json=as_json, open_report=open_report)
