"""The command that lists the bundled scenarios."""

from __future__ import annotations

import dataclasses

from simulation.commands.console import exits, json_text, say
from simulation.commands.options import Json


def list_(as_json: Json = False) -> None:
    """List the bundled scenarios with their questions."""
    with exits():
        from simulation.scenario.catalogue import entries

        found = entries()
        if as_json:
            say(json_text({"scenarios": [dataclasses.asdict(each) for each in found]}))
        else:
            say("\n\n".join(each.text() for each in found))
