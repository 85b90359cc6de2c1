"""A second opinion on what decisions do: orders, help, truces and their violation, new fronts, falls, claims."""

from __future__ import annotations

import math

from simulation.model.state import Stance
from simulation.selftest.agreements import open_front, set_truce
from simulation.selftest.commander import Commander, spent_part
from simulation.selftest.orders_of_attack import attack
from simulation.selftest.orders_of_defence import defend
from simulation.selftest.twin import Twin


def command(t: Twin) -> None:
    """Give a round of orders, set the next, and let the army know of the attack."""
    a, commander = t.s.actors[t.entity], Commander(t)
    a.spent = spent_part(commander)
    sent, out = defend(commander)
    axes = attack(commander) if a.stance == Stance.OFFENSIVE else 0
    if not a.alert:
        t.s.actors.alert[t.s.actors.commander == t.entity] = 1
    a.next_orders = t.w.t + t.p.command_interval * (0.5 + t.luck(1))
    t.tell(actor=t.entity, amount=sent, amount2=out, value=axes)


def reinforce(t: Twin) -> None:
    """Let a body of fighters set out for its client."""
    x = t.s.links[t.entity]
    a = t.s.actors[x.actor]
    left = math.floor(a.availability * a.pool - a.sent)
    size = max(1, min(math.floor(t.p.reinforce_size * (0.5 + t.luck(2))), left))
    arrives = t.w.t - t.p.reinforce_delay / a.availability * math.log(t.luck(1))
    unit, entry = int(x.next_unit), int(t.s.places.cell[x.entry])
    seat = int(t.s.actors.seat[x.client])
    there = seat < 0 or t.facts().holds[entry, x.client]
    t.raise_unit(unit, size, entry if there else seat, arrives)
    x.next_unit = unit + 1
    a.sent += size
    t.tell(actor=x.actor, other=x.client, unit=unit, place=x.entry, amount=size, value=arrives)


def truce(t: Twin) -> None:
    """Begin a truce."""
    a, b = divmod(t.entity, len(t.s.actors))
    kept = float(t.p.truce_compliance) * (0.5 if t.luck(1) < t.p.truce_one_sided else 1)
    fixed = t.luck(2) < t.p.truce_fixed
    set_truce(t, a, b, 1, kept, t.w.t - t.p.truce_term * math.log(t.luck(3)) if fixed else math.inf)
    t.tell(actor=a, other=b, value=kept, amount=fixed)


def breach(t: Twin) -> None:
    """Count a violation, which may end the truce."""
    a, b = divmod(t.entity, len(t.s.actors))
    x = t.s.pairs[t.entity]
    x.violations += 1
    ends = not x.guaranteed and t.luck(1) < t.p.breach_end
    if ends:
        set_truce(t, a, b, 0, float(x.compliance))
    t.tell(actor=a, other=b, amount=ends, amount2=x.violations)


def join(t: Twin) -> None:
    """Open a front."""
    open_front(t, t.entity)
    t.tell(actor=t.entity, other=t.s.actors.rival[t.entity])


def dissolve(t: Twin) -> None:
    """End a government."""
    t.s.actors.dissolved[t.entity] = 1
    t.tell(actor=t.entity, value=t.s.actors.confidence[t.entity])


def report(t: Twin) -> None:
    """Make the claims of the day."""
    n, a, pairs = len(t.s.actors), t.s.actors, t.s.pairs
    if t.entity == n:
        killed = int(a.killed.sum())
        villages, confirmed = (x * t.p.monitor_share for x in (int(a.villages_taken.max()), killed))
        t.w.confirmed_killed, t.w.reported = confirmed, t.w.reported + 1
        t.tell(actor=-1, amount=int(villages), amount2=int(confirmed))
        return
    x = a[t.entity]
    killed = int((a.killed * (pairs.hostile.reshape(n, n)[t.entity] != 0)).sum())
    factor = math.exp(t.p.exaggeration * t.luck.normal(1) + t.p.exaggeration / 2)
    x.claimed_villages += factor * (x.villages_taken - x.told_villages)
    x.claimed_killed += factor * (killed - x.told_killed)
    x.told_villages, x.told_killed, x.reported = x.villages_taken, killed, x.reported + 1
    t.tell(actor=t.entity, amount=int(x.claimed_villages), amount2=int(x.claimed_killed))
