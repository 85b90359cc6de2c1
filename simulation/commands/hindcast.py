"""The command that scores a run against what happened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.commands.cluster_option import On, played_on
from simulation.commands.completion import scenario_names
from simulation.commands.console import exits, hand_over
from simulation.commands.options import (
    Days,
    Doubt,
    Given,
    Json,
    Open,
    Out,
    ProgressAs,
    Quiet,
    Replicates,
    Report,
    Seed,
    Sequential,
    Set,
    Workers,
    library_options,
)
from simulation.commands.scenario_argument import length_of_run
from simulation.errors import InputError

if TYPE_CHECKING:
    from simulation import Film, Hindcast

ScoredFile = Annotated[
    str | None,
    typer.Argument(
        metavar="[FILE]",
        help="A scenario file or a bundled name; the first case when left out.",
        autocompletion=scenario_names,
    ),
]
TruthFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--truth",
        metavar="FILE",
        help="What happened, as YAML; truth/*.yaml beside the scenario's seeds when left out; repeatable.",
    ),
]


AsOfDates = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE[,DATE...]",
        help="Score what was still open after all reports known by the end of a date; of several, one after the other.",
    ),
]


def hindcast(
    file: ScoredFile = None,
    truth: TruthFiles = None,
    replicates: Replicates = None,
    days: Days = None,
    seed: Seed = 1,
    workers: Workers = None,
    on: On = None,
    overrides: Set = None,
    as_of: AsOfDates = None,
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
    """Score a run against what happened, beside naive forecasts."""
    options = library_options(locals(), but=("as_of",))
    dates = [each.strip() for each in as_of.split(",")] if as_of else []
    with exits(), played_on(on, workers) as where:
        import simulation
        from simulation.io.folders import FIRST_CASE

        with length_of_run(days) as length:
            settings = [*(overrides or ()), *length]
            done: Film | Hindcast
            if len(dates) > 1:
                if given:
                    raise InputError(
                        "a report added by hand would count as of every date; give it with one date"
                    )
                done = simulation.film(file or FIRST_CASE, dates, overrides=settings, **options | where)
            else:
                known = next(iter(dates), None)
                done = simulation.hindcast(
                    file or FIRST_CASE, overrides=settings, as_of=known, **options | where
                )
        hand_over(done, as_json=as_json, open_report=open_report)
