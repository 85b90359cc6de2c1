"""The command that tells one history in sentences, or explains a fall in it."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.console import exits, json_text, say
from simulation.commands.options import Days, Driver, Explain, File, Quiet, Seed, Set, check_trace
from simulation.commands.scenario_argument import load


def trace(
    file: File,
    replicate: Annotated[
        int, typer.Option("--replicate", metavar="K", min=0, help="Number of the history.")
    ] = 0,
    days: Days = None,
    seed: Seed = 1,
    overrides: Set = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Every event as a line of JSON.")] = False,
    driver: Annotated[Driver, typer.Option(help="Both tell the same story.")] = Driver.COMPILED,
    explain: Explain = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --explain: one JSON document.")] = False,
    quiet: Quiet = False,
) -> None:
    """Tell one history of a scenario in sentences, or explain why a place fell in it."""
    with exits():
        check_trace(explain, jsonl=jsonl, as_json=as_json)
        scenario = load(file, overrides, days)
        import simulation

        if explain is not None:
            found = simulation.explain(scenario, explain, replicate=replicate, seed=seed, driver=driver.value)
            say(json_text(found.document()) if as_json else found.text())
            return
        for line in simulation.trace(
            scenario, replicate=replicate, seed=seed, driver=driver.value, jsonl=jsonl
        ):
            say(line)
