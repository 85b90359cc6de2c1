"""A strike by an outside power on the foreign allies of a party, or on their columns on the way.

Claim: an outside power strikes those whom it fights wherever they are, also on their way to somebody else's war.
Clock: one per actor without units in the laydown that flies strikes; runs while its targets have fighters. Its
targets are the actors of whom a claim says that it bombards or attacks them.
Formula: rate = `sorties_per_day`, times `interdiction_truce_factor` while a truce of the actor with any of its
targets is in force. Weather does not count.
Effect: a unit of a target is chosen by strength, on the map or on its way to it. On its way, it arrives
`interdiction_delay` later; on the map, v of its cell grows by 1. Then min(n, Poisson(`interdiction_kills`)) of
it are killed; nobody is wounded, no cohesion lost, no civilian killed.
Draws: 1 the unit; 2 losses.
Source: campaigns of single strikes on a neighbour's allies and depots, of 89 strikes in two months and of 288
fighters killed in 149 incidents (press and monitors, 2024).
Event: actor, other (whose unit), unit, cell; amount fighters lost; value days of delay.
"""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.draws import luck, poisson
from simulation.model.effects.hostility import pair
from simulation.model.effects.people import alarm
from simulation.model.effects.strength import kill
from simulation.model.effects.touch import touch_unit

TARGET, LOSSES = 1, 2


@njit
def interdiction_rate(strikes_per_day: float, truce: int, factor: float) -> float:
    """Return strikes per day, multiplied by the factor while a truce (1) holds."""
    return strikes_per_day * (factor if truce else 1.0)


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate of interdiction of an actor."""
    a, truce, targets = s.actors[entity], 0, 0
    if a.fights or a.sorties_per_day == 0:
        return 0.0
    for other in range(s.world[0].n_actors):
        p = s.pairs[pair(s, entity, other)]
        if p.struck:
            truce |= p.truce
            targets += s.actors[other].present
    return (
        interdiction_rate(a.sorties_per_day, truce, s.params[0].interdiction_truce_factor) if targets else 0.0
    )


@njit
def is_target(s: State, actor: int, unit: int) -> bool:
    """Say whether a unit belongs to a group that the actor strikes."""
    u = s.units[unit]
    return u.strength > 0 and s.pairs[pair(s, actor, u.actor)].struck != 0


@njit
def _choose(s: State, actor: int, u: float) -> int:
    total = 0
    for unit in range(s.world[0].n_units):
        if is_target(s, actor, unit):
            total += s.units[unit].strength
    left = u * total
    for unit in range(s.world[0].n_units):
        if is_target(s, actor, unit):
            left -= s.units[unit].strength
            if left < 0:
                return unit
    return -1


@njit
def fire(s: State, entity: int) -> None:
    """Strike one body of fighters."""
    unit = _choose(s, entity, luck(s, TARGET))
    u, p, e = s.units[unit], s.params[0], s.event[0]
    e.actor, e.other, e.unit, e.cell = entity, u.actor, unit, u.cell
    lost = min(poisson(luck(s, LOSSES), p.interdiction_kills), u.strength)
    if u.waiting:
        u.arrives += p.interdiction_delay
        e.value = p.interdiction_delay
        touch_unit(s, unit)
    if u.cell >= 0:
        alarm(s, u.cell, 1)
    if lost > 0:
        kill(s, unit, lost)
    e.amount = lost
