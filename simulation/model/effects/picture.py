"""The picture of a day: one row of every series, for every actor."""

from __future__ import annotations

from simulation.jit.decorator import njit
from simulation.model.state import M2_PER_KM2

(
    AREA, PEOPLE, PRESENT, KILLED, WOUNDED, CAPTURED, DESERTED, DEPARTED, ARRIVED, SORTIES, CONFIDENCE,
    COHESION, VILLAGES, BASES, CLAIMED_VILLAGES, CLAIMED_KILLED, DISPLACED, CIVILIANS, LEFT,
) = range(19)  # fmt: skip


@njit
def _picture_actor(row, a, actor):
    row[AREA, actor], row[PEOPLE, actor] = a.area_m2 / M2_PER_KM2, a.people
    row[PRESENT, actor], row[KILLED, actor], row[WOUNDED, actor] = a.present, a.killed, a.wounded
    row[CAPTURED, actor], row[DESERTED, actor] = a.captured, a.deserted
    row[DEPARTED, actor], row[ARRIVED, actor] = a.departed, a.arrived
    row[SORTIES, actor], row[CONFIDENCE, actor] = a.sorties, a.confidence
    row[VILLAGES, actor], row[BASES, actor] = a.villages_taken, a.bases_taken
    row[CLAIMED_VILLAGES, actor], row[CLAIMED_KILLED, actor] = a.claimed_villages, a.claimed_killed


@njit
def _picture_units(s, row):
    """Write the mean cohesion of each actor's fighters."""
    for unit in range(s.world[0].n_units):
        u = s.units[unit]
        if u.strength > 0:
            row[COHESION, u.actor] += u.cohesion * u.strength / s.actors[u.actor].present


@njit
def take_picture(s, day):
    """Write row `day` of the daily series; the last column is everybody together (or the monitor)."""
    n, row = s.world[0].n_actors, s.daily[day]
    row[:, :] = 0
    for actor in range(n):
        _picture_actor(row, s.actors[actor], actor)
    _picture_units(s, row)
    row[DISPLACED, n] = s.world[0].displaced
    row[CLAIMED_KILLED, n] = s.world[0].confirmed_killed
    row[CIVILIANS, n], row[LEFT, n] = s.world[0].civilians_killed, s.world[0].left_country
