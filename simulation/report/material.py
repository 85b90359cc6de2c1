"""What a report is made from, beside the results folder: names, colours, the map, stories, claims, inputs.

Every text here may come from a scenario or a document and is escaped where it is put on the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np

from simulation.histories.film import Picture
from simulation.results.folder import Results
from simulation.results.outcomes import INPUT_PREFIX, spell
from simulation.scenario.inputs import Input
from simulation.scenario.lesson import Lesson
from simulation.sources import Chains

HEX = re.compile(r"#[0-9a-fA-F]{6}")
LEAVES_OUT = (
    "Who commands on a given day, what is said behind closed doors, and every surprise nobody thought of.",
    "Single streets, single weapons and single people: the smallest thing here is a square of about 5 km.",
    "The years before and after: a history begins with the first day and ends with the last.",
)


@dataclass(frozen=True, kw_only=True)
class ActorStyle:
    """An actor as it is drawn: `colour` (#rrggbb) is its own in every figure; `short` fits on a label."""

    id: str
    name: str
    short: str
    colour: str

    def __post_init__(self) -> None:
        """Refuse a colour that is not #rrggbb."""
        if not HEX.fullmatch(self.colour):
            raise ValueError(f"colour of {self.id} must be #rrggbb, got {self.colour!r}")


@dataclass(frozen=True, kw_only=True)
class EndingText:
    """An ending: `label` in a few words; `meaning` a sentence that can follow "in 62 of 100 histories"."""

    id: str
    label: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The map's cells: ids i8, latitudes and longitudes of centres f8 [degrees], (n,); `step` in degrees."""

    sub_ids: np.ndarray
    lats: np.ndarray
    lons: np.ndarray
    step: float

    def __post_init__(self) -> None:
        """Refuse arrays of different length, a cell named twice and a step that is not positive."""
        if not len(self.sub_ids) == len(self.lats) == len(self.lons):
            raise ValueError("the grid's arrays differ in length")
        if len(np.unique(self.sub_ids)) != len(self.sub_ids):
            raise ValueError("the grid names a cell twice")
        if not self.step > 0:
            raise ValueError(f"the grid's step must be above 0 degrees, got {self.step!r}")


@dataclass(frozen=True, kw_only=True)
class MapPlace:
    """A named place; `weight` 0 to 1 decides which names are drawn where room is short."""

    name: str
    lat: float
    lon: float
    weight: float = 0.5


class Setting(Protocol):
    """What every map is drawn with."""

    @property
    def start(self) -> date:
        """Day 0."""

    @property
    def actors(self) -> tuple[ActorStyle, ...]:
        """The actors, in the world's order."""

    @property
    def places(self) -> tuple[MapPlace, ...]:
        """The places named on the map."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The setting of a page that replays a single history."""

    start: date
    actors: tuple[ActorStyle, ...]
    places: tuple[MapPlace, ...]


@dataclass(frozen=True, kw_only=True)
class Story:
    """One history told in sentences, day by day.

    `why` says how it was chosen, `toll` what it cost civilians. `film` has its pictures, whose actors index those
    of the page and whose cells are those of its grid; without pictures no replay map is drawn.
    """

    title: str
    why: str
    replicate: int
    days: tuple[tuple[int, tuple[str, ...]], ...]
    film: tuple[Picture, ...] = ()
    toll: str = ""


@dataclass(frozen=True, kw_only=True)
class ClaimRow:
    """A claim of a document and the outcome column it can be held against (None: the model has none).

    `value` is the number claimed, in the column's unit; None when the claim gives no number.
    """

    id: str
    sentence: str
    said_by: str
    verified: bool
    outcome: str | None = None
    value: float | None = None


@dataclass(frozen=True, kw_only=True)
class ReportInput:
    """Everything a report shows.

    `focus_places` names the places whose fall is drawn (empty: those that fall most often). `distributions`
    and `drivers` name outcome columns (empty: a sensible choice of those that vary). `command` repeats the
    run exactly. `chains` say where everything comes from; without them the page has no links to sources.
    `inputs` are the scenario's, by name.
    """

    results: Results
    question: str
    start: date
    actors: tuple[ActorStyle, ...]
    endings: tuple[EndingText, ...]
    command: str
    chains: Chains | None = None
    lesson: Lesson | None = None
    grid: Grid | None = None
    places: tuple[MapPlace, ...] = ()
    stories: tuple[Story, ...] = ()
    claims: tuple[ClaimRow, ...] = ()
    focus_places: tuple[str, ...] = ()
    distributions: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = LEAVES_OUT
    licences: tuple[str, ...] = ()
    inputs: Mapping[str, Input] = field(default_factory=dict)

    def input_label(self, column: str) -> str:
        """Return what the input of a column of the outcomes is called."""
        name = column.removeprefix(INPUT_PREFIX)
        return self.inputs[name].label if name in self.inputs else spell(name)

    def input_meaning(self, column: str) -> str:
        """Return what the input of a column of the outcomes stands for; nothing where nobody says."""
        name = column.removeprefix(INPUT_PREFIX)
        return self.inputs[name].meaning if name in self.inputs else ""

    @property
    def names(self) -> dict[str, str]:
        """Names of actors by id."""
        return {actor.id: actor.name for actor in self.actors}

    @property
    def meanings(self) -> dict[str, str]:
        """Meanings of endings by id."""
        return {ending.id: ending.meaning for ending in self.endings}

    @property
    def histories(self) -> int:
        """Number of histories that finished."""
        return len(self.results.outcomes)
