"""A force: bodies of fighters of one actor and where they stand at the start."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.documents.seed_model import Reason, SeedModel, Share, Text, Word, exactly_one
from simulation.io.file_cache import FileCache
from simulation.io.yaml_file import YamlSource, parse

ForceKind = Literal["line", "garrison", "reserve", "assault", "base", "post", "pocket"]
Mobility = Literal["static", "local", "mobile"]


class Position(SeedModel):
    """Where a force stands: at places in turn, or along a front on its own side of an enemy's line."""

    places: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    front: Annotated[tuple[Text, ...], Field(min_length=2)] | None = None
    against: Word | None = None

    @model_validator(mode="after")
    def _is_one_kind(self) -> Position:
        exactly_one(places=self.places, front=self.front)
        if (self.front is None) != (self.against is None):
            raise ValueError("a front says against whom it stands, and only a front does")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The places named, in their order."""
        return self.places or self.front or ()


class Force(SeedModel):
    """Units of equal size that share a part of their actor's fighters on the map.

    `share` is of those fighters, 0..1; `entrenchment` is 0 in the open and 1 in a fortress.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=100)]
    actor: Word
    kind: ForceKind
    units: Annotated[int, Field(ge=1, le=500)]
    share: Share
    mobility: Mobility
    entrenchment: Share
    where: Position
    source: Reason | None = None
    assumption: Reason | None = None

    @model_validator(mode="after")
    def _has_a_basis(self) -> Force:
        exactly_one(source=self.source, assumption=self.assumption)
        return self


class ForceFile(SeedModel):
    """The file that lays the forces down."""

    forces: tuple[Force, ...]


def read_forces(path: Path, files: FileCache) -> tuple[YamlSource, tuple[Force, ...]]:
    """Return the laydown as read, and its forces in order."""
    source = files.yaml(path)
    return source, parse(source, ForceFile).forces
