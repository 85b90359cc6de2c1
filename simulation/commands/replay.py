"""The command that writes one history as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from simulation.commands.console import exits, json_text, say
from simulation.commands.history_argument import Of, Which, history_named
from simulation.commands.options import AsOf, Days, Doubt, File, Given, Json, ProgressAs, Quiet, Seed, Set
from simulation.commands.scenario_argument import load

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
    as_of: AsOf = None,
    given: Given = None,
    doubt: Doubt = None,
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

        reports: dict[str, Any] = {"as_of": as_of, "given": given or (), "doubt": doubt or ()}
        done = simulation.replay(scenario, which, of=of, seed=seed, out=out, progress=not quiet, **reports)
        say(json_text(done.document()) if as_json else done.text())
        if open_page:
            typer.launch(str(done.page))
