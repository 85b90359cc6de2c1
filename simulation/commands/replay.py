"""The command that writes one history as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.console import exits, json_text, say
from simulation.commands.options import Days, File, Json, ProgressAs, Quiet, Seed, Set
from simulation.commands.scenario_argument import load
from simulation.errors import InputError

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


def replay(
    file: File,
    replicate: Which = "typical",
    of: Of = 200,
    days: Days = None,
    seed: Seed = 1,
    overrides: Set = None,
    out: Page = None,
    as_json: Json = False,
    quiet: Quiet = False,
    progress: ProgressAs = "auto",
    open_page: OpenPage = False,
) -> None:
    """Write one history as a page: the map with a time slider, and the story beside it."""
    with exits():
        which = history_named(replicate)
        scenario = load(file, overrides, days)
        import simulation

        done = simulation.replay(scenario, which, of=of, seed=seed, out=out, progress=not quiet)
        say(json_text(done.document()) if as_json else done.text())
        if open_page:
            typer.launch(str(done.page))


def history_named(which: str) -> int | str:
    """Return a history's number, or the word by which it is chosen; InputError for any other text."""
    if which in CHOSEN:
        return which
    if which.isascii() and which.isdigit():
        return int(which)
    raise InputError(
        f"a history is a number or one of {', '.join(CHOSEN)}, not '{which}'", file="--replicate"
    )
