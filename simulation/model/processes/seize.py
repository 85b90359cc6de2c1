"""A cell passes to the side that stands in it, or that has all but closed around it.

Claim: ground is taken by standing on it; open land passes within hours, a dense city takes days; villages that
nobody defends fall to whoever passes near.
Clock: one per cell that somebody holds.
Formula: the occupant is the actor with most fighters in the cell (ties go to the first) that fights its holder
and whose commander's stance is attack or defend. With an occupant: rate = `pursuit_pace`^L (`seize_open_rate`
(1 - urban) + `seize_city_rate` urban), L being the share of its confidence that the holder has lost, as of
midnight, but 0 while somebody of the holder's bloc is there whom it fights. With none, and
nobody of the holder's bloc there, but at least one hostile neighbour (held by an actor whom the holder fights)
that has ever changed hands: rate = `sweep_rate` F (1 - urban), F being the share of hostile neighbours, times
max(0, 1 - B / T), T being how many hostile neighbours have men of their own holder in them, and B how many
neighbours have men of the cell's holder's bloc, and times 0 if T is 0; or times 1 if B is 0, the cell itself
has never changed hands and F is at least `sweep_enclosed`. With neither, an enclave (a place whose holder is of
another side than that of its cell) lies open to whoever is in the cell, takes ground and fights its holder,
while nobody of its holder's bloc is there: rate as for an occupant, but without L. Else 0.
Effect: in this order: the occupant, or of the hostile holders of the neighbours that have changed hands the
last in the list of actors, holds the cell; e becomes 0; villages, places (the weightiest first), bases and
seats are counted; the new holder's m grows by w, the weights of the places together. If w > 0, of each actor
with forces in the loser's bloc c becomes c (1 - k min(1, w `place_shock`)), with the k of `give_way`, then in
the winner's c + (1 - c) min(1, w `victory_lifts` `place_lift`). v grows by `capture_alarm`. An enclave does not
pass with its cell; if it lies open to the new holder, it passes after the other places, and counts against its
own holder. One that lies open by itself passes alone, to the strongest to whom any does; the cell, e, v and
villages stay as they are. If a place passed, and the new holder's commander has the stance attack and a rival in
flight (see planning), his next round of orders is now.
Source: assumption; pace bounded by the rates of advance in `march`.
Event: cell, actor (new holder), other (old holder), place (first that passed or -1); amount villages; value
weight.
"""

from __future__ import annotations

from simulation.jit.bits import lowest_bit
from simulation.model.compilation import State, njit
from simulation.model.effects.control import change_control, open_enclave, passing_place, take_enclaves
from simulation.model.effects.morale import pursuit_haste
from simulation.model.effects.touch import touch_actor
from simulation.model.planning.commitment import in_flight
from simulation.model.state import DIRECTIONS, Stance


@njit
def seize_rate(open_rate: float, city_rate: float, urban: float) -> float:
    """Return the rate (1/day) at which an unopposed force takes a cell of a given density (0..1)."""
    return open_rate * (1 - urban) + city_rate * urban


@njit
def takes_ground(s: State, actor: int) -> bool:
    """Say whether an actor takes the land it stands on; groups that only hide and raid do not."""
    return s.actors[s.actors[actor].commander].stance in (Stance.DEFENSIVE, Stance.OFFENSIVE)


@njit
def occupant(s: State, cell: int) -> int:
    """Return the strongest actor in the cell that fights its holder, or -1."""
    best, foes = -1, s.cells[cell].side_bits & s.actors[s.cells[cell].control].foe_bits
    while foes:
        actor = lowest_bit(foes)
        stronger = best < 0 or s.presence[cell, actor] > s.presence[cell, best]
        if stronger and takes_ground(s, actor):
            best = actor
        foes &= foes - 1
    return best


@njit
def defended(s: State, cell: int, actor: int) -> bool:
    """Say whether somebody of the holder's bloc is in the cell who would fight the actor."""
    own = s.actors[s.cells[cell].control].bloc_bits
    return s.cells[cell].side_bits & own & s.actors[actor].foe_bits != 0


@njit
def left_open(guarded: int, pressed: int) -> float:
    """Return how far land is open to a side with men in `pressed` cells beside it, its holder in `guarded`; 0..1."""
    return max(0.0, 1 - guarded / pressed) if pressed > 0 else 0.0


