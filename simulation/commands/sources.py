"""The command that says where every number comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.console import exits, json_text, say
from simulation.commands.options import File, Json, Set
from simulation.commands.scenario_argument import load

Name = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME]",
        help="Only this: an actor, a relation such as A-B of two actors, an input, a claim such as C47, a place.",
        show_default=False,
    ),
]


def sources(file: File, name: Name = None, overrides: Set = None, as_json: Json = False) -> None:
    """Print where every actor, relation and number comes from, or the whole chain of one NAME."""
    with exits():
        from simulation.sources import printout

        before = load(file, None) if overrides else None
        scenario = load(file, overrides, archive=before.archive if before else None)
        found = printout(scenario, before, name)
        say(json_text(found.document()) if as_json else found.text())
