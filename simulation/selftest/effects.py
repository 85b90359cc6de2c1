"""A second opinion on every effect: what one event of each process does to the state, draw by draw.

Each function brings a twin from before the event to after it. The numbers of the slots stand in the address
of every draw and never change.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from simulation.process import Process
from simulation.selftest.twin import WITHDRAW, Twin
from simulation.state import DEFENSIVE, DORMANT, OFFENSIVE


def casualty(t: Twin) -> None:
    """Take one fighter."""
    cell, actor = divmod(t.entity, len(t.s.actors))
    units = [unit for unit in t.in_cell(cell) if t.s.units.actor[unit] == actor]
    unit = t.by_strength(units, t.luck(1))
    killed = t.luck(2) < 1 / (1 + t.p.wounded_per_killed)
    t.shake_unit(unit, t.p.casualty_shock / t.s.units.initial[unit])
    t.lose(unit, "killed" if killed else "wounded", 1)
    urban = t.s.ground.urban[cell]
    dead = t.kill_civilians(cell, t.luck.poisson(3, t.p.civilians_per_loss * urban))
    t.alarm(cell, 1)
    t.tell(cell=cell, actor=actor, unit=unit, amount=killed, amount2=dead)


def give_way(t: Twin) -> None:
    """Break a unit: captured, deserters, retreat, and the shock to its army."""
    unit, u = t.entity, t.s.units[t.entity]
    cell, actor, strength = int(u.cell), int(u.actor), int(u.strength)
    broken = strength / t.s.actors.present[actor]
    place = _refuge(t, unit)
    captured = t.luck.part(1, t.p.captured_share if place >= 0 else t.p.cut_off_captured, strength)
    deserted = t.luck.part(3, t.p.desertion_share * (1 - u.cohesion), strength - captured)
    if place < 0:
        deserted = strength - captured
    t.lose(unit, "captured", captured)
    t.lose(unit, "deserted", deserted)
    if u.strength > 0:
        _retreat(t, unit, place)
    around = [cell, *(near for near in t.s.ground.neighbours[cell] if near >= 0)]
    bloc = t.s.actors.bloc
    for other in (other for near in around for other in t.in_cell(near)):
        if bloc[t.s.units.actor[other]] == bloc[actor]:
            t.shake_unit(other, t.p.near_shock)
    t.shake_actor(actor, t.p.army_shock * broken * t.s.actors.confidence[actor])
    t.tell(cell=cell, actor=actor, unit=unit, place=place, amount=captured, amount2=deserted)


def _refuge(t: Twin, unit: int) -> int:
    """Return the nearest place of the unit's side that it can reach without meeting an enemy."""
    u, places, f = t.s.units[unit], t.s.places, t.facts()
    ways = t.s.ways[u.cell]
    steps = t.s.ground.neighbours[u.cell][np.maximum(ways["step"], 0)]
    enemies = f.enemies[:, u.actor]
    fit = (places.cell != u.cell) & (ways["step"] >= 0) & f.holds[places.cell, u.actor]
    fit &= (enemies[places.cell] == 0) & (enemies[steps] == 0)
    return int(np.argmin(np.where(fit, ways["km"], np.inf))) if fit.any() else -1


def _retreat(t: Twin, unit: int, place: int) -> None:
    u = t.s.units[unit]
    step = int(t.s.ground.neighbours[u.cell, int(t.s.ways[u.cell, place]["step"])])
    t.halt(unit)
    t.leave(unit)
    t.enter(unit, step)
    if t.s.places.cell[place] != step:
        u.order, u.target = WITHDRAW, place


def rally(t: Twin) -> None:
    """Close a share of the gap between cohesion and confidence."""
    u = t.s.units[t.entity]
    goal = t.s.actors.confidence[u.actor]
    u.cohesion = (1 - t.p.rally_step) * u.cohesion + t.p.rally_step * goal
    t.tell(cell=u.cell, actor=u.actor, unit=t.entity, value=u.cohesion)


