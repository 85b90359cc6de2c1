"""What a report is made from, beside the results folder: names, colours, the map, stories, claims, inputs.

Every text here may come from a scenario or a document and is escaped where it is put on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from simulation.documents import Ending
from simulation.histories.diary import DiarySentence
from simulation.histories.film import Picture
from simulation.wording.phrases import sentence
from simulation.world.world import World

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
    """An ending: `label` in a few words; `meaning` a sentence; `clause` what can follow "in 62 of 100 histories"."""

    id: str
    label: str
    meaning: str
    clause: str


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


class StartingPoint(Protocol):
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
    """One history told in sentences, day by day; on the last day the last says how it ends.

    `why` says how it was chosen, `toll` what it cost civilians. `film` has its pictures, whose actors index those
    of the page and whose cells are those of its grid; without pictures no replay map is drawn.
    """

    title: str
    why: str
    replicate: int
    days: tuple[tuple[int, tuple[DiarySentence, ...]], ...]
    film: tuple[Picture, ...] = ()
    toll: str = ""

    @property
    def ending(self) -> str:
        """When and how the history ends."""
        return self.days[-1][1][-1].text


MAP_PLACES = 40
SMALLEST_MAP = 4


def actor_styles(world: World) -> tuple[ActorStyle, ...]:
    """Return the actors as they are drawn, in the world's order."""
    return tuple(ActorStyle(id=a.id, name=a.name, short=a.short, colour=a.colour) for a in world.seeds.actors)


def ending_texts(world: World) -> tuple[EndingText, ...]:
    """Return the endings with a label made from their id, in the world's order."""
    return tuple(
        EndingText(
            id=e.id,
            label=_ending_label(e),
            meaning=e.meaning,
            clause=e.within_sentence,
        )
        for e in world.seeds.endings
    )


def _ending_label(ending: Ending) -> str:
    """Return the id of an ending as words, with the names of the places that it speaks of as they are written."""
    names = {place.lower(): place for place in ending.when.lost or ()}
    return sentence(" ".join(names.get(word, word) for word in ending.id.split("_")))


def map_grid(world: World) -> Grid | None:
    """Return the map's cells; a world of very few cells has no map."""
    cells = world.region.cells
    if len(cells) < SMALLEST_MAP:
        return None
    lats = np.unique(cells.lat)
    return Grid(
        sub_ids=np.asarray(cells.sub_id), lats=np.asarray(cells.lat), lons=np.asarray(cells.lon),
        step=float(np.diff(lats).min()),
    )  # fmt: skip


def map_places(world: World) -> tuple[MapPlace, ...]:
    """Return the towns that carry most weight; where there are none, the places that do."""
    towns = [p for p in world.region.places if p.kind in ("capital", "city", "town")] or list(
        world.region.places
    )
    chosen = sorted(towns, key=lambda p: (-p.weight, -p.population))[:MAP_PLACES]
    return tuple(MapPlace(name=p.name, lat=p.lat, lon=p.lon, weight=p.weight) for p in chosen)


def licences(world: World) -> tuple[str, ...]:
    """Return the licences of the data behind the map, one a line."""
    return tuple(line for line in world.region.licences.splitlines() if line.strip())
