"""The command that writes the page of a results folder again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.console import exits, hand_over
from simulation.commands.options import Json, Open

Folder = Annotated[
    str, typer.Argument(metavar="DIR", help="A results folder of any kind.", show_default=False)
]
File = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="The page; report.html in the folder if left out."),
]


def report(folder: Folder, out: File = None, as_json: Json = False, open_report: Open = False) -> None:
    """Write the page of a results folder again."""
    with exits():
        import simulation

        done = simulation.write_report(folder, out=out)
        hand_over(done, as_json=as_json, open_report=open_report)
