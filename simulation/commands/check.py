"""The command that says what was understood, and compares a run with what was on record before its first day."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.console import RECORD_FAILS, exits, hand_over
from simulation.commands.options import (
    Days,
    File,
    Json,
    Open,
    Out,
    ProgressAs,
    Quiet,
    Replicates,
    Report,
    Seed,
    Set,
    Workers,
)
from simulation.commands.scenario_argument import done_with_scenario

Strict = Annotated[bool, typer.Option("--strict", help="End with status 5 where a line of the record fails.")]


def check(
    file: File,
    replicates: Replicates = None,
    days: Days = None,
    seed: Seed = 1,
    workers: Workers = None,
    overrides: Set = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    progress: ProgressAs = "auto",
    report: Report = True,
    open_report: Open = False,
    strict: Strict = False,
) -> None:
    """Say what was understood of a scenario, and compare its histories with what was on record before."""
    given = locals()
    with exits():
        done = done_with_scenario("check", given)
        hand_over(done, as_json=as_json, open_report=open_report)
        if strict and not done.passed:
            raise typer.Exit(RECORD_FAILS)
