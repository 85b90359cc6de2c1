"""The command that prints the JSON Schema of scenario files, or of the manifests of results folders."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.console import exits, json_text, say

OfManifests = Annotated[
    bool, typer.Option("--manifest", help="The schema of manifest.json in results folders instead.")
]


def schema(manifest: OfManifests = False) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    with exits():
        if manifest:
            from simulation.api.manifest_schema import manifest_schema

            say(json_text(manifest_schema()))
            return
        from simulation.scenario.schema import json_schema

        say(json_text(json_schema()))
