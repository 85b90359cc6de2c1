"""The command that begins a conflict of one's own from an article and a box."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.console import exits, json_text, say
from simulation.commands.options import Json

Folder = Annotated[
    Path, typer.Argument(metavar="NAME", help="The folder of the conflict.", show_default=False)
]
Article = Annotated[Path | None, typer.Option(metavar="FILE", help="The article as plain text.")]
Box = Annotated[str | None, typer.Option(metavar="S,W,N,E", help="South, west, north and east in degrees.")]
Actors = Annotated[
    Path | None, typer.Option(metavar="FILE.yaml", help="The parties; a skeleton is drafted when left out.")
]
Labels = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.csv", help="Who holds which place; a list to fill in is drafted when left out."
    ),
]
Country = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="A country of the region; repeatable.")
]
Title = Annotated[str, typer.Option(metavar="TEXT", help="The title of the article.")]
Source = Annotated[str, typer.Option(metavar="TEXT", help="Who published it.")]
Day = Annotated[
    str, typer.Option("--date", metavar="DATE", help="The day of the article, such as 2024-11-28.")
]


def new(
    folder: Folder,
    article: Article = None,
    box: Box = None,
    actors: Actors = None,
    labels: Labels = None,
    country: Country = None,
    title: Title = "",
    source: Source = "",
    date: Day = "",
    as_json: Json = False,
) -> None:
    """Draft what a conflict of your own needs, step by step; nothing that is there is touched."""
    with exits():
        import simulation

        done = simulation.new_conflict(
            folder,
            article,
            box,
            actors=actors,
            labels=labels,
            country=country or (),
            title=title,
            source=source,
            day=date,
        )
        say(json_text(done.summary()) if as_json else done.text())
