"""The command that tells one history in sentences, or explains a fall in it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from simulation.commands.console import exits, json_text, say
from simulation.commands.history_argument import Of, Which, history_named
from simulation.commands.options import AsOf, Days, Doubt, File, Given, Quiet, Seed, Set
from simulation.commands.scenario_argument import load
from simulation.errors import InputError


class DriverName(StrEnum):
    """What turns the crank of one history."""

    MESA = "mesa"
    COMPILED = "compiled"


Explain = Annotated[
    str | None,
    typer.Option(metavar="PLACE", help="Only what led to the fall of this place, or came nearest to it."),
]


def trace(
    file: File,
    replicate: Which = "0",
    of: Of = 200,
    days: Days = None,
    seed: Seed = 1,
    overrides: Set = None,
    as_of: AsOf = None,
    given: Given = None,
    doubt: Doubt = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Every event as a line of JSON.")] = False,
    driver: Annotated[DriverName, typer.Option(help="Both tell the same story.")] = DriverName.COMPILED,
    explain: Explain = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --explain: one JSON document.")] = False,
    quiet: Quiet = False,
) -> None:
    """Tell one history of a scenario in sentences, or explain why a place fell in it."""
    with exits():
        check_trace(explain, jsonl=jsonl, as_json=as_json)
        one: dict[str, Any] = {
            "replicate": history_named(replicate), "of": of, "seed": seed, "driver": driver.value, "as_of": as_of,
            "given": given or (), "doubt": doubt or (),
        }  # fmt: skip
        scenario = load(file, overrides, days)
        import simulation

        if explain is not None:
            found = simulation.explain(scenario, explain, **one)
            say(json_text(found.document()) if as_json else found.text())
            return
        for line in simulation.trace(scenario, **one, jsonl=jsonl):
            say(line)


def check_trace(explain: str | None, *, jsonl: bool, as_json: bool) -> None:
    """Refuse options of `trace` that do not go together."""
    if explain is not None and jsonl:
        raise InputError("--explain and --jsonl do not go together; --explain has --json")
    if as_json and explain is None:
        raise InputError("--json goes with --explain; every event as JSON is --jsonl")
