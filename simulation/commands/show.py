"""The command that prints a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.console import exits, json_text, say
from simulation.commands.options import File, Json, Set
from simulation.commands.scenario_argument import load


def show(
    file: File,
    resolved: Annotated[
        bool, typer.Option("--resolved", help="Every value, and where it was written.")
    ] = False,
    overrides: Set = None,
    as_json: Json = False,
) -> None:
    """Print a scenario: what it asks and sets, or with --resolved all of it."""
    with exits():
        from simulation.scenario.resolution import resolved_data, resolved_text, short_text

        scenario = load(file, overrides)
        if as_json:
            data = {"name": scenario.name, "digest": scenario.digest, **resolved_data(scenario, Path.cwd())}
            say(json_text(data | {"origin": dict(scenario.origin)}))
        else:
            say(resolved_text(scenario, Path.cwd(), binding=False) if resolved else short_text(scenario))
