"""Who holds what: a cell passes, and with it villages, places, seats, and what both sides believe."""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.effects.hostility import allied, opposed
from simulation.model.effects.morale import shake_bloc
from simulation.model.effects.people import alarm, pass_people
from simulation.model.effects.touch import touch_actor, touch_around
from simulation.model.state import DIRECTIONS, LOG_FULL, OF_CELL, OF_PLACE, PlaceKind


@njit
def holds(s: State, actor: int, cell: int) -> bool:
    """Say whether a cell is held by the actor's bloc."""
    control = s.cells[cell].control
    return control >= 0 and allied(s, actor, control)


@njit
def holds_place(s: State, actor: int, place: int) -> bool:
    """Say whether a place is held by the actor's bloc."""
    holder = s.places[place].holder
    return holder >= 0 and allied(s, actor, holder)


@njit
def hostile_cell(s: State, actor: int, cell: int) -> bool:
    """Say whether a cell is held by somebody this actor fights."""
    control = s.cells[cell].control
    return control >= 0 and opposed(s, actor, control)


@njit
def hostile_place(s: State, actor: int, place: int) -> bool:
    """Say whether a place is held by somebody this actor fights."""
    holder = s.places[place].holder
    return holder >= 0 and opposed(s, actor, holder)


@njit
def _log_change(s: State, kind: int, index: int, before: int, after: int) -> None:
    w = s.world[0]
    if w.changes >= len(s.changes):
        w.status |= LOG_FULL
        return
    row = s.changes[w.changes]
    row.kind, row.index, row.before, row.after, row.day = kind, index, before, after, w.t
    w.changes += 1


@njit
def _pass_place(s: State, place: int, actor: int) -> float:
    """Let a place change hands and return the weight that counts for morale."""
    p, w = s.places[place], s.world[0]
    before = p.holder
    _log_change(s, OF_PLACE, place, before, actor)
    p.holder = actor
    w.stop |= 1
    if p.kind == PlaceKind.BASE:
        s.actors[actor].bases_taken += 1
        s.actors[actor].bases_held += 1
        if before >= 0:
            s.actors[before].bases_held -= 1
    if p.seat:
        s.actors[actor].seats_held += 1
        if before >= 0:
            s.actors[before].seats_held -= 1
    return p.weight


@njit
def _goes_with(s: State, place: int, before: int) -> bool:
    """Say whether a place passes with its cell: it is of the side of the cell's holder before, no enclave."""
    holder = s.places[place].holder
    return holder < 0 or before < 0 or s.actors[holder].bloc == s.actors[before].bloc


@njit
def _lies_open(s: State, place: int, actor: int) -> bool:
    """Say whether an actor would fight the holder of a place, of whose bloc nobody stands in its cell."""
    holder, inside = s.places[place].holder, s.cells[s.places[place].cell].side_bits
    return holder >= 0 and opposed(s, actor, holder) and inside & s.actors[holder].bloc_bits == 0


@njit
def open_enclave(s: State, cell: int, actor: int) -> int:
    """Return the weightiest place in a cell that lies open to an actor, whoever holds the cell, or -1."""
    place = s.ground[cell].first_place
    while place >= 0 and not _lies_open(s, place, actor):
        place = s.places[place].next_place
    return place


@njit
def passing_place(s: State, cell: int, actor: int) -> int:
    """Return the weightiest place in a cell that passes if the cell passes to an actor, or -1."""
    place = s.ground[cell].first_place
    while place >= 0 and not (_goes_with(s, place, s.cells[cell].control) or _lies_open(s, place, actor)):
        place = s.places[place].next_place
    return place


@njit
def take_enclaves(s: State, cell: int, actor: int) -> float:
    """Let the places of a cell that lie open to an actor pass to it, and return their weight."""
    weight, place = 0.0, open_enclave(s, cell, actor)
    while place >= 0:
        before = s.places[place].holder
        fallen = _pass_place(s, place, actor)
        _count_fall(s, before, actor, fallen)
        touch_actor(s, before)
        weight, place = weight + fallen, open_enclave(s, cell, actor)
    touch_actor(s, actor)
    touch_around(s, cell)
    return weight


@njit
def _count_fall(s: State, before: int, actor: int, weight: float) -> None:
    """Let places that fell move both sides: the winner by what it won lately, both by their confidence."""
    s.actors[actor].momentum += weight
    if weight > 0:
        if before >= 0:
            shake_bloc(s, s.actors[before].bloc, min(1.0, weight * s.params[0].place_shock))
        lift = s.params[0].victory_lifts * s.params[0].place_lift
        shake_bloc(s, s.actors[actor].bloc, -min(1.0, weight * lift))


@njit
def _tell_neighbours(s: State, cell: int) -> None:
    """Count the cell, once, among those beside its neighbours that have changed hands."""
    if s.cells[cell].passed:
        return
    s.cells[cell].passed = 1
    for k in range(DIRECTIONS):
        near = s.ground[cell].neighbours[k]
        if near >= 0:
            s.cells[near].taken_beside += 1


@njit
def change_control(s: State, cell: int, actor: int) -> float:
    """Let a cell pass to an actor and return the weight of the places that fell with it, open enclaves too."""
    c, w = s.cells[cell], s.world[0]
    before = c.control
    _log_change(s, OF_CELL, cell, before, actor)
    pass_people(s, cell, actor)
    _tell_neighbours(s, cell)
    c.control, c.dug_in, c.quiet_since = actor, 0, w.t
    w.borders += 1
    s.actors[actor].villages_taken += s.ground[cell].villages
    weight = 0.0
    place = s.ground[cell].first_place
    while place >= 0:
        if _goes_with(s, place, before):
            weight += _pass_place(s, place, actor)
        place = s.places[place].next_place
    _count_fall(s, before, actor, weight)
    if s.ground[cell].enclave:
        weight += take_enclaves(s, cell, actor)
    alarm(s, cell, s.params[0].capture_alarm)
    touch_actor(s, actor)
    if before >= 0:
        touch_actor(s, before)
    touch_around(s, cell)
    return weight
