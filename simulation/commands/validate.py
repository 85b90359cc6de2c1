"""The command that checks scenario files and plays nothing."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.console import WRONG_INPUT, complain, exits, json_text, say
from simulation.commands.options import Json, Set


def validate(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Scenario files or bundled names.", show_default=False),
    ],
    overrides: Set = None,
    as_json: Json = False,
) -> None:
    """Check scenarios without running them."""
    with exits():
        from simulation.scenario.archive import Archive
        from simulation.world.consistency import validity_of

        archive = Archive()
        verdicts = [validity_of(file, overrides or (), archive) for file in files]
        if as_json:
            say(json_text({"scenarios": verdicts}))
        for verdict in verdicts:
            if not verdict["valid"]:
                complain(verdict["message"])
            elif not as_json:
                say(f"{verdict['file']}: {verdict['message']}")
        if not all(verdict["valid"] for verdict in verdicts):
            raise typer.Exit(WRONG_INPUT)
