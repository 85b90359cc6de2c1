"""The command that plays one scenario at many points of its inputs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.cluster_option import On, played_on
from simulation.commands.console import exits, hand_over
from simulation.commands.options import (
    AsOf,
    Days,
    Doubt,
    File,
    Given,
    Json,
    Open,
    Out,
    ProgressAs,
    Quiet,
    Replicates,
    Report,
    Seed,
    Workers,
    library_options,
)
from simulation.commands.scenario_argument import length_of_run

SetMany = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=A,B,C",
        help="Values to sweep, such as inputs.red_fighters=20,25,30; every one meets every value of the other --set. "
        "A single value applies at every point.",
    ),
]
DesignFile = Annotated[
    Path | None,
    typer.Option(
        "--design", metavar="FILE.csv", help="The points: columns are paths, rows are points, 2 to 300."
    ),
]
Outcomes = Annotated[
    str | None,
    typer.Option(
        metavar="A,B",
        help="What to measure, such as civilians_killed,ending.truce,place.NAME; a choice when left out.",
    ),
]


def sweep(
    file: File,
    settings: SetMany = None,
    design: DesignFile = None,
    outcomes: Outcomes = None,
    replicates: Replicates = None,
    days: Days = None,
    seed: Seed = 1,
    workers: Workers = None,
    on: On = None,
    as_of: AsOf = None,
    given: Given = None,
    doubt: Doubt = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    progress: ProgressAs = "auto",
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Play one scenario at many points of its inputs, with the same luck at each."""
    options = library_options(locals(), but=("settings", "outcomes"))
    with exits(), played_on(on, workers) as where:
        from simulation.parameter_study.design import parted

        several, fixed = parted(settings or ())
        with length_of_run(days) as length:
            import simulation

            done = simulation.sweep(
                file,
                several,
                outcomes=[name.strip() for name in (outcomes or "").split(",") if name.strip()],
                overrides=[*fixed, *length],
                **(options | where),
            )
        hand_over(done, as_json=as_json, open_report=open_report)
