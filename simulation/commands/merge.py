"""The command that joins runs of different histories."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.finished_folder import done_with_folder
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
    done_with_folder("merge", locals())
