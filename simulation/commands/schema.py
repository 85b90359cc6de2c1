"""The command that prints the JSON Schema of scenario files."""

from __future__ import annotations

from simulation.commands.console import exits, json_text, say


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    with exits():
        from simulation.scenario.schema import json_schema

        say(json_text(json_schema()))
