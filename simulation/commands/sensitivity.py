"""The command that asks which unknown inputs drive each outcome."""

from __future__ import annotations

from enum import StrEnum
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
    Report,
    Seed,
    Sequential,
    Set,
    Workers,
)
from simulation.commands.scenario_argument import done_with_scenario


class Method(StrEnum):
    """How a study looks at the inputs."""

    SOBOL = "sobol"
    MORRIS = "morris"
    GIVEN = "given"


Histories = Annotated[
    int | None,
    typer.Option(
        "--histories",
        metavar="N",
        min=1,
        help="The most histories to play; 16,000 when left out, 1,000 with reports, fewer with --method morris.",
    ),
]
Outcomes = Annotated[
    str | None,
    typer.Option(
        metavar="A,B",
        help="What to explain, such as civilians_killed,ending.truce,place.NAME; a choice when left out.",
    ),
]
Inputs = Annotated[
    str | None, typer.Option(metavar="A,B", help="The inputs to ask about; all uncertain ones when left out.")
]
HowStudied = Annotated[
    Method,
    typer.Option(
        "--method",
        help="sobol: shares of variance; morris: a cheap first look; given: of histories updated on reports, which is "
        "what there is with reports.",
    ),
]


def sensitivity(
    file: File,
    method: HowStudied = Method.SOBOL,
    histories: Histories = None,
    outcomes: Outcomes = None,
    inputs: Inputs = None,
    days: Days = None,
    seed: Seed = 1,
    workers: Workers = None,
    on: On = None,
    overrides: Set = None,
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
    """Say which unknown inputs drive each outcome, and how much is chance."""
    typed = locals()
    chosen = {"method": method.value, "outcomes": _names_in(outcomes), "inputs": _names_in(inputs)}
    with exits(), played_on(on, workers) as where:
        done = done_with_scenario("sensitivity", typed, **chosen, **where)
        hand_over(done, as_json=as_json, open_report=open_report)


def _names_in(text: str | None) -> list[str]:
    """Return the names in a list with commas."""
    return [name.strip() for name in (text or "").split(",") if name.strip()]