def march(t: Twin) -> None:
    """Let a unit arrive in the next cell, or on the map."""
    u = t.s.units[t.entity]
    t.tell(unit=t.entity, actor=u.actor, place=u.target, amount=u.waiting)
    cell = int(u.home if u.waiting else u.next_cell)
    if not u.waiting:
        t.leave(t.entity)
    u.waiting, u.next_cell, u.arrives = 0, -1, math.inf
    t.enter(t.entity, cell)
    if u.target >= 0 and t.s.places.cell[u.target] == cell:
        t.halt(t.entity)
    t.tell(cell=cell)


def seize(t: Twin) -> None:
    """Let a cell pass to whoever stands in it, or to whoever encloses it."""
    cell, visitor = t.entity, int(t.facts().occupant[t.entity])
    before = int(t.s.cells.control[cell])
    actor = visitor if visitor >= 0 else _encloses(t, cell)
    weight = t.change_control(cell, actor)
    first, villages = t.s.ground.first_place[cell], t.s.ground.villages[cell]
    t.tell(cell=cell, actor=actor, other=before, place=first, amount=villages, value=weight)


def _encloses(t: Twin, cell: int) -> int:
    """Return the last actor in the list that has taken ground beside a cell from its holder's side."""
    near = [k for k in t.s.ground.neighbours[cell] if k >= 0]
    foe, control = t.facts().foe[t.s.cells.control[cell]], t.s.cells.control
    taken = [
        control[k]
        for k in near
        if control[k] >= 0 and foe[control[k]] and control[k] != t.s.ground.control0[k]
    ]
    return int(max(taken))


def command(t: Twin) -> None:
    """Set the next round of orders and let the army know; the orders themselves are in `planning`."""
    a = t.s.actors[t.entity]
    if not a.alert:
        t.s.actors.alert[t.s.actors.commander == t.entity] = 1
    a.next_orders = t.w.t + t.p.command_interval * (0.5 + t.luck(1))
    t.tell(actor=t.entity)


def sortie(t: Twin) -> None:
    """Strike a unit that moves or fights, or a town behind the line."""
    actor, f, u = t.entity, t.facts(), t.s.units
    t.s.actors.sorties[actor] += 1
    rear, quantile = t.luck(1) < t.p.sortie_rear_share, t.luck(2)
    targets = np.flatnonzero(f.forward & f.foe[actor, u.actor])[::-1]
    unit = -1 if rear or not len(targets) else t.by_strength(list(targets), quantile)
    place = -1 if unit >= 0 else _town(t, actor, quantile)
    cell = int(u.cell[unit]) if unit >= 0 else int(t.s.places.cell[place]) if place >= 0 else -1
    lost = _hit(t, unit) if unit >= 0 else 0
    dead = 0
    if cell >= 0:
        dead = t.kill_civilians(cell, t.luck.poisson(4, t.p.sortie_civilians))
        t.alarm(cell, 1)
    t.tell(actor=actor, cell=cell, unit=unit, place=place, amount=lost, amount2=dead)


def _town(t: Twin, actor: int, quantile: float) -> int:
    """Return the hostile place in whose part of all their residents the quantile falls."""
    places = np.flatnonzero(t.facts().hostile[t.s.places.cell, actor])
    people = t.s.cells.residents[t.s.places.cell[places]]
    if people.sum() == 0:
        return -1
    return int(places[np.searchsorted(np.cumsum(people), quantile * people.sum(), side="right")])


def _hit(t: Twin, unit: int) -> int:
    lost = min(t.luck.poisson(3, t.p.sortie_kills), int(t.s.units.strength[unit]))
    dead = sum(t.luck(5 + k) < 1 / (1 + t.p.wounded_per_killed) for k in range(lost))
    t.shake_unit(unit, t.p.sortie_shock)
    t.lose(unit, "killed", dead)
    t.lose(unit, "wounded", lost - dead)
    return lost


def interdiction(t: Twin) -> None:
    """Strike a body of those whom the actor strikes, on the map or on its way."""
    n, u = len(t.s.actors), t.s.units
    struck = t.s.pairs.struck.reshape(n, n)[t.entity] != 0
    unit = t.by_strength(list(np.flatnonzero((u.strength > 0) & struck[u.actor])), t.luck(1))
    cell, delay = int(u.cell[unit]), t.p.interdiction_delay * bool(u.waiting[unit])
    t.tell(actor=t.entity, other=u.actor[unit], unit=unit, cell=cell, value=delay)
    lost = min(t.luck.poisson(2, t.p.interdiction_kills), int(u.strength[unit]))
    u.arrives[unit] += delay
    if cell >= 0:
        t.alarm(cell, 1)
    t.lose(unit, "killed", lost)
    t.tell(amount=lost)