@njit
def sweeper(s: State, cell: int) -> tuple[int, float]:
    """Return (who takes an unguarded cell beside contested ground, how exposed it is, 0..1), or (-1, 0)."""
    holder = s.cells[cell].control
    foes = s.actors[holder].foe_bits
    own = s.actors[holder].bloc_bits
    hostile, known, pressed, guarded, actor = 0, 0, 0, 0, -1
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near < 0:
            continue
        known += 1
        guarded += s.cells[near].side_bits & own != 0
        other = s.cells[near].control
        if other >= 0 and (foes >> other) & 1:
            hostile += 1
            pressed += s.presence[near, other] > 0
            if s.cells[near].passed:
                actor = max(actor, other)
    if actor < 0:
        return -1, 0.0
    share, opened = hostile / known, left_open(guarded, pressed)
    # Nobody need come for land that is all but enclosed, but only once: else it would pass to and fro between two
    # sides who both hold land beside it.
    if guarded == 0 and share >= s.params[0].sweep_enclosed and not s.cells[cell].passed:
        opened = 1.0
    return (actor, share * opened) if opened > 0 else (-1, 0.0)


@njit
def encloser(s: State, cell: int) -> tuple[int, float]:
    """Return what `sweeper` does, or (-1, 0) where the holder's bloc is in the cell or all of it is built up."""
    c = s.cells[cell]
    if c.taken_beside == 0 or s.ground[cell].urban == 1 or c.side_bits & s.actors[c.control].bloc_bits:
        return -1, 0.0
    return sweeper(s, cell)


@njit
def besieger(s: State, cell: int) -> int:
    """Return the strongest actor in a cell to whom an enclave in it lies open, or -1; ties go to the first."""
    best, inside = -1, s.cells[cell].side_bits
    if not inside or not s.ground[cell].enclave:
        return best
    while inside:
        actor = lowest_bit(inside)
        stronger = best < 0 or s.presence[cell, actor] > s.presence[cell, best]
        if stronger and takes_ground(s, actor) and open_enclave(s, cell, actor) >= 0:
            best = actor
        inside &= inside - 1
    return best


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate at which a cell passes."""
    c, p = s.cells[entity], s.params[0]
    if c.control < 0:
        return 0.0
    actor = occupant(s, entity)
    if actor >= 0:
        free = not defended(s, entity, actor)
        if not free:
            return 0.0
        haste = pursuit_haste(p.pursuit_pace, s.actors[c.control].doubt)
        return haste * seize_rate(p.seize_open_rate, p.seize_city_rate, s.ground[entity].urban)
    actor, share = encloser(s, entity)
    if actor >= 0:
        return p.sweep_rate * share * (1 - s.ground[entity].urban)
    besieged = besieger(s, entity) >= 0
    return seize_rate(p.seize_open_rate, p.seize_city_rate, s.ground[entity].urban) if besieged else 0.0


@njit
def go_on(s: State, actor: int) -> None:
    """Let an attacker who has taken a place from a rival in flight have his next orders now, not at the usual time."""
    commander = s.actors[actor].commander
    a = s.actors[commander]
    if a.stance == Stance.OFFENSIVE and a.next_orders > s.world[0].t and in_flight(s, commander):
        a.next_orders = s.world[0].t
        touch_actor(s, commander)


@njit
def fire(s: State, entity: int) -> None:
    """Let the cell pass, or an enclave in it."""
    before, actor, e = s.cells[entity].control, occupant(s, entity), s.event[0]
    if actor < 0:
        actor, _ = encloser(s, entity)
    if actor < 0:
        _take_enclave(s, entity)
        return
    place = passing_place(s, entity, actor)
    e.value = change_control(s, entity, actor)
    if place >= 0:
        go_on(s, actor)
    e.cell, e.actor, e.other, e.place, e.amount = entity, actor, before, place, s.ground[entity].villages


@njit
def _take_enclave(s: State, cell: int) -> None:
    """Let what lies open to the besieger pass, the cell not."""
    e, actor = s.event[0], besieger(s, cell)
    e.cell, e.actor, e.place = cell, actor, open_enclave(s, cell, actor)
    e.other = s.places[e.place].holder
    e.amount, e.value = 0, take_enclaves(s, cell, actor)
    go_on(s, actor)
