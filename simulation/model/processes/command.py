"""A commander gives orders.

Claim: attackers pick axes by value, perceived chance and distance, commit more of their units as the enemy
loses heart, and stop when spent or restrained; defenders reinforce what is threatened, counter-attack where
odds invite it, and leave what cannot be held.
Clock: one per actor, set to its next round of orders: about once a day, first at the attack, or after the
surprise.
Formula: days to the next round = `command_interval` (1/2 + U), but at once for attackers who take a place from a
rival in flight (see `seize`). First rounds: attackers at `attack_start`; the
defender at `attack_start` + `reaction_delay`; who joins, at once. Perceived strength = true strength exp(`fog`
Z), one Z for each place and round.
Effect: with the first round, all who obey know of the attack. Then, for attackers too: threats, evacuation,
reinforcement, counter-attack; then, with the stance attack, the attack; all as the section on planning says.
Draws: 1 the next round; 16 + 2p and 17 + 2p the fog at place p.
Source: assumption; the pieces are in `simulation/model/planning`.
Event: actor; amount fighters sent to threatened places; amount2 fighters ordered out; value axes of attack.
"""

from __future__ import annotations

from simulation.model.compilation import State, njit
from simulation.model.draws import luck
from simulation.model.effects.touch import touch_army
from simulation.model.planning.attack import attack
from simulation.model.planning.defence import defend
from simulation.model.planning.view import list_own
from simulation.model.state import Stance

PACE = 1


@njit
def due(s: State, entity: int) -> float:
    """Return the time of the actor's next round of orders."""
    return s.actors[entity].next_orders


@njit
def raise_alarm(s: State, commander: int) -> None:
    """Let the units of all who take this commander's orders know of the attack."""
    for actor in range(s.world[0].n_actors):
        if s.actors[actor].commander == commander:
            s.actors[actor].alert = 1
            touch_army(s, actor)


@njit
def fire(s: State, entity: int) -> None:
    """Give a round of orders."""
    a, first_round = s.actors[entity], s.event[0].occurrence == 0
    if not a.alert:
        raise_alarm(s, entity)
    list_own(s, entity)
    sent, out = defend(s, entity)
    axes = attack(s, entity, first_round) if a.stance == Stance.OFFENSIVE else 0
    a.next_orders = s.world[0].t + s.params[0].command_interval * (1 + 2 * luck(s, PACE)) / 2
    e = s.event[0]
    e.actor, e.amount, e.amount2, e.value = entity, sent, out, axes
