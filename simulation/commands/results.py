"""The command that lists past runs."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.console import exits, json_text, say
from simulation.commands.options import Json

Folder = Annotated[str, typer.Argument(metavar="[FOLDER]", help="Where the results folders lie.")]


def results(folder: Folder = "results", as_json: Json = False) -> None:
    """List past runs, newest first."""
    with exits():
        import simulation

        found = simulation.past_runs(folder)
        if as_json:
            say(json_text({"runs": [each.document() for each in found]}))
            return
        from simulation.results.past_runs import past_runs_text

        say(past_runs_text(found) if found else f"no results folders in {folder}")
