"""Who is helped: how free his allies are, what flies for him, and what a truce elsewhere frees."""

from __future__ import annotations

from simulation.jit.bits import lowest_bit
from simulation.model.compilation import State, njit
from simulation.model.effects.hostility import pair, with_bit
from simulation.model.effects.morale import lost_confidence
from simulation.model.effects.touch import EDGE, touch_cell, touch_spirit
from simulation.model.effects.units import unit_after
from simulation.model.registry import Process
from simulation.model.running import runs
from simulation.model.state import Stance


@njit
def freed(availability: float, aim: float, rate: float) -> float:
    """Return the availability a day later, on its way to an aim."""
    return availability + rate * (aim - availability)


@njit
def release(s: State, actor: int) -> None:
    """Let a truce elsewhere free an actor day by day, or its war bind it again."""
    a = s.actors[actor]
    if a.bound_by < 0 or a.pinned:
        return
    truce = s.pairs[pair(s, actor, a.bound_by)].truce != 0
    before = a.availability
    a.availability = freed(before, 1.0 if truce else a.own_availability, s.params[0].release_rate)
    if a.availability != before:
        feel_availability(s, actor)


@njit
def mean_availability(s: State, bits: int) -> float:
    """Return how free some actors are in the mean, 0 for nobody."""
    total, count = 0.0, 0
    while bits:
        total += s.actors[lowest_bit(bits)].availability
        count += 1
        bits &= bits - 1
    return total / count if count > 0 else 0.0


@njit
def has_targets(s: State, actor: int) -> bool:
    """Say whether somebody whom an actor fights attacks, and has men left: only then does it fly strikes."""
    foes = s.actors[actor].foe_bits
    while foes:
        enemy = s.actors[lowest_bit(foes)]
        if enemy.stance == Stance.OFFENSIVE and enemy.present > 0:
            return True
        foes &= foes - 1
    return False


@njit
def air_support(s: State, actor: int) -> float:
    """Return the support from the air by an actor's bloc today, 0..1."""
    if not s.world[0].flyable:
        return 0.0
    strikes, bloc = 0.0, s.actors[actor].bloc_bits
    while bloc:
        other = lowest_bit(bloc)
        a = s.actors[other]
        if a.fights and not a.dissolved and has_targets(s, other):
            strikes += a.sorties_per_day
        bloc &= bloc - 1
    return strikes / (strikes + s.params[0].half_air)


@njit
def note_support(s: State) -> None:
    """Note of all how they are helped just now, and their doubt; let units feel what has changed of air and doubt."""
    feel, doubting = 0, 0
    for actor in range(s.world[0].n_actors):
        a = s.actors[actor]
        air, doubt = a.air, a.doubt
        a.support, a.air = mean_availability(s, a.helper_bits), air_support(s, actor)
        a.doubt = lost_confidence(a.confidence, a.resolve)
        feel = with_bit(feel, actor, a.air != air or a.doubt != doubt)
        doubting = with_bit(doubting, actor, a.doubt != doubt)
    _touch_fighting(s, feel)
    if s.params[0].pursuit_pace != 1:
        _touch_entered(s, doubting)


@njit
def feel_availability(s: State, actor: int) -> None:
    """Let all feel that an actor has become more or less free: its own units, and those that it helps."""
    feel = 0
    for other in range(s.world[0].n_actors):
        feel = with_bit(feel, other, other == actor or (s.actors[other].helper_bits >> actor) & 1 != 0)
    _touch_fighting(s, feel)


@njit
def _touch_entered(s: State, actors: int) -> None:
    """Mark the cells of some actors, as bits, in which others stand: how fast these pass hangs on their doubt."""
    unit = 0
    while actors and unit < s.world[0].n_units:
        u = s.units[unit]
        if u.cell >= 0:
            holder = s.cells[u.cell].control
            if holder >= 0 and holder != u.actor and (actors >> holder) & 1:
                touch_cell(s, u.cell, EDGE)
        unit += 1


@njit
def _touch_fighting(s: State, actors: int) -> None:
    """Mark the units of some actors, as bits, that may give way: who does so since this event is marked already."""
    unit = 0
    while actors and unit < s.world[0].n_units:
        own = (actors >> s.units[unit].actor) & 1 != 0
        if own and runs(s, Process.GIVE_WAY, unit):
            touch_spirit(s, unit)
        unit = unit_after(s, unit, own)
