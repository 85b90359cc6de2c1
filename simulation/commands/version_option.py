"""The options of the program itself."""

from __future__ import annotations

from typing import Annotated

import typer


def _say_version(wanted: bool) -> None:
    """Print the version and end, if that is wanted."""
    if wanted:
        from simulation import __version__
        from simulation.commands.console import exits, say

        with exits():
            say(f"simulate {__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and exit."),
]


def program(version: Version = False) -> None:
    """Take the options that stand before a command."""
