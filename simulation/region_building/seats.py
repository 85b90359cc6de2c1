"""The seat of each province, and what becomes of a province that has none on the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulation.region import grid
from simulation.region_building.places import SETTLED, Site
from simulation.region_building.provinces import Provinces


@dataclass(frozen=True, kw_only=True)
class Seats:
    """Provinces as they are drawn: `of` indexes `names`, i8 (n); `seat` is the place of each.

    joined: provinces without a settled place, each with the one that its land was added to.
    """

    names: tuple[str, ...]
    of: np.ndarray
    seat: dict[str, str]
    joined: dict[str, str]


def seats_of(provinces: Provinces, sites: Sequence[Site], sub_id: np.ndarray) -> Seats:
    """Return the provinces with a seat each: the settled place with most people, of equal ones the first.

    A province without a settled place joins the province of the nearest seat. Where no settled place is on the map,
    the first place of any kind is the seat of all.
    """
    settled = [site for site in sites if site.kind in SETTLED] or list(sites[:1])
    first: dict[int, Site] = {}
    for site in sorted(settled, key=lambda site: (site.kind != "capital", -site.population)):
        first.setdefault(int(provinces.of[site.cell]), site)
    kept = sorted(first)
    lat, lon = grid.centre(sub_id)
    of, joined = np.zeros(len(sub_id), dtype=np.int64), {}
    for at, name in enumerate(provinces.names):
        own = provinces.of == at
        if at in first:
            of[own] = kept.index(at)
        elif own.any():
            middle = lat[own].mean(), lon[own].mean()
            new = min(
                kept, key=lambda each: float(grid.distance_km(*middle, first[each].lat, first[each].lon))
            )
            of[own], joined[name] = kept.index(new), provinces.names[new]
    names = tuple(provinces.names[at] for at in kept)
    return Seats(names=names, of=of, seat={provinces.names[at]: first[at].name for at in kept}, joined=joined)
