"""The command that finishes what was interrupted."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.cluster_option import On, Parts
from simulation.commands.finished_folder import done_with_folder
from simulation.commands.options import Json, Open, ProgressAs, Quiet, Report, Workers

Folder = Annotated[str, typer.Argument(metavar="DIR", help="A folder NAME.unfinished.", show_default=False)]


def resume(
    folder: Folder,
    workers: Workers = None,
    on: On = None,
    parts: Parts = None,
    as_json: Json = False,
    quiet: Quiet = False,
    progress: ProgressAs = "auto",
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Finish what was interrupted, from where it was."""
    done_with_folder("resume", locals())
