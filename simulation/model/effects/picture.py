"""The picture of a day: one row of every series, for every actor."""

from __future__ import annotations

import numpy as np

from simulation.model.compilation import State, njit
from simulation.model.daily_series import DailySeries
from simulation.model.state import M2_PER_KM2


@njit
def _picture_actor(row: np.ndarray, a: np.record, actor: int) -> None:
    row[DailySeries.AREA_KM2, actor], row[DailySeries.PEOPLE_HELD, actor] = a.area_m2 / M2_PER_KM2, a.people
    row[DailySeries.FIGHTERS_PRESENT, actor] = a.present
    row[DailySeries.KILLED, actor], row[DailySeries.WOUNDED, actor] = a.killed, a.wounded
    row[DailySeries.CAPTURED, actor], row[DailySeries.DESERTED, actor] = a.captured, a.deserted
    row[DailySeries.DEPARTED, actor], row[DailySeries.ARRIVED, actor] = a.departed, a.arrived
    row[DailySeries.SORTIES, actor], row[DailySeries.CONFIDENCE, actor] = a.sorties, a.confidence
    row[DailySeries.VILLAGES_TAKEN, actor], row[DailySeries.BASES_TAKEN, actor] = (
        a.villages_taken,
        a.bases_taken,
    )
    row[DailySeries.CLAIMED_VILLAGES, actor], row[DailySeries.CLAIMED_KILLED, actor] = (
        a.claimed_villages,
        a.claimed_killed,
    )


@njit
def _picture_units(s: State, row: np.ndarray) -> None:
    """Write the mean cohesion of each actor's fighters."""
    for unit in range(s.world[0].n_units):
        u = s.units[unit]
        if u.strength > 0:
            row[DailySeries.COHESION, u.actor] += u.cohesion * u.strength / s.actors[u.actor].present


@njit
def take_picture(s: State, day: int) -> None:
    """Write row `day` of the daily series; the last column is everybody together (or the monitor)."""
    n, row = s.world[0].n_actors, s.daily[day]
    row[:, :] = 0
    for actor in range(n):
        _picture_actor(row, s.actors[actor], actor)
    _picture_units(s, row)
    row[DailySeries.DISPLACED, n] = s.world[0].displaced
    row[DailySeries.CLAIMED_KILLED, n] = s.world[0].confirmed_killed
    row[DailySeries.CIVILIANS_KILLED, n], row[DailySeries.LEFT_COUNTRY, n] = (
        s.world[0].civilians_killed,
        s.world[0].left_country,
    )
