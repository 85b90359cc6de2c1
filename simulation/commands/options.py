"""The options that several commands share, each with its name, type, bounds and help, and how they are handed on.

An option of one command stands in the module of that command.
"""

from __future__ import annotations

import logging
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from simulation.api.bounds import MOST_SEED
from simulation.commands.completion import scenario_names
from simulation.io.event_lines import ask


def _hush(quiet: bool) -> bool:
    """Let the notices of the package through, or not."""
    logging.getLogger("simulation").setLevel(logging.ERROR if quiet else logging.NOTSET)
    return quiet


def _as_events(form: str) -> str:
    """Let all that goes to stderr be events, or not."""
    if form == "jsonl":
        ask()
    return form


File = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="A scenario file or a bundled name.",
        show_default=False,
        autocompletion=scenario_names,
    ),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Override a value, such as inputs.red_fighters=20; repeatable."
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Update the histories on all reports known by the end of a date."
    ),
]
Given = Annotated[
    list[str] | None,
    typer.Option(
        "--given",
        metavar="REPORT",
        help="Update on one more report, such as 'place.NAME.holder = ACTOR @ 2024-11-30'; repeatable.",
    ),
]
Doubt = Annotated[
    list[str] | None,
    typer.Option("--doubt", metavar="CLAIM", help="Leave out a report, such as C17; repeatable."),
]
Sequential = Annotated[
    bool | None,
    typer.Option(
        "--sequential/--no-sequential",
        help="Draw the histories given the reports, or weigh plain ones. When left out, the former where the latter "
        "are worth too few.",
        show_default=False,
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
        help="Histories to run of a scenario; 1,000 when left out.",
    ),
]
Until = Annotated[
    list[str] | None,
    typer.Option(
        "--until",
        metavar="WHAT:W",
        help="Run until the 95 % interval of ending.NAME, outcome.NAME or place.NAME (in a comparison, of its "
        "difference) is no wider than W to each side, or on reports until ess:N finds them worth N histories, and at "
        "least for --replicates histories, 100 when left out; repeatable. Status 4 where --max-replicates comes first.",
    ),
]
MaxReplicates = Annotated[
    int | None,
    typer.Option("--max-replicates", metavar="N", min=1, help="The most histories for --until; 20,000."),
]
First = Annotated[
    int, typer.Option("--first", metavar="K", min=0, help="Number of the first history; see merge.")
]
Workers = Annotated[int | None, typer.Option(metavar="W", min=1, help="Threads; all cores when left out.")]
Out = Annotated[Path | None, typer.Option(metavar="DIR", help="Results folder; results/ when left out.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", callback=_hush, help="No progress and no notices on stderr.")
]
ProgressAs = Annotated[
    Literal["auto", "jsonl"],
    typer.Option(
        "--progress",
        callback=_as_events,
        help="jsonl: on stderr one JSON document a line, for another program; auto: for people.",
    ),
]
Report = Annotated[bool, typer.Option("--report/--no-report", help="Make the page.")]
Open = Annotated[bool, typer.Option("--open", help="Open the report when done.")]

OF_COMMANDS = frozenset(
    {"file", "files", "days", "overrides", "quiet", "as_json", "open_report", "strict", "on", "progress"}
)
"""What a command sees to itself; all else is handed on to the library."""


def library_options(arguments: Mapping[str, Any], *, but: Container[str] = ()) -> dict[str, Any]:
    """Return the arguments of a command (its first `locals()`) that the library takes, which calls them the same.

    Those named in `but` the command sees to itself as well. What was left out stays out, since the library
    knows what to do then. `quiet` is handed on as no `progress`.
    """
    handed = {
        name: value
        for name, value in arguments.items()
        if value is not None and name not in OF_COMMANDS and name not in but
    }
    return handed | {"progress": not arguments["quiet"]}
