"""The parties agree on a truce.

Claim: truces come with losses and outside pressure, and while neither side is winning.
Clock: one per pair of actors; runs for the leading attacker and its rival while they fight, the rival stands
and no truce binds them.
Formula: rate = `truce_rate` exp(`truce_losses` (l_a + l_b) / 2 + `truce_pressure` restraint - `truce_momentum`
m). l_a and l_b: the share of its own fighters that each had lost by last midnight; restraint and momentum m are
the attacker's alone.
Effect: a truce of the pair begins, with compliance `truce_compliance`; it binds the two blocs.
Source: assumption; the agreements of 2017, 2018 and 2020 each ended a phase of fighting under Russian and
Turkish pressure.
Event: actor, other; value the compliance that begins.
"""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.effects.hostility import opposed, pair
from simulation.model.effects.truce_state import set_truce


@njit
def truce_rate(
    base: float, loss_slope: float, lost_share: float, pressure_slope: float, restraint: float,
    momentum_slope: float, momentum: float,
) -> float:  # fmt: skip
    """Return the rate (1/day) at which a truce is agreed."""
    return base * math.exp(loss_slope * lost_share + pressure_slope * restraint - momentum_slope * momentum)


@njit
def rate(s: State, entity: int) -> float:
    """Return the rate of a truce between the leading attacker and its rival."""
    n, p = s.world[0].n_actors, s.params[0]
    a, b = entity // n, entity % n
    attacker = s.actors[a]
    if not (attacker.leads and attacker.rival == b and opposed(s, a, b)):
        return 0.0
    if s.pairs[pair(s, a, b)].truce or s.actors[b].dissolved:
        return 0.0
    lost = (attacker.lost + s.actors[b].lost) / 2
    return truce_rate(
        p.truce_rate,
        p.truce_losses,
        lost,
        p.truce_pressure,
        attacker.restraint,
        p.truce_momentum,
        attacker.momentum,
    )


@njit
def fire(s: State, entity: int) -> None:
    """Begin the truce."""
    n = s.world[0].n_actors
    a, b, compliance = entity // n, entity % n, s.params[0].truce_compliance
    set_truce(s, a, b, 1, compliance)
    e = s.event[0]
    e.actor, e.other, e.value = a, b, compliance
