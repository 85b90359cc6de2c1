"""The commands that follow one history: in sentences, or as a page."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.given import load
from simulation.console import exits, json_text, say
from simulation.options import (
    Days,
    Driver,
    Explain,
    File,
    Json,
    Of,
    OpenPage,
    Page,
    Quiet,
    Seed,
    Set,
    Which,
    check_trace,
    history_named,
)


def trace(
    file: File,
    replicate: Annotated[
        int, typer.Option("--replicate", metavar="K", min=0, help="Number of the history.")
    ] = 0,
    days: Days = None,
    seed: Seed = 1,
    overrides: Set = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Every event as a line of JSON.")] = False,
    driver: Annotated[Driver, typer.Option(help="Both tell the same story.")] = Driver.COMPILED,
    explain: Explain = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --explain: one JSON document.")] = False,
    quiet: Quiet = False,
) -> None:
    """Tell one history of a scenario in sentences, or explain why a place fell in it."""
    with exits():
        check_trace(explain, jsonl=jsonl, as_json=as_json)
        scenario = load(file, overrides, days)
        from simulation import api

        if explain is not None:
            found = api.explain(scenario, explain, replicate=replicate, seed=seed, driver=driver.value)
            say(json_text(found.document()) if as_json else found.text())
            return
        for line in api.trace(scenario, replicate=replicate, seed=seed, driver=driver.value, jsonl=jsonl):
            say(line)


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
        from simulation import replaying

        done = replaying.replay(scenario, which, of=of, seed=seed, out=out, progress=not quiet)
        say(json_text(done.document()) if as_json else done.text())
        if open_page:
            typer.launch(str(done.page))
