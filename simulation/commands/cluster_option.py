"""The option that says where histories are played, and the client that comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="WHERE",
        help="Play the histories on a Dask cluster: dask (processes on this machine, as many as --workers), an address "
        "such as tcp://HOST:PORT, or a scheduler file. Needs the extra dask.",
    ),
]

Parts = Annotated[
    Path | None,
    typer.Option(
        "--parts",
        metavar="DIR",
        help="With --on: let the workers write the histories into a folder that they and this machine share.",
    ),
]


@contextmanager
def played_on(on: str | None, workers: int | None) -> Iterator[dict[str, Any]]:
    """Give what the library's functions are told of a cluster in place of a number of threads; nothing without one."""
    if on is None:
        yield {}
        return
    from simulation.cluster.connection import connected

    with connected(on, workers) as client:
        yield {"workers": None, "client": client}
