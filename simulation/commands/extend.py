"""The command that adds histories to a finished run or comparison."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.cluster_option import On
from simulation.commands.finished_folder import done_with_folder
from simulation.commands.options import (
    Json,
    MaxReplicates,
    Open,
    Out,
    ProgressAs,
    Quiet,
    Report,
    Until,
    Workers,
)

Folder = Annotated[
    str, typer.Argument(metavar="DIR", help="The folder of a run or a comparison.", show_default=False)
]
Total = Annotated[
    int | None,
    typer.Option("--replicates", "-n", metavar="N", min=1, help="How many histories there are to be in all."),
]


def extend(
    folder: Folder,
    replicates: Total = None,
    until: Until = None,
    max_replicates: MaxReplicates = None,
    workers: Workers = None,
    on: On = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    progress: ProgressAs = "auto",
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Make a run or comparison of more histories of a finished one."""
    done_with_folder("extend", locals())
