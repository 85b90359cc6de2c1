"""The JSON Schema of `manifest.json` in the folders of all commands."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from simulation.comparison.manifest import ComparisonManifest
from simulation.parameter_study.manifest import SweepManifest
from simulation.results.manifest import Manifest
from simulation.scoring.film_manifest import FilmManifest
from simulation.sensitivity_analysis.manifest import StudyManifest

AnyManifest = Annotated[
    Manifest | ComparisonManifest | StudyManifest | SweepManifest | FilmManifest, Field(discriminator="kind")
]
TITLE = "manifest.json of a results folder"
ABOUT = "Which histories a folder holds, what was asked, and with what they were made. A later program may add keys."


def manifest_schema() -> dict[str, Any]:
    """Return the schema as plain data for JSON."""
    schema = TypeAdapter[Any](AnyManifest).json_schema(mode="serialization")
    return {
        "$schema": GenerateJsonSchema.schema_dialect, "title": TITLE, "description": ABOUT,
    } | schema  # fmt: skip
