"""The command that looks at the installation."""

from __future__ import annotations

import typer

from simulation.commands.console import FAILED, exits, json_text, say
from simulation.commands.options import Json


def doctor(as_json: Json = False) -> None:
    """Look at versions, packages, cache, browser and disk; status 1 where something is wrong."""
    with exits():
        import simulation

        found = simulation.doctor()
        say(json_text(found.document()) if as_json else found.text())
        if not found.well:
            raise typer.Exit(FAILED)
