"""A fighter is killed or wounded.

Claim: losses come one at a time, at a rate set by the enemies who can fire; where few can fire at once, numbers
count less.
Clock: one per cell and actor; runs while the actor has fighters there and somebody whom it fights has some too.
Formula: rate of a's losses = (1 - cover) times the sum, over the enemies b of a in the cell, of n_b k_b min(1,
`front_width` / S_b) n_a / N_b. S_b counts b's whole bloc in the cell, those of it who do not fight a included;
N_b counts all in the cell whom b fights, over whom its fire is spread by number. Where a's bloc holds the cell,
1 - cover = (1 - `field_cover` max(e, hills)) (1 - `city_cover` urban) with hills = R / (R + `hill_scale`);
where somebody whom a fights holds it, 1 - cover = `attack_exposure`; elsewhere cover is 0. While S_b is at most
`front_width` this is the stochastic square law; beyond it a side inflicts `front_width` k a day whatever the
numbers: the linear law of man against man, not that of area fire.
Effect: in this order: one of a's units in the cell is chosen by strength; its h falls by `casualty_shock` / n0;
the fighter is killed with chance 1 / (1 + `wounded_per_killed`), or else wounded and gone all the same;
Poisson(`civilians_per_loss` P / (P + `crowd_half`)) civilians of the cell are killed, P being the people in it;
v grows by 1.
Draws: 1 the unit; 2 killed or wounded; 3 civilians.
Source: Lanchester 1916; Brown 1963, Opns. Res. 11(3) 418; kill rates after Dupuy (1-3 % of a division a day).
Event: cell, actor, unit; amount 1 if killed, 0 if wounded; amount2 civilians killed.
"""

from __future__ import annotations

from simulation.jit.bits import lowest_bit
from simulation.model.compilation import State, njit
from simulation.model.draws import luck, poisson
from simulation.model.effects.control import holds, hostile_cell
from simulation.model.effects.ground import field_shelter
from simulation.model.effects.morale import shake_unit
from simulation.model.effects.people import alarm, kill_civilians, people_in
from simulation.model.effects.strength import allied_strength, kill, opposed_strength, wound

VICTIM, FATE, BYSTANDERS = 1, 2, 3


@njit
def engaged_fire(fighters: int, side: int, width: float, kill_rate: float) -> float:
    """Return the losses per day that a body inflicts when only `width` fighters of its side fire at once."""
    return fighters * min(1.0, width / side) * kill_rate


@njit
def exposure(field_cover: float, shelter: float, city_cover: float, urban: float) -> float:
    """Return the share of fire that reaches defenders sheltered (0..1) in a city of some density (0..1)."""
    return (1 - field_cover * shelter) * (1 - city_cover * urban)


@njit
def crowded(people: int, half: float) -> float:
    """Return how many civilians are in the way of a fight, as a share (0..1) of those where very many people live."""
    return people / (people + half)


@njit
def rate(s: State, entity: int) -> float:
    """Return losses per day of an actor in a cell."""
    n = s.world[0].n_actors
    cell, actor = entity // n, entity % n
    own, foes = s.presence[cell, actor], s.cells[cell].side_bits & s.actors[actor].foe_bits
    if own == 0 or foes == 0:
        return 0.0
    total = 0.0
    while foes:
        enemy = lowest_bit(foes)
        side = allied_strength(s, cell, enemy)
        fire = engaged_fire(s.presence[cell, enemy], side, s.params[0].front_width, s.actors[enemy].kill_rate)
        total += fire * own / opposed_strength(s, cell, enemy)
        foes &= foes - 1
    if total > 0 and holds(s, actor, cell):
        p = s.params[0]
        total *= exposure(p.field_cover, field_shelter(s, cell), p.city_cover, s.ground[cell].urban)
    elif total > 0 and hostile_cell(s, actor, cell):
        total *= s.params[0].attack_exposure
    return total


@njit
def _victim(s: State, cell: int, actor: int) -> int:
    """Return the unit that the lost fighter belonged to, chosen by strength."""
    left = luck(s, VICTIM) * s.presence[cell, actor]
    unit, last = s.cells[cell].first_unit, -1
    while unit >= 0:
        if s.units[unit].actor == actor:
            last = unit
            left -= s.units[unit].strength
            if left < 0:
                return unit
        unit = s.units[unit].next_unit
    return last


@njit
def fire(s: State, entity: int) -> None:
    """Take one fighter from the actor's units in the cell."""
    cell, actor = entity // s.world[0].n_actors, entity % s.world[0].n_actors
    unit = _victim(s, cell, actor)
    p = s.params[0]
    killed = luck(s, FATE) * (1 + p.wounded_per_killed) < 1
    shake_unit(s, unit, p.casualty_shock / s.units[unit].initial)
    if killed:
        kill(s, unit, 1)
    else:
        wound(s, unit, 1)
    bystanders = p.civilians_per_loss * crowded(people_in(s, cell), p.crowd_half)
    dead = kill_civilians(s, cell, poisson(luck(s, BYSTANDERS), bystanders))
    alarm(s, cell, 1)
    e = s.event[0]
    e.cell, e.actor, e.unit, e.amount, e.amount2 = cell, actor, unit, int(killed), dead
