"""How readily units in a cell yield: what presses and what steadies them together, and what shakes each of them."""

from __future__ import annotations

import math

from simulation.jit.bits import lowest_bit
from simulation.model.compilation import State, njit
from simulation.model.effects.control import holds
from simulation.model.effects.ground import shelter_of
from simulation.model.effects.strength import allied_strength, opposed_strength
from simulation.model.effects.surroundings import flanks_of, outflanked, sides_around
from simulation.model.state import Stance


@njit
def yielding_rate(
    base: float, odds_slope: float, log_odds: float, shelter_slope: float, shelter: float, surprise_slope: float,
    surprised: int, steadied: float,
) -> float:  # fmt: skip
    """Return the rate (1/day) at which an unshaken unit with closed flanks leaves; `steadied` is a log-rate lost."""
    return base * math.exp(
        odds_slope * log_odds + surprise_slope * surprised - shelter_slope * shelter - steadied
    )


@njit
def frailty(cohesion_slope: float, cohesion: float, flank_slope: float, flanks: float) -> float:
    """Return how many times as readily a unit leaves for its cohesion (0..1) and its open flanks (0..1)."""
    return math.exp(cohesion_slope * (1 - cohesion) + flank_slope * flanks)


@njit
def best_help(s: State, cell: int, actor: int) -> float:
    """Return the availability of the freest of an actor's helpers who have men in a cell or beside it, 0 for none."""
    helpers, best = s.actors[actor].helper_bits, 0.0
    if helpers == 0:
        return 0.0
    bits = sides_around(s, cell) & helpers
    while bits:
        best = max(best, s.actors[lowest_bit(bits)].availability)
        bits &= bits - 1
    return best


@njit
def overreach(s: State, cell: int, actor: int) -> float:
    """Return how far an actor's men in a cell have come into another side's land, 0..1."""
    first, depth = s.ground[cell].control0, s.ground[cell].depth_km
    if first < 0 or s.actors[first].bloc == s.actors[actor].bloc:
        return 0.0
    return depth / (depth + s.params[0].overreach_km)


@njit
def steadied(s: State, cell: int, actor: int) -> float:
    """Return the log-rate that units in a cell are steadied by: allies, aircraft, their kind; less what wears them."""
    a, p = s.actors[actor], s.params[0]
    bound = 1 - a.availability if a.commander != actor else 0.0
    helped = p.allies_steady * p.give_way_allies * best_help(s, cell, actor) + p.give_way_air * a.air
    worn = (
        p.give_way_unwilling * bound
        + p.give_way_doubt * a.doubt
        + p.give_way_overreach * overreach(s, cell, actor)
    )
    return helped + a.endurance - worn


@njit
def size_up(s: State, cell: int, actor: int) -> None:
    """Note of an actor what its units in a cell have in common; once for all while clocks are looked at."""
    a, now = s.actors[actor], s.world[0].looks
    if now % 2 and a.sized_cell == cell and a.sized_at == now:
        return
    a.sized_cell, a.sized_at = cell, now
    enemy, p = opposed_strength(s, cell, actor), s.params[0]
    if enemy == 0 and not outflanked(s, cell, actor):
        a.yielding = 0.0
        return
    a.yielding = yielding_rate(
        p.give_way_rate,
        p.give_way_odds, math.log(enemy / allied_strength(s, cell, actor)) if enemy > 0 else 0.0,
        p.give_way_shelter, shelter_of(s, cell) if holds(s, actor, cell) else 0.0,
        p.give_way_surprise, int(is_surprised(s, actor)),
        steadied(s, cell, actor),
    )  # fmt: skip


@njit
def is_surprised(s: State, actor: int) -> bool:
    """Say whether an actor's commander is on the defensive and does not know yet of the attack."""
    a = s.actors[actor]
    return s.actors[a.commander].stance == Stance.DEFENSIVE and not a.alert


@njit
def frailty_of(s: State, unit: int) -> float:
    """Return the frailty of a unit, worked out again where its cohesion or its flanks have changed."""
    u, p = s.units[unit], s.params[0]
    flanks = flanks_of(s, unit)
    if u.frail_cohesion != u.cohesion or u.frail_flanks != flanks:
        u.frail_cohesion, u.frail_flanks = u.cohesion, flanks
        u.frailty = frailty(p.give_way_cohesion, u.cohesion, p.give_way_flanks, flanks)
    return u.frailty