def reinforce(t: Twin) -> None:
    """Let a body of fighters set out for its client."""
    x = t.s.links[t.entity]
    left = int(t.s.actors.reserve[x.actor]) - int(x.sent)
    size = max(1, min(math.floor(t.p.reinforce_size * (0.5 + t.luck(2))), left))
    arrives = t.w.t - t.p.reinforce_delay * math.log(t.luck(1))
    unit, entry = int(x.next_unit), int(t.s.places.cell[x.entry])
    seat = t.s.actors.seat[x.client]
    t.raise_unit(unit, size, entry if t.facts().holds[entry, x.client] else seat, arrives)
    x.next_unit, x.sent = unit + 1, x.sent + size
    t.tell(actor=x.actor, other=x.client, unit=unit, place=x.entry, amount=size, value=arrives)


def truce(t: Twin) -> None:
    """Begin a truce."""
    a, b = divmod(t.entity, len(t.s.actors))
    t.set_truce(a, b, 1, t.p.truce_compliance)
    t.tell(actor=a, other=b, value=t.p.truce_compliance)


def breach(t: Twin) -> None:
    """Count a violation, which may end the truce."""
    a, b = divmod(t.entity, len(t.s.actors))
    x = t.s.pairs[t.entity]
    x.violations += 1
    ends = not x.guaranteed and t.luck(1) < t.p.breach_end
    if ends:
        t.set_truce(a, b, 0, float(x.compliance))
    t.tell(actor=a, other=b, amount=ends, amount2=x.violations)


def join(t: Twin) -> None:
    """Open a front."""
    t.open_front(t.entity)
    t.tell(actor=t.entity, other=t.s.actors.rival[t.entity])


def flee(t: Twin) -> None:
    """Let a share of a cell's people leave for a quiet place, or the country."""
    cell, c = t.entity, t.s.cells[t.entity]
    near = [place for place in t.s.ground.near_places[cell] if place >= 0]
    shelters = _shelters(t, cell, near, own_side=True) or _shelters(t, cell, near, own_side=False)
    place = int(shelters[:3][int(t.luck(3) * min(3, len(shelters)))]) if shelters else -1
    number, abroad = t.luck.part(1, t.p.flee_share, int(c.residents)), 0
    if any(t.s.places.crossing[k] for k in near):
        abroad = t.luck.part(4, t.p.leave_share, number)
        t.count(cell, -abroad, 0)
        t.w.left_country += abroad
    if place >= 0:
        _settle(t, cell, place, number - abroad)
    t.tell(cell=cell, place=place, amount=number if place >= 0 else abroad, amount2=abroad)


def _shelters(t: Twin, cell: int, near: list[int], *, own_side: bool) -> list[int]:
    """Return the quiet places near a cell that somebody holds: its first holder's side, or anybody."""
    s, first = t.s, int(t.s.ground.control0[cell])
    bloc = s.actors.bloc
    found = []
    for place in near:
        there = int(s.places.cell[place])
        holder = int(s.cells.control[there])
        quiet = there != cell and s.cells.violence[there] == 0 and holder >= 0
        if quiet and (not own_side or first < 0 or bloc[holder] == bloc[first]):
            found.append(place)
    return found


def _settle(t: Twin, cell: int, place: int, number: int) -> None:
    t.relocate(cell, place)
    t.count(cell, -number, 0)
    t.away(cell, number)
    if t.s.places.cell[place] != cell:
        for home in t.guests_from(cell):
            t.relocate(home, place)


def return_home(t: Twin) -> None:
    """Bring a share of the absent home."""
    number = t.luck.part(1, t.p.return_share, int(t.s.cells.fled[t.entity]))
    t.away(t.entity, -number)
    t.count(t.entity, number, 0)
    t.tell(cell=t.entity, amount=number)


