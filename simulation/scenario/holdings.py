"""What each actor holds at the start: land, people, seats of governorates, a capital."""

from __future__ import annotations

import numpy as np

from simulation.region import Region
from simulation.scenario.land import Land
from simulation.state import BASE, CAPITAL


def note_holdings(actors: np.recarray, land: Land, region: Region) -> None:
    """Note with each actor, ACTOR (actors,), what it holds; `capital` is a place, -1 for none."""
    ground, places = land.ground, land.places
    held = ground.control0 >= 0
    np.add.at(actors.area_m2, ground.control0[held], ground.area_m2[held])
    np.add.at(actors.people, ground.control0[held], region.cells.population[held])
    seats = places.holder0[(places.seat == 1) & (places.holder0 >= 0)]
    actors.seats = actors.seats_held = np.bincount(seats, minlength=len(actors))
    bases = places.holder0[(places.kind == BASE) & (places.holder0 >= 0)]
    actors.bases = actors.bases_held = np.bincount(bases, minlength=len(actors))
    capital = np.full(len(actors), -1)
    found = np.flatnonzero((places.kind == CAPITAL) & (places.holder0 >= 0))
    capital[places.holder0[found]] = found
    actors.capital = capital
