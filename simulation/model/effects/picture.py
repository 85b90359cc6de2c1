"""The picture of a day: one row of every series, for every actor."""

from __future__ import annotations

import numpy as np

from simulation.model.compilation import State, njit
from simulation.model.state import M2_PER_KM2, Series


@njit
def _picture_actor(row: np.ndarray, a: np.record, actor: int) -> None:
    row[Series.AREA_KM2, actor], row[Series.PEOPLE_HELD, actor] = a.area_m2 / M2_PER_KM2, a.people
    row[Series.FIGHTERS_PRESENT, actor] = a.present
    row[Series.KILLED, actor], row[Series.WOUNDED, actor] = a.killed, a.wounded
    row[Series.CAPTURED, actor], row[Series.DESERTED, actor] = a.captured, a.deserted
    row[Series.DEPARTED, actor], row[Series.ARRIVED, actor] = a.departed, a.arrived
    row[Series.SORTIES, actor], row[Series.CONFIDENCE, actor] = a.sorties, a.confidence
    row[Series.VILLAGES_TAKEN, actor], row[Series.BASES_TAKEN, actor] = a.villages_taken, a.bases_taken
    row[Series.CLAIMED_VILLAGES, actor], row[Series.CLAIMED_KILLED, actor] = (
        a.claimed_villages,
        a.claimed_killed,
    )


@njit
def _picture_units(s: State, row: np.ndarray) -> None:
    """Write the mean cohesion of each actor's fighters."""
    for unit in range(s.world[0].n_units):
        u = s.units[unit]
        if u.strength > 0:
            row[Series.COHESION, u.actor] += u.cohesion * u.strength / s.actors[u.actor].present


@njit
def take_picture(s: State, day: int) -> None:
    """Write row `day` of the daily series; the last column is everybody together (or the monitor)."""
    n, row = s.world[0].n_actors, s.daily[day]
    row[:, :] = 0
    for actor in range(n):
        _picture_actor(row, s.actors[actor], actor)
    _picture_units(s, row)
    row[Series.DISPLACED, n] = s.world[0].displaced
    row[Series.CLAIMED_KILLED, n] = s.world[0].confirmed_killed
    row[Series.CIVILIANS_KILLED, n], row[Series.LEFT_COUNTRY, n] = (
        s.world[0].civilians_killed,
        s.world[0].left_country,
    )
