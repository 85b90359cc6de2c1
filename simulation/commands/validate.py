"""The command that checks scenario files and plays nothing."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.completion import scenario_names
from simulation.commands.console import WRONG_INPUT, complain_of, exits, json_text, say
from simulation.commands.options import Json, Set
from simulation.errors import InputError, united


def validate(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Scenario files or bundled names.",
            show_default=False,
            autocompletion=scenario_names,
        ),
    ],
    overrides: Set = None,
    as_json: Json = False,
) -> None:
    """Check scenarios without running them."""
    with exits():
        from simulation.scenario.archive import Archive
        from simulation.scenario.notice import Notice
        from simulation.world.consistency import validity_of

        archive = Archive()
        verdicts = [validity_of(file, overrides or (), archive) for file in files]
        if as_json:
            say(json_text({"scenarios": verdicts}))
        for verdict in verdicts:
            if not verdict["valid"]:
                complain_of(united(InputError(**each) for each in verdict["errors"]))
            elif not as_json:
                say(f"{verdict['file']}: {verdict['message']}")
                for notice in verdict["notices"]:
                    say(f"  notice: {Notice(**notice)}")
        if not all(verdict["valid"] for verdict in verdicts):
            raise typer.Exit(WRONG_INPUT)
