"""The history that a command was given: by its number, or by the word for the one that is chosen."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.errors import InputError

CHOSEN = ("typical", "shortest", "longest")
Which = Annotated[
    str, typer.Option("--replicate", metavar="K|typical|shortest|longest", help="Which history.")
]
Of = Annotated[
    int,
    typer.Option("--of", metavar="N", min=1, help="Histories to choose a typical, shortest or longest from."),
]


def history_named(which: str) -> int | str:
    """Return a history's number, or the word by which it is chosen; InputError for any other text."""
    if which in CHOSEN:
        return which
    if which.isascii() and which.isdigit():
        return int(which)
    raise InputError(
        f"a history is a number or one of {', '.join(CHOSEN)}, not '{which}'", file="--replicate"
    )
