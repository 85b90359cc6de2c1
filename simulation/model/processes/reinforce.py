"""An ally sends a body of fighters onto the map.

Claim: patrons and their groups reinforce a client in need as far as they are free to; distraction keeps them
away.
Clock: one per link (who sends, whom it helps, where it enters).
Formula: rate = `reinforce_rate` availability (1 - c), c being the client's confidence, while the sender has a
reserve of 1 or more, the client has not stood down and fewer than 16 bodies took this way. The reserve at the
start, floor(`reserve_share` fighters (1 - map_share)), is shared by all links of the sender.
Effect: floor(`reinforce_size` (1/2 + U)) fighters, at least 1 and at most the reserve, leave it; they arrive
after an exponential delay of mean `reinforce_delay` at the entry, or at the client's seat if its bloc has lost
the entry by the time they set out. The body is mobile, ready (w = 0) and has its actor's first cohesion.
Draws: 1 the delay; 2 the size.
Source: the claim that Iran-affiliated groups are preoccupied; sizes and delays assumed.
Event: actor, other (client), unit, place of entry; amount fighters; value time of arrival.
"""

from __future__ import annotations

import numpy as np

from simulation.model.compilation import State, njit
from simulation.model.draws import exponential, luck
from simulation.model.effects.control import holds
from simulation.model.effects.strength import raise_unit
from simulation.model.effects.touch import touch_actor

DELAY, SIZE = 1, 2


@njit
def reinforce_rate(base: float, availability: float, confidence: float) -> float:
    """Return bodies per day sent to a client with this confidence by an actor with this availability."""
    return base * availability * (1 - confidence)


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate of a link."""
    x = s.links[entity]
    a, client = s.actors[x.actor], s.actors[x.client]
    if a.reserve < 1 or client.dissolved or x.next_unit >= x.last_unit:
        return 0.0
    return reinforce_rate(s.params[0].reinforce_rate, a.availability, client.confidence)


@njit
def _destination(s: State, x: np.record) -> int:
    """Return the cell of a link's entry or, when the client has lost that, of the client's seat if it has one."""
    entry, seat = s.places[x.entry].cell, s.actors[x.client].seat
    return entry if seat < 0 or holds(s, x.client, entry) else seat


@njit
def fire(s: State, entity: int) -> None:
    """Send a body of fighters: its size uniform around the mean, never more than is left."""
    x, p, e = s.links[entity], s.params[0], s.event[0]
    a = s.actors[x.actor]
    size = int(p.reinforce_size * (1 + 2 * luck(s, SIZE)) / 2)
    size = max(1, min(size, int(a.reserve)))
    arrives = s.world[0].t + p.reinforce_delay * exponential(luck(s, DELAY))
    unit = x.next_unit
    x.next_unit += 1
    raise_unit(s, unit, size, _destination(s, x), arrives)
    a.reserve -= size
    touch_actor(s, x.actor)
    e.actor, e.other, e.unit, e.place, e.amount, e.value = x.actor, x.client, unit, x.entry, size, arrives
