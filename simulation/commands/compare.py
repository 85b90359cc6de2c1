"""The command that compares scenarios under common random numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.cluster_option import On, played_on
from simulation.commands.completion import scenario_names
from simulation.commands.console import exits, hand_over
from simulation.commands.options import (
    AsOf,
    Days,
    Doubt,
    Given,
    Json,
    MaxReplicates,
    Open,
    Out,
    ProgressAs,
    Quiet,
    Replicates,
    Report,
    Seed,
    Sequential,
    Set,
    Until,
    Workers,
    library_options,
)
from simulation.commands.scenario_argument import length_of_run

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Scenarios, the reference first. One may have settings of its own, in quotes: "
        "'duel --set inputs.red_fighters=21'.",
        show_default=False,
        autocompletion=scenario_names,
    ),
]
AgainstSet = Annotated[
    list[str] | None,
    typer.Option(
        "--against-set", metavar="PATH=VALUE", help="Add the first FILE with this value; repeatable."
    ),
]
Ablate = Annotated[
    bool, typer.Option("--ablate", help="Compare one FILE with itself without each of its measures in turn.")
]


def compare(
    files: Files,
    replicates: Replicates = None,
    until: Until = None,
    max_replicates: MaxReplicates = None,
    days: Days = None,
    seed: Seed = 1,
    workers: Workers = None,
    on: On = None,
    overrides: Set = None,
    against: AgainstSet = None,
    ablate: Ablate = False,
    as_of: AsOf = None,
    given: Given = None,
    doubt: Doubt = None,
    sequential: Sequential = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    progress: ProgressAs = "auto",
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Compare scenarios with the first: the same cases and the same luck in each."""
    options = library_options(locals(), but=("against", "ablate"))
    with exits(), played_on(on, workers) as where:
        with length_of_run(days) as length:
            from simulation.scenario.variants import variants

            every = variants(files, [*(overrides or ()), *length], against or (), ablate=ablate)
        import simulation

        done = simulation.compare(every, **options | where)
        hand_over(done, as_json=as_json, open_report=open_report)