def dissolve(t: Twin) -> None:
    """End a government."""
    t.s.actors.dissolved[t.entity] = 1
    t.tell(actor=t.entity, value=t.s.actors.confidence[t.entity])


def day(t: Twin) -> None:
    """Let memories fade, armies take stock, and the weather change."""
    t.w.day += 1
    if t.w.day > 0:
        _forget(t)
        _take_stock(t)
    t.w.flyable = t.luck(1) < t.p.flyable_share
    t.tell(amount=t.w.day, value=t.w.flyable)


def _forget(t: Twin) -> None:
    c, cells = t.s.cells, t.stirred()
    left = c.violence[cells] * 0.5 ** (1 / t.p.violence_half_life)
    c.violence[cells] = np.where(left < 1, 0, left)
    t.w.first_stirred = -1
    for cell in cells:
        c.stirred[cell] = c.violence[cell] > 0 or c.fled[cell] > 0
        if c.stirred[cell]:
            c.next_stirred[cell], t.w.first_stirred = t.w.first_stirred, cell


def _take_stock(t: Twin) -> None:
    a = t.s.actors
    lost = a.killed + a.wounded + a.captured + a.deserted
    a.lost = lost / np.maximum(1, lost + a.present)
    a.momentum = a.momentum * 0.5 ** (1 / t.p.violence_half_life)
    gap = np.maximum(0, a.resolve - a.confidence)
    a.confidence = np.minimum(1, a.confidence + t.p.confidence_recovery * gap)


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


def measure(t: Twin) -> None:
    """Make a dated change; see `CHANGES`."""
    m = t.s.measures[t.entity]
    m.done = 1
    CHANGES[int(m.kind)](t, m)
    t.tell(actor=m.a, other=m.b, place=m.place, amount=m.kind, value=m.value)


def _set(name: str) -> Callable[[Twin, np.record], None]:
    def change(t: Twin, m: np.record) -> None:
        own = t.s.actors[f"own_{name}"][m.a]
        t.s.actors[name][m.a] = own if m.value < 0 else m.value

    return change


def _begin_truce(t: Twin, m: np.record) -> None:
    t.set_truce(int(m.a), int(m.b), 1, float(t.p.truce_compliance if m.value < 0 else m.value))


def _end_truce(t: Twin, m: np.record) -> None:
    t.set_truce(int(m.a), int(m.b), 0, 0.0)


def _guarantee(t: Twin, m: np.record) -> None:
    t.s.pairs.guaranteed[t.bound_by(int(m.a), int(m.b))] = m.value > 0


def _front(t: Twin, m: np.record) -> None:
    a = t.s.actors[m.a]
    a.barred = m.value == 0
    if m.value > 0 and a.stance == DORMANT and a.rival >= 0:
        t.open_front(int(m.a))
    elif m.value == 0 and a.stance == OFFENSIVE:
        a.stance = DEFENSIVE


def _cohesion(t: Twin, m: np.record) -> None:
    for unit in np.flatnonzero((t.s.units.actor == m.a) & (t.s.units.strength > 0)):
        t.shake_unit(int(unit), -m.value)


def _confidence(t: Twin, m: np.record) -> None:
    t.shake_actor(int(m.a), -m.value)


def _send(t: Twin, m: np.record) -> None:
    t.raise_unit(int(m.unit), int(m.value), int(t.s.places.cell[m.place]), float(t.w.t))


CHANGES = (
    _set("sorties_per_day"), _set("availability"), _set("restraint"), _begin_truce, _end_truce, _guarantee, _front,
    _cohesion, _confidence, _send,
)  # fmt: skip

EFFECTS: dict[Process, Callable[[Twin], None]] = {
    Process.MEASURE: measure, Process.DAY: day, Process.CASUALTY: casualty, Process.GIVE_WAY: give_way,
    Process.RALLY: rally, Process.MARCH: march, Process.SEIZE: seize, Process.COMMAND: command,
    Process.SORTIE: sortie, Process.INTERDICTION: interdiction, Process.REINFORCE: reinforce,
    Process.TRUCE: truce, Process.BREACH: breach, Process.JOIN: join, Process.FLEE: flee,
    Process.RETURN_HOME: return_home, Process.DISSOLVE: dissolve, Process.REPORT: report,
}  # fmt: skip
