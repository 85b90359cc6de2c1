"""The command that plays lessons in advance into a folder for a stick or a school's site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.console import exits, json_text, say
from simulation.commands.options import Json, Quiet, Seed, Workers

Lessons = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[LESSON...]",
        help="Scenarios; every bundled one with a lesson when left out.",
        show_default=False,
    ),
]
Folder = Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder.")]
Histories = Annotated[
    int | None,
    typer.Option(
        "--replicates", "-n", metavar="N", min=1, help="Histories of each scenario; 300 when left out."
    ),
]
Points = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help="Histories at each point of a what-if page; 100 when left out."),
]


def pack(
    lessons: Lessons = None,
    out: Folder = Path("pack"),
    replicates: Histories = None,
    points: Points = None,
    seed: Seed = 1,
    workers: Workers = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Play lessons in advance and write pages that open from a stick."""
    with exits():
        import simulation

        done = simulation.pack(
            lessons or (),
            out=out,
            replicates=replicates,
            points=points,
            seed=seed,
            workers=workers,
            progress=not quiet,
        )
        say(json_text(done.summary()) if as_json else done.text())
