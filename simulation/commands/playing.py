"""The commands that play many histories of one scenario, or of several held against each other."""

from __future__ import annotations

from simulation.commands.given import length_of_run, load
from simulation.console import exits, hand_over
from simulation.options import (
    Ablate,
    AgainstSet,
    Days,
    File,
    Files,
    Histories,
    HowStudied,
    Inputs,
    Json,
    MaxReplicates,
    Method,
    Open,
    Out,
    Outcomes,
    Quiet,
    Replicates,
    Report,
    Seed,
    Set,
    Until,
    Workers,
    names_in,
)


def run(
    file: File,
    replicates: Replicates = None,
    until: Until = None,
    max_replicates: MaxReplicates = None,
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
    """Run many histories of a scenario and summarise them."""
    with exits():
        scenario = load(file, overrides, days)
        from simulation import api

        done = api.run(
            scenario,
            replicates=replicates,
            until=until or (),
            max_replicates=max_replicates,
            seed=seed,
            workers=workers,
            out=out,
            report=report,
            progress=not quiet,
        )
        hand_over(done, as_json=as_json, open_report=open_report)


def compare(
    files: Files,
    replicates: Replicates = None,
    until: Until = None,
    max_replicates: MaxReplicates = None,
    days: Days = None,
    seed: Seed = 1,
    workers: Workers = None,
    overrides: Set = None,
    against: AgainstSet = None,
    ablate: Ablate = False,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Hold scenarios against the first: the same cases and the same luck in each."""
    with exits():
        with length_of_run(days) as length:
            from simulation.scenario.variants import variants

            every = variants(files, [*(overrides or ()), *length], against or (), ablate=ablate)
        from simulation import comparing

        done = comparing.compare(
            every,
            replicates=replicates,
            until=until or (),
            max_replicates=max_replicates,
            seed=seed,
            workers=workers,
            out=out,
            report=report,
            progress=not quiet,
        )
        hand_over(done, as_json=as_json, open_report=open_report)


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
        from simulation import attributing

        done = attributing.sensitivity(
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
