"""A government stands down and its army dissolves; the history ends.

Claim: governments fall when those who should defend them stop believing in it, faster as provinces are lost and
the capital is threatened.
Clock: one per state that has units in the laydown and held the seat of a province at the start.
Formula: rate = `dissolve_rate` L^`dissolve_power` exp(`dissolve_provinces` P + `dissolve_capital` T). L:
confidence lost, or 1 while another bloc holds the cell of its capital. P = max(0, 1 - seats it holds / seats it
held at the start); seats that its allies hold do not count. T: threat to the capital, 0 to 1, as of its last
orders.
Effect: the actor is marked as having stood down: it flies no strikes, agrees on no truce and gets no
reinforcements. Its units stay and fight on. Only an ending that stops the history makes this its end.
Source: assumption; Afghanistan 2021: 33 of 34 provincial capitals in ten days.
Event: actor; value confidence left.
"""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.effects.control import holds
from simulation.model.effects.morale import lost_confidence
from simulation.model.effects.touch import touch_actor

STOP_DISSOLVED = 2


@njit
def dissolve_rate(
    base: float, lost: float, power: float, province_slope: float, provinces_lost: float,
    capital_slope: float, threatened: float,
) -> float:  # fmt: skip
    """Return the rate (1/day) at which a government stands down; lost and provinces_lost in 0..1."""
    return base * lost**power * math.exp(province_slope * provinces_lost + capital_slope * threatened)


@njit
def capital_state(s: State, actor: int) -> tuple[int, float]:
    """Return whether the capital is lost (0, 1) and how far it is threatened (0..1), as seen at the last orders."""
    capital = s.actors[actor].capital
    if capital < 0:
        return 0, 0
    return int(not holds(s, actor, s.places[capital].cell)), s.actors[actor].threatened


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate at which a government stands down."""
    a, p = s.actors[entity], s.params[0]
    if not (a.state and a.fights and a.seats > 0) or a.dissolved:
        return 0.0
    capital_lost, threatened = capital_state(s, entity)
    lost = 1.0 if capital_lost else lost_confidence(a.confidence, a.resolve)
    provinces_lost = 1 - a.seats_held / a.seats
    return dissolve_rate(
        p.dissolve_rate, lost, p.dissolve_power, p.dissolve_provinces, max(0.0, provinces_lost),
        p.dissolve_capital, threatened,
    )  # fmt: skip


@njit
def fire(s: State, entity: int) -> None:
    """End the government."""
    s.actors[entity].dissolved = 1
    s.world[0].stop |= STOP_DISSOLVED
    touch_actor(s, entity)
    s.event[0].actor, s.event[0].value = entity, s.actors[entity].confidence
