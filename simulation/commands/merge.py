"""The command that joins runs of different histories."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.console import exits, hand_over
from simulation.commands.options import Json, Open, Out, Quiet, Report

Folders = Annotated[
    list[str], typer.Argument(metavar="DIR DIR...", help="Folders of runs.", show_default=False)
]


def merge(
    folders: Folders,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Join runs of one scenario and seed whose histories follow each other (run --first)."""
    with exits():
        import simulation

        done = simulation.merge(folders, out=out, report=report, progress=not quiet)
        hand_over(done, as_json=as_json, open_report=open_report)
