"""The command that drafts the region of a box on Earth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.console import exits, json_text, say
from simulation.commands.options import Json, Open, Report

Box = Annotated[
    str,
    typer.Option(
        "--box", metavar="S,W,N,E", help="South, west, north and east in degrees.", show_default=False
    ),
]
Labels = Annotated[
    Path | None,
    typer.Option(metavar="FILE.csv", help="Who holds which place: name, control, and lat, lon where known."),
]
Roads = Annotated[
    Path | None, typer.Option(metavar="FILE.csv", help="Roads with waypoints; drafted when left out.")
]
Country = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="A country of the region, by two letters or name; repeatable. Those of the labels.",
    ),
]
TownsFrom = Annotated[
    int, typer.Option(metavar="N", min=0, help="Towns with so many people are places without a label.")
]
Name = Annotated[str | None, typer.Option(metavar="TEXT", help="What the region is called.")]
Folder = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="The folder; region/ when left out.")
]


def region(
    box: Box,
    labels: Labels = None,
    roads: Roads = None,
    country: Country = None,
    towns_from: TownsFrom = 15_000,
    name: Name = None,
    out: Folder = None,
    as_json: Json = False,
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Draft the region of any box on Earth: land, relief, provinces, people, roads and who holds what."""
    with exits():
        import simulation

        done = simulation.build_region(
            box,
            labels,
            roads=roads,
            country=country or (),
            towns_from=towns_from,
            name=name,
            out=out,
            report=report,
        )
        say(json_text(done.summary()) if as_json else done.text())
        if open_report and done.report is not None:
            typer.launch(str(done.report))
