"""The parties agree on a truce.

Claim: truces come with losses and outside pressure, and while neither side is winning; few sign with somebody
who is listed as terrorist; most are for a fixed time, and some bind one side only.
Clock: one per pair of actors; runs for the leading attacker and its rival while they fight, the rival stands
and no truce binds them.
Formula: rate = `truce_rate` exp(`truce_losses` (l_a + l_b) / 2 + `truce_pressure` restraint - `truce_momentum`
m - `truce_listed` L). l_a and l_b: the share of its own fighters that each had lost by last midnight;
restraint, momentum m and L, 1 if it is listed, else 0, are the attacker's alone.
Effect: a truce of the pair begins, with compliance `truce_compliance`, or half of it with chance
`truce_one_sided`; it binds the two blocs. With chance `truce_fixed` it runs out at the first midnight after an
exponential time of mean `truce_term`.
Draws: 1 one-sided or not; 2 for a fixed time or not; 3 the time.
Source: ETH/PRIO Civil Conflict Ceasefire data (Clayton et al. 2022): of about 142 in the war with the most of them
39 one-sided and 87 for a fixed time; of 44 local ones 7 endured. Outside powers that back the two sides have
ended phases of fighting for them. Rates assumed.
Event: actor, other; value the compliance that begins; amount 1 if it is for a fixed time.
"""

from __future__ import annotations

import math

from simulation.model.compilation import State, njit
from simulation.model.draws import exponential, luck
from simulation.model.effects.hostility import opposed, pair
from simulation.model.effects.truce_state import set_truce

ONE_SIDED, FIXED, TERM = 1, 2, 3


@njit
def truce_rate(
    base: float, loss_slope: float, lost_share: float, pressure_slope: float, restraint: float,
    momentum_slope: float, momentum: float, shunned: float,
) -> float:  # fmt: skip
    """Return the rate (1/day) at which a truce is agreed; `shunned` is a log-rate lost."""
    drawn = loss_slope * lost_share + pressure_slope * restraint
    return base * math.exp(drawn - momentum_slope * momentum - shunned)


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
        p.truce_listed * attacker.listed,
    )


@njit
def fire(s: State, entity: int) -> None:
    """Begin the truce."""
    n, p = s.world[0].n_actors, s.params[0]
    a, b = entity // n, entity % n
    compliance = p.truce_compliance / 2 if luck(s, ONE_SIDED) < p.truce_one_sided else p.truce_compliance
    fixed = luck(s, FIXED) < p.truce_fixed
    ends = s.world[0].t + p.truce_term * exponential(luck(s, TERM)) if fixed else math.inf
    set_truce(s, a, b, 1, compliance, ends)
    e = s.event[0]
    e.actor, e.other, e.amount, e.value = a, b, int(fixed), compliance
