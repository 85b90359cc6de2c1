"""The arguments and options that commands share, with the help they print."""

from __future__ import annotations

import logging
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from simulation.errors import InputError

MOST_SEED = 2**63 - 1


class Driver(StrEnum):
    """What turns the crank of one history."""

    MESA = "mesa"
    COMPILED = "compiled"


class Method(StrEnum):
    """How a study looks at the inputs."""

    SOBOL = "sobol"
    MORRIS = "morris"


def _hush(quiet: bool) -> bool:
    """Let the notices of the package through, or not."""
    logging.getLogger("simulation").setLevel(logging.ERROR if quiet else logging.NOTSET)
    return quiet


File = Annotated[
    str, typer.Argument(metavar="FILE", help="A scenario file or a bundled name.", show_default=False)
]
Name = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME]",
        help="Only this: an actor, a relation such as hts-government, an input, a claim such as C47, a place.",
        show_default=False,
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Override a value, such as inputs.red_fighters=20; repeatable."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
Days = Annotated[
    float | None, typer.Option("--days", metavar="D", help="Length of the run, in place of the scenario's.")
]
Seed = Annotated[
    int, typer.Option("--seed", metavar="S", min=0, max=MOST_SEED, help="Seed of all random draws.")
]
Replicates = Annotated[
    int | None,
    typer.Option(
        "--replicates",
        "-n",
        metavar="N",
        min=1,
        help="Histories to run of a scenario, 1,000 when left out; with --until the fewest, 100.",
    ),
]
Until = Annotated[
    list[str] | None,
    typer.Option(
        "--until",
        metavar="WHAT:W",
        help="Run until the 95 % interval of ending.NAME, outcome.NAME or place.NAME (in a comparison, of its "
        "difference) is no wider than W to each side; repeatable.",
    ),
]
MaxReplicates = Annotated[
    int | None,
    typer.Option("--max-replicates", metavar="N", min=1, help="The most histories for --until; 20,000."),
]
Workers = Annotated[int | None, typer.Option(metavar="W", min=1, help="Threads; all cores when left out.")]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Results folder; results/ when left out.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", callback=_hush, help="No progress and no notices on stderr.")
]
Report = Annotated[bool, typer.Option("--report/--no-report", help="Write report.html.")]
Open = Annotated[bool, typer.Option("--open", help="Open the report when done.")]
Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Scenarios, the reference first. One may have settings of its own, in quotes: "
        "'duel --set inputs.red_fighters=21'.",
        show_default=False,
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
Explain = Annotated[
    str | None,
    typer.Option(metavar="PLACE", help="Only what led to the fall of this place, or came nearest to it."),
]

ScoredFile = Annotated[str, typer.Argument(metavar="[FILE]", help="A scenario file or a bundled name.")]
TruthFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--truth",
        metavar="FILE",
        help="What happened, as YAML; truth/*.yaml beside the scenario's seeds when left out; repeatable.",
    ),
]
Histories = Annotated[
    int | None,
    typer.Option(
        "--histories",
        metavar="N",
        min=1,
        help="The most histories to play; 16,000 when left out, fewer with --method morris.",
    ),
]
Outcomes = Annotated[
    str | None,
    typer.Option(
        metavar="A,B",
        help="What to explain, such as civilians_killed,ending.truce,place.Hama; a choice when left out.",
    ),
]
Inputs = Annotated[
    str | None, typer.Option(metavar="A,B", help="The inputs to ask about; all uncertain ones when left out.")
]
HowStudied = Annotated[
    Method, typer.Option("--method", help="sobol: shares of variance; morris: a cheap first look.")
]

CHOSEN = ("typical", "shortest", "longest")
Which = Annotated[
    str, typer.Option("--replicate", metavar="K|typical|shortest|longest", help="Which history to replay.")
]
Of = Annotated[
    int,
    typer.Option("--of", metavar="N", min=1, help="Histories to choose a typical, shortest or longest from."),
]
Page = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="The page; replay-<scenario>-<K>.html if left out."),
]
OpenPage = Annotated[bool, typer.Option("--open", help="Open the page when done.")]

VerificationPage = Annotated[
    Path | None, typer.Option("--page", metavar="FILE", help="Write the table as a page of Markdown, too.")
]


def names_in(text: str | None) -> list[str]:
    """Return the names in a list with commas."""
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def history_named(which: str) -> int | str:
    """Return a history's number, or the word by which it is chosen; InputError for any other text."""
    if which in CHOSEN:
        return which
    if which.isascii() and which.isdigit():
        return int(which)
    raise InputError(
        f"a history is a number or one of {', '.join(CHOSEN)}, not '{which}'", file="--replicate"
    )


def check_trace(explain: str | None, *, jsonl: bool, as_json: bool) -> None:
    """Refuse options of `trace` that do not go together."""
    if explain is not None and jsonl:
        raise InputError("--explain and --jsonl do not go together; --explain has --json")
    if as_json and explain is None:
        raise InputError("--json goes with --explain; every event as JSON is --jsonl")
