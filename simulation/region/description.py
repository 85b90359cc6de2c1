"""What region.yaml says: name, box, controllers, entries and licences."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Text = Annotated[str, Field(min_length=1)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
_SEAM = "no region can cross 180 degrees"


def _on_this_side(degrees: float) -> float:
    if not -180 <= degrees <= 180:
        raise ValueError(f"must be from -180 to 180, not {degrees:.15g}; {_SEAM}")
    return degrees


Longitude = Annotated[float, AfterValidator(_on_this_side)]


class Strict(BaseModel):
    """A part of region.yaml; unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Box(Strict):
    """The outline of the grid in degrees; south and west edges belong to it."""

    south: Latitude
    west: Longitude
    north: Latitude
    east: Longitude

    @model_validator(mode="after")
    def _spans_an_area(self) -> Self:
        if not self.south < self.north:
            raise ValueError("south must lie below north")
        if not self.west < self.east:
            raise ValueError(f"west must lie before east; {_SEAM}")
        return self


class Licence(Strict):
    """Where one part of the data comes from and on what terms."""

    data: Text
    source: Text
    licence: Text


class Basis(Strict):
    """What some columns of the region's tables rest on: exactly one of source and assumption (the reason)."""

    columns: Annotated[list[Text], Field(min_length=1)]
    data: Text
    source: Text | None = None
    assumption: Text | None = None

    @model_validator(mode="after")
    def _has_one_basis(self) -> Self:
        if (self.source is None) == (self.assumption is None):
            raise ValueError("exactly one of source and assumption is needed")
        return self

    @property
    def basis_text(self) -> str:
        """The source, or `assumption:` and the reason."""
        return self.source or f"assumption: {self.assumption}"


class RegionDescription(Strict):
    """The whole of region.yaml."""

    name: Text
    note: Text
    box: Box
    controllers: Annotated[list[Text], Field(min_length=1)]
    entries: list[Text]
    licences: Annotated[list[Licence], Field(min_length=1)]
    numbers: list[Basis] = []

    def licence_text(self) -> str:
        """Return one line for each source, for the report."""
        return "\n".join(f"{item.data}: {item.source} ({item.licence})." for item in self.licences)
