"""An air or artillery strike.

Claim: strikes fall on units that move or fight, and on towns behind the line; they kill few fighters, shake
many, and kill and drive out civilians.
Clock: one per actor with units in the laydown and strikes to fly; runs on flyable days while somebody whom it
fights has the stance attack and fighters left.
Formula: rate = `sorties_per_day` of the actor or of the campaign (what binds the aircraft elsewhere already
counted) times the bases its bloc holds / the bases it held at the start, at most 1.
Effect: in this order: with chance `sortie_rear_share` the target is the rear, or else a forward unit of those
it fights, by strength; with no such unit, the rear. The rear is any place in a cell held by somebody it fights,
by the residents of its cell; with none, nothing is hit. A unit loses min(n, Poisson(`sortie_kills`)), each
killed with chance 1 / (1 + `wounded_per_killed`), or else wounded, and `sortie_shock` of h. In the cell hit
Poisson(`sortie_civilians`) civilians are killed and v grows by 1.
Draws: 1 rear or not; 2 the target; 3 losses; 4 civilians; 5 + i killed or wounded, the i-th lost from 0 on.
Source: campaign rates from counts of aid agencies and monitors in the claims and in `actors.yaml`; effects assumed,
civilians after 66 killed in 698 attacks of one campaign (a rescue service, 2024).
Event: actor, cell, unit (-1 for a town), place; amount fighters lost; amount2 civilians killed.
"""

from __future__ import annotations

import numpy as np

from simulation.jit.bits import lowest_bit
from simulation.model.compilation import State, njit
from simulation.model.draws import luck, poisson
from simulation.model.effects.control import hostile_place
from simulation.model.effects.hostility import opposed
from simulation.model.effects.morale import shake_unit
from simulation.model.effects.people import alarm, kill_civilians
from simulation.model.effects.strength import kill, wound
from simulation.model.effects.support import has_targets
from simulation.model.effects.units import unit_after
from simulation.model.planning.view import forward, shortlist

REAR, TARGET, LOSSES, CIVILIANS, FATES = 1, 2, 3, 4, 5


@njit
def strike_rate(sorties_per_day: float, flyable: int, bases_left: float) -> float:
    """Return strikes per day of an actor on a day that is flyable (1) or not (0), with this share of its bases."""
    return sorties_per_day * flyable * bases_left


@njit
def bases_left(s: State, actor: int) -> float:
    """Return the share, at most 1, of the bases held by the actor's bloc at the start that it still has."""
    first, held, bloc = 0, 0, s.actors[actor].bloc_bits
    while bloc:
        other = s.actors[lowest_bit(bloc)]
        first += other.bases
        held += other.bases_held
        bloc &= bloc - 1
    return min(1.0, held / first) if first > 0 else 1.0


@njit
def rate(s: State, entity: int) -> float:
    """Return the strike rate of an actor; zero without an enemy on the map."""
    a = s.actors[entity]
    if a.sorties_per_day == 0 or a.dissolved or not a.fights:
        return 0.0
    if not has_targets(s, entity):
        return 0.0
    return strike_rate(a.sorties_per_day, s.world[0].flyable, bases_left(s, entity))


@njit
def list_forward(s: State, actor: int) -> int:
    """List the opponents' forward units, and return their fighters."""
    w, total, unit = s.world[0], 0, 0
    w.forward = 0
    while unit < w.n_units:
        u = s.units[unit]
        hostile = opposed(s, actor, u.actor)
        if hostile and forward(s, unit):
            s.roll[w.forward].forward = unit
            w.forward += 1
            total += u.strength
        unit = unit_after(s, unit, hostile)
    return total


@njit
def unit_target(s: State, actor: int, u: float) -> np.int64 | int:
    """Return the forward enemy unit at the quantile u, by strength, or -1."""
    left = u * list_forward(s, actor)
    for k in range(s.world[0].forward - 1, -1, -1):
        unit = np.int64(s.roll[k].forward)
        left -= s.units[unit].strength
        if left < 0:
            return unit
    return -1


@njit
def list_hostile(s: State, actor: int) -> int:
    """List the hostile places, each with the residents of its cell for a score, and return the sum of these."""
    s.world[0].shortlisted, total = 0, 0
    for place in range(s.world[0].n_places):
        if hostile_place(s, actor, place):
            residents = s.cells[s.places[place].cell].residents
            shortlist(s, place, residents)
            total += residents
    return total


@njit
def town_target(s: State, actor: int, u: float) -> int:
    """Return the hostile place at the quantile u, by the people who live around it, or -1."""
    left = u * list_hostile(s, actor)
    for k in range(s.world[0].shortlisted):
        left -= s.shortlist[k].score
        if left < 0:
            return s.shortlist[k].place
    return -1


@njit
def hit_unit(s: State, unit: int, mean_losses: float, shock: float) -> int:
    """Let a strike hit a unit and return the fighters lost."""
    lost = min(poisson(luck(s, LOSSES), mean_losses), s.units[unit].strength)
    dead = 0
    for k in range(lost):
        dead += luck(s, FATES + k) * (1 + s.params[0].wounded_per_killed) < 1
    shake_unit(s, unit, shock)
    if dead > 0:
        kill(s, unit, dead)
    if lost > dead:
        wound(s, unit, lost - dead)
    return lost


@njit
def fire(s: State, entity: int) -> None:
    """Strike a forward unit or a town."""
    p, e = s.params[0], s.event[0]
    s.actors[entity].sorties += 1
    rear, u = luck(s, REAR) < p.sortie_rear_share, luck(s, TARGET)
    unit = -1 if rear else unit_target(s, entity, u)
    place = -1 if unit >= 0 else town_target(s, entity, u)
    cell, lost, dead = -1, 0, 0
    if unit >= 0:
        cell = s.units[unit].cell
        lost = hit_unit(s, unit, p.sortie_kills, p.sortie_shock)
    elif place >= 0:
        cell = s.places[place].cell
    if cell >= 0:
        dead = kill_civilians(s, cell, poisson(luck(s, CIVILIANS), p.sortie_civilians))
        alarm(s, cell, 1)
    e.actor, e.cell, e.unit, e.place, e.amount, e.amount2 = entity, cell, unit, place, lost, dead
