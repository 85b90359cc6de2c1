"""The command that makes a file of what happened of a table of events."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.completion import scenario_names
from simulation.commands.console import exits, say
from simulation.commands.options import Set

Events = Annotated[
    Path,
    typer.Argument(metavar="EVENTS.csv", help="Events, with the columns of UCDP GED.", show_default=False),
]
Scenario = Annotated[
    str | None,
    typer.Argument(
        metavar="[FILE]",
        help="A scenario file or a bundled name; the first case when left out.",
        autocompletion=scenario_names,
    ),
]
Sides = Annotated[
    list[str] | None,
    typer.Option(
        "--side",
        metavar="NAME=ACTOR",
        help="Which actor a name in the table is; NAME=- leaves its dead out; repeatable.",
    ),
]
Every = Annotated[
    int, typer.Option("--every", metavar="DAYS", min=1, help="Sums at the end of every so many days.")
]
File = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="The file; EVENTS-truth.yaml here if left out.")
]


def truth(
    events: Events,
    file: Scenario = None,
    sides: Sides = None,
    every: Every = 1,
    overrides: Set = None,
    out: File = None,
) -> None:
    """Make a file of truth for a hindcast of a table of events as of UCDP GED."""
    with exits():
        import simulation
        from simulation.io.folders import FIRST_CASE

        scenario = file or FIRST_CASE
        written = simulation.truth(
            events, scenario, sides=sides or (), every=every, out=out, overrides=overrides or ()
        )
        say(f"Truth   {written}\nScored  simulate hindcast {scenario} --truth {written}")
