"""The commands that read scenario files and play nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.given import load
from simulation.console import WRONG_INPUT, complain, exits, json_text, say
from simulation.options import File, Json, Set


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
        from simulation.scenario.verdict import verdict_on

        verdicts = [verdict_on(file, overrides or ()) for file in files]
        if as_json:
            say(json_text({"scenarios": verdicts}))
        for verdict in verdicts:
            if not verdict["valid"]:
                complain(verdict["message"])
            elif not as_json:
                say(f"{verdict['file']}: {verdict['message']}")
        if not all(verdict["valid"] for verdict in verdicts):
            raise typer.Exit(WRONG_INPUT)


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
        from simulation.scenario.resolved import resolved_data, resolved_text, short_text

        scenario = load(file, overrides)
        if as_json:
            data = {"name": scenario.name, "digest": scenario.digest, **resolved_data(scenario, Path.cwd())}
            say(json_text(data | {"origin": dict(scenario.origin)}))
        else:
            say(resolved_text(scenario, Path.cwd()) if resolved else short_text(scenario))


def list_scenarios(as_json: Json = False) -> None:
    """List the bundled scenarios with their questions."""
    with exits():
        from simulation.scenario.catalogue import entries

        found = entries()
        if as_json:
            say(json_text({"scenarios": [dataclasses.asdict(each) for each in found]}))
        else:
            say("\n\n".join(each.text() for each in found))


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    with exits():
        from simulation.scenario.schema import json_schema

        say(json_text(json_schema()))
