"""The command that asks which unknown inputs drive each outcome."""

from __future__ import annotations

from simulation.commands.console import exits, hand_over
from simulation.commands.options import (
    Days,
    File,
    Histories,
    HowStudied,
    Inputs,
    Json,
    Method,
    Open,
    Out,
    Outcomes,
    Quiet,
    Report,
    Seed,
    Set,
    Workers,
    names_in,
)
from simulation.commands.scenario_argument import load


def sensitivity(
    file: File,
    method: HowStudied = Method.SOBOL,
    histories: Histories = None,
    outcomes: Outcomes = None,
    inputs: Inputs = None,
    days: Days = None,
    seed: Seed = 1,
    workers: Workers = None,
    overrides: Set = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Say which unknown inputs drive each outcome, and how much is chance."""
    with exits():
        scenario = load(file, overrides, days)
        import simulation

        done = simulation.sensitivity(
            scenario,
            method=method.value,
            histories=histories,
            outcomes=names_in(outcomes),
            inputs=names_in(inputs),
            seed=seed,
            workers=workers,
            out=out,
            report=report,
            progress=not quiet,
        )
        hand_over(done, as_json=as_json, open_report=open_report)
