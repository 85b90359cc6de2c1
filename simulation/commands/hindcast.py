"""The command that scores a run against what happened."""

from __future__ import annotations

from simulation.commands.console import exits, hand_over
from simulation.commands.options import (
    Days,
    Json,
    Open,
    Out,
    Quiet,
    Replicates,
    Report,
    ScoredFile,
    Seed,
    Set,
    TruthFiles,
    Workers,
)
from simulation.commands.scenario_argument import length_of_run


def hindcast(
    file: ScoredFile = "aleppo",
    truth: TruthFiles = None,
    replicates: Replicates = None,
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
    """Score a run against what happened, beside naive forecasts."""
    with exits():
        import simulation

        with length_of_run(days) as length:
            done = simulation.hindcast(
                file,
                truth=truth or (),
                replicates=replicates,
                seed=seed,
                workers=workers,
                out=out,
                report=report,
                progress=not quiet,
                overrides=[*(overrides or ()), *length],
            )
        hand_over(done, as_json=as_json, open_report=open_report)
