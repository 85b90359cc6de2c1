"""An ally sends a body of fighters onto the map.

Claim: patrons and their groups reinforce a client who is attacked as far as they are free to; distraction keeps
them away.
Clock: one per link (who sends, whom it helps, where it enters).
Formula: rate = `reinforce_rate` b, b being the sender's availability, while the client knows that it is
attacked and has not stood down, the reserve, floor(b pool) less those sent, is 1 or more, and fewer than 16
bodies took this way. The pool is shared by all links of the sender.
Effect: floor(`reinforce_size` (1/2 + U)) fighters, at least 1 and at most the reserve, leave it; they arrive
after an exponential delay of mean `reinforce_delay` / b at the entry, or at the client's seat if its bloc has
lost the entry by the time they set out. The body is mobile, ready (w = 0) and has its actor's first cohesion.
Draws: 1 the delay; 2 the size.
Source: foreign militias that a patron sent to one battle of 2016, 6,000 to 10,000 men within months (Soufan
Center, October 2016), and later kept at home; sizes and delays assumed.
Event: actor, other (client), unit, place of entry; amount fighters; value time of arrival.
"""

from __future__ import annotations

import math

import numpy as np

from simulation.model.compilation import State, njit
from simulation.model.draws import exponential, luck
from simulation.model.effects.control import holds
from simulation.model.effects.strength import raise_unit
from simulation.model.effects.touch import touch_actor

DELAY, SIZE = 1, 2


@njit
def reinforce_rate(base: float, availability: float, asked: int) -> float:
    """Return bodies per day sent by an actor with this availability to a client who asks for them (1) or not (0)."""
    return base * availability * asked


@njit
def reserve(s: State, actor: int) -> int:
    """Return the fighters off the map that an actor can still send as free as it is."""
    a = s.actors[actor]
    return int(math.floor(a.availability * a.pool - a.sent))


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate of a link."""
    x = s.links[entity]
    a, client = s.actors[x.actor], s.actors[x.client]
    if reserve(s, x.actor) < 1 or client.dissolved or x.next_unit >= x.last_unit:
        return 0.0
    return reinforce_rate(s.params[0].reinforce_rate, a.availability, client.alert)


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
    size = max(1, min(size, reserve(s, x.actor)))
    arrives = s.world[0].t + p.reinforce_delay / a.availability * exponential(luck(s, DELAY))
    unit = x.next_unit
    x.next_unit += 1
    raise_unit(s, unit, size, _destination(s, x), arrives)
    a.sent += size
    touch_actor(s, x.actor)
    e.actor, e.other, e.unit, e.place, e.amount, e.value = x.actor, x.client, unit, x.entry, size, arrives
