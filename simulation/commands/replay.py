"""The command that writes one history as a page."""

from __future__ import annotations

import typer

from simulation.commands.console import exits, json_text, say
from simulation.commands.options import (
    Days,
    File,
    Json,
    Of,
    OpenPage,
    Page,
    Quiet,
    Seed,
    Set,
    Which,
    history_named,
)
from simulation.commands.scenario_argument import load


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
