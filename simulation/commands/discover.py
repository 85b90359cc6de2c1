"""The command that says under which inputs something happens in a stored run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.console import exits, json_text, say
from simulation.commands.options import Json, Open, Quiet, Report

Folder = Annotated[str, typer.Argument(metavar="DIR", help="The folder of a run.", show_default=False)]
Outcome = Annotated[
    str,
    typer.Option(
        metavar="WHAT",
        help="ending.NAME, place.NAME (it falls), or an outcome with a threshold: 'civilians_killed>50'.",
        show_default=False,
    ),
]
Page = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="The page; discover-<scenario>-<outcome>.html when left out."),
]


def discover(
    folder: Folder,
    outcome: Outcome,
    out: Page = None,
    as_json: Json = False,
    quiet: Quiet = False,
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Say under which inputs something happens in a finished run."""
    with exits():
        import simulation

        done = simulation.discover(folder, outcome, out=out, report=report)
        say(json_text(done.summary()) if as_json else done.text())
        if open_report and done.report is not None:
            typer.launch(str(done.report))
