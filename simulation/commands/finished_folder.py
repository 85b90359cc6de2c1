"""What commands do that begin with a folder: give it to the library, and print what that returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulation.commands.cluster_option import played_on
from simulation.commands.console import exits, hand_over
from simulation.commands.options import library_options


def done_with_folder(name: str, arguments: Mapping[str, Any]) -> None:
    """Give a command's arguments (its first `locals()`) to the library's function of a name; print what it finds."""
    with exits(), played_on(arguments.get("on"), arguments.get("workers")) as where:
        import simulation

        done = getattr(simulation, name)(**library_options(arguments) | where)
        hand_over(done, as_json=arguments["as_json"], open_report=arguments["open_report"])
