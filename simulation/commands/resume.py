"""The command that finishes a run that was interrupted."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.cluster_option import On, played_on
from simulation.commands.console import exits, hand_over
from simulation.commands.options import Json, Open, Quiet, Report, Workers

Folder = Annotated[
    str, typer.Argument(metavar="DIR", help="The folder of an unfinished run.", show_default=False)
]


def resume(
    folder: Folder,
    workers: Workers = None,
    on: On = None,
    as_json: Json = False,
    quiet: Quiet = False,
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Finish a run that was interrupted, from where it was."""
    with exits(), played_on(on, workers) as where:
        import simulation

        done = simulation.resume(folder, **{"workers": workers} | where, report=report, progress=not quiet)
        hand_over(done, as_json=as_json, open_report=open_report, met=done.met)
