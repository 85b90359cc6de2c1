"""The command that adds histories to a finished run."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.cluster_option import On, played_on
from simulation.commands.console import exits, hand_over
from simulation.commands.options import Json, Open, Out, Quiet, Report, Workers

Folder = Annotated[str, typer.Argument(metavar="DIR", help="The folder of a run.", show_default=False)]
Total = Annotated[
    int,
    typer.Option("--replicates", "-n", metavar="N", min=1, help="How many histories there are to be in all."),
]


def extend(
    folder: Folder,
    replicates: Total,
    workers: Workers = None,
    on: On = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Make a run of more histories of a finished one."""
    with exits(), played_on(on, workers) as where:
        import simulation

        done = simulation.extend(
            folder, replicates, **{"workers": workers} | where, out=out, report=report, progress=not quiet
        )
        hand_over(done, as_json=as_json, open_report=open_report)
