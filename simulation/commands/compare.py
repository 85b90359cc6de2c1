"""The command that compares scenarios under common random numbers."""

from __future__ import annotations

from simulation.commands.console import exits, hand_over
from simulation.commands.options import (
    Ablate,
    AgainstSet,
    Days,
    Files,
    Json,
    MaxReplicates,
    Open,
    Out,
    Quiet,
    Replicates,
    Report,
    Seed,
    Set,
    Until,
    Workers,
)
from simulation.commands.scenario_argument import length_of_run


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
    """Compare scenarios with the first: the same cases and the same luck in each."""
    with exits():
        with length_of_run(days) as length:
            from simulation.scenario.variants import variants

            every = variants(files, [*(overrides or ()), *length], against or (), ablate=ablate)
        import simulation

        done = simulation.compare(
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
