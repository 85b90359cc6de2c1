"""The command that serves a lesson to a class."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.console import exits, say
from simulation.commands.options import Out, Quiet, Seed, Workers
from simulation.errors import InputError

Lesson = Annotated[
    str,
    typer.Argument(
        metavar="LESSON", help="A scenario with a lesson: a file or a bundled name.", show_default=False
    ),
]
Host = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Where to listen: 0.0.0.0 lets all in the same network join.")
]
Port = Annotated[int, typer.Option(metavar="P", min=0, max=65535, help="The port to listen at.")]
Histories = Annotated[
    int, typer.Option(metavar="N", min=1, max=1000, help="The most histories that a pupil can play.")
]
Seats = Annotated[int, typer.Option(metavar="N", min=1, max=200, help="The most pupils that can join.")]
Names = Annotated[bool, typer.Option("--names", help="Keep nicknames in what is taken home.")]


def classroom(
    lesson: Lesson,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    histories: Histories = 25,
    seats: Seats = 60,
    seed: Seed = 1,
    workers: Workers = None,
    names: Names = False,
    out: Out = None,
    quiet: Quiet = False,
) -> None:
    """Hold a lesson with a class: pupils join with their phones, guess, and play."""
    with exits():
        try:
            from simulation.classroom.room import Bounds
            from simulation.classroom.session import Session, hold
        except ModuleNotFoundError as error:
            message = (
                f"simulate classroom needs {error.name}: install simulate-conflict with the extra classroom"
            )
            raise InputError(message) from None
        bounds = Bounds(seats=seats, histories=histories)
        session = Session(
            host=host, port=port, out=out, seed=seed, bounds=bounds, workers=workers, names=names
        )
        hold(lesson, session, say)
