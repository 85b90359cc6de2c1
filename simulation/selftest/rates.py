"""A second opinion on every rate: the formula of each process's description, for all its entities at once.

Nothing here calls the compiled rules. Each function takes the facts of a state and returns one number per
entity: events per day, or for a timed process the day on which it is due.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulation.model.registry import Process
from simulation.model.state import PlaceKind, Stance
from simulation.selftest.facts import Facts

EVENING = 0.75


def casualty(f: Facts) -> np.ndarray:
    """Return losses per day by cell and actor."""
    p, ground = f.s.params[0], f.s.ground
    with np.errstate(divide="ignore", invalid="ignore"):
        fire = f.fighters * np.minimum(1, p.front_width / f.friends) * f.s.actors.kill_rate
        per_target = np.nan_to_num(fire / f.enemies, posinf=0)
    reaches = (1 - p.field_cover * f.field_shelter) * (1 - p.city_cover * ground.urban)
    losses = f.fighters * (per_target @ f.foe.T)
    attacking = np.where(f.hostile, p.attack_exposure, 1.0)
    return (losses * np.where(f.holds, reaches[:, None], attacking)).ravel()


def give_way(f: Facts) -> np.ndarray:
    """Return the rate at which each unit leaves its cell."""
    p, u, a = f.s.params[0], f.s.units, f.s.actors
    surprised = (a.stance[a.commander] == Stance.DEFENSIVE)[u.actor] & (a.alert[u.actor] == 0)
    shelter = np.maximum(f.field_shelter, f.s.ground.urban)[u.cell] * f.holds[u.cell, u.actor]
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = np.where(f.in_contact, np.log(f.enemies[u.cell, u.actor] / f.friends[u.cell, u.actor]), 0)
    pushed = p.give_way_cohesion * (1 - u.cohesion) + p.give_way_odds * odds + p.give_way_flanks * _flanks(f)
    log_rate = (
        pushed + p.give_way_surprise * surprised - p.give_way_shelter * shelter + _worn(f) - _steadied(f)
    )
    return np.where(f.in_contact | f.outflanked, p.give_way_rate * np.exp(np.nan_to_num(log_rate)), 0)


def _flanks(f: Facts) -> np.ndarray:
    """Return the share of hostile neighbours of each unit's cell; none count for an attacker with a way back."""
    u, near = f.s.units, f.s.ground.neighbours[f.s.units.cell]
    hostile, own = ((near >= 0) & of[near, u.actor[:, None]] for of in (f.hostile, f.holds))
    way_back = own.any(axis=1) & ~f.holds[u.cell, u.actor]
    return np.where(way_back, 0, hostile.sum(axis=1) / np.maximum(1, (near >= 0).sum(axis=1)))


def _steadied(f: Facts) -> np.ndarray:
    """Return the log-rate that free allies beside each unit, its aircraft and its kind of army take away."""
    p, u, a = f.s.params[0], f.s.units, f.s.actors
    beside = f.helpers[u.actor] & f.sides_around[u.cell]
    allies = np.where(beside, a.availability, 0).max(axis=1)
    return (
        p.allies_steady * p.give_way_allies * allies + p.give_way_air * a.air[u.actor] + a.endurance[u.actor]
    )


def _worn(f: Facts) -> np.ndarray:
    """Return the log-rate that bonds elsewhere, lost confidence and standing deep in others' land add to each unit."""
    p, u, a, ground = f.s.params[0], f.s.units, f.s.actors, f.s.ground
    bound = np.where(a.commander == np.arange(len(a)), 0, 1 - a.availability)
    first = ground.control0[u.cell]
    foreign = (first >= 0) & ~f.same[first, u.actor]
    depth = np.where(foreign, ground.depth_km[u.cell], 0)
    doubted = p.give_way_doubt * a.doubt[u.actor]
    return (
        doubted
        + p.give_way_unwilling * bound[u.actor]
        + p.give_way_overreach * depth / (depth + p.overreach_km)
    )


def rally(f: Facts) -> np.ndarray:
    """Return the rate at which each unit recovers or loses heart."""
    p, u = f.s.params[0], f.s.units
    apart = np.abs(f.s.actors.confidence[u.actor] - u.cohesion) >= p.rally_step**2
    return p.rally_rate * (apart & (u.cell >= 0) & ~f.in_contact)


def seize(f: Facts) -> np.ndarray:
    """Return the rate at which each cell passes: to whoever stands in it unopposed, or is all around it."""
    p, cells, urban = f.s.params[0], f.s.cells, f.s.ground.urban
    holder, visitor = cells.control, f.occupant
    kin = (f.fighters > 0) & f.same[holder]
    searched = p.seize_open_rate * (1 - urban) + p.seize_city_rate * urban
    hurried = searched * p.pursuit_pace ** f.s.actors.doubt[holder]
    walked_into = ~(kin & f.foe[visitor]).any(axis=1) * hurried
    swept = p.sweep_rate * f.laid_open * (1 - urban)
    besieged = (f.besieger >= 0) * searched
    unvisited = np.where((f.laid_open > 0) & (urban < 1), swept, besieged)
    rate = np.where(visitor >= 0, walked_into, unvisited)
    return np.where(holder >= 0, rate, 0)


def sortie(f: Facts) -> np.ndarray:
    """Return each actor's strikes per day."""
    a = f.s.actors
    aimed_at = (f.foe & ((a.stance == Stance.OFFENSIVE) & (a.present > 0))).any(axis=1)
    bases = f.s.places[f.s.places.kind == PlaceKind.BASE]
    had = f.same[bases.holder0] & (bases.holder0 >= 0)[:, None]
    has = f.same[bases.holder] & (bases.holder >= 0)[:, None]
    left = np.where(had.any(axis=0), np.minimum(1, has.sum(axis=0) / np.maximum(1, had.sum(axis=0))), 1)
    return a.sorties_per_day * f.s.world[0].flyable * left * (aimed_at & (a.dissolved == 0) & (a.fights != 0))


def interdiction(f: Facts) -> np.ndarray:
    """Return each outside power's strikes per day."""
    a, n = f.s.actors, len(f.s.actors)
    struck = f.s.pairs.struck.reshape(n, n) != 0
    truce = (struck & (f.s.pairs.truce.reshape(n, n) != 0)).any(axis=1)
    factor = np.where(truce, f.s.params[0].interdiction_truce_factor, 1)
    return a.sorties_per_day * factor * ((a.fights == 0) & (struck @ a.present > 0))


def reinforce(f: Facts) -> np.ndarray:
    """Return bodies per day over each link."""
    links, a = f.s.links, f.s.actors
    left = (a.availability * a.pool - a.sent >= 1)[links.actor] & (links.next_unit < links.last_unit)
    asked = left & (a.dissolved[links.client] == 0) & (a.alert[links.client] != 0)
    return f.s.params[0].reinforce_rate * a.availability[links.actor] * asked


def truce(f: Facts) -> np.ndarray:
    """Return the rate of a truce of each pair of actors."""
    p, a, n = f.s.params[0], f.s.actors, len(f.s.actors)
    rivals = (a.leads != 0)[:, None] & (a.rival[:, None] == np.arange(n)) & f.foe & (a.dissolved == 0)
    losses = (a.lost[:, None] + a.lost[None, :]) / 2
    own = p.truce_pressure * a.restraint - p.truce_momentum * a.momentum - p.truce_listed * (a.listed != 0)
    return (p.truce_rate * np.exp(p.truce_losses * losses + own[:, None]) * rivals).ravel()


def breach(f: Facts) -> np.ndarray:
    """Return violations per day of the truce of each pair."""
    x = f.s.pairs
    counted = (x.truce != 0) & (x.made_it != 0) & (x.hostile != 0)
    return f.s.params[0].breach_rate * (1 - x.compliance) * counted


def join(f: Facts) -> np.ndarray:
    """Return the rate at which each actor opens its front."""
    p, a = f.s.params[0], f.s.actors
    waits = (a.stance == Stance.DORMANT) & (a.barred == 0) & (a.rival >= 0) & (a.present > 0)
    return p.join_rate * np.exp(p.join_slope * f.lost_confidence[a.rival]) * (1 - a.restraint) * waits


def flee(f: Facts) -> np.ndarray:
    """Return departures per day from each cell."""
    p, c = f.s.params[0], f.s.cells
    return p.flee_rate * c.violence / (c.violence + p.flee_violence) * (c.residents + c.guests > 0)


def return_home(f: Facts) -> np.ndarray:
    """Return returns per day to each cell."""
    p, c = f.s.params[0], f.s.cells
    return p.return_rate * (
        (c.fled > 0) & (c.violence <= 0) & (f.s.world[0].day - c.quiet_since >= p.quiet_days)
    )


def dissolve(f: Facts) -> np.ndarray:
    """Return the rate at which each government stands down."""
    p, a = f.s.params[0], f.s.actors
    capital_cell = f.s.places.cell[a.capital]
    has, gone = a.capital >= 0, ~f.holds[capital_cell, np.arange(len(a))]
    lost = np.where(has & gone, 1.0, f.lost_confidence)
    provinces = np.maximum(0, 1 - a.seats_held / np.maximum(1, a.seats))
    pull = p.dissolve_provinces * provinces + p.dissolve_capital * np.where(has, a.threatened, 0)
    stands = (a.state != 0) & (a.fights != 0) & (a.seats > 0) & (a.dissolved == 0)
    return p.dissolve_rate * lost**p.dissolve_power * np.exp(pull) * stands


def measure(f: Facts) -> np.ndarray:
    """Return the day of each dated change that is still to come."""
    return np.where(f.s.measures.done != 0, np.inf, f.s.measures.day)


def day(f: Facts) -> np.ndarray:
    """Return the next midnight."""
    return np.array([f.s.world[0].day + 1.0])


def march(f: Facts) -> np.ndarray:
    """Return when each unit arrives; `simulation.selftest.routes` works that time out again."""
    return f.s.units.arrives


def command(f: Facts) -> np.ndarray:
    """Return each actor's next round of orders."""
    return f.s.actors.next_orders


def report(f: Facts) -> np.ndarray:
    """Return the evening of each actor's next claim, and the monitor's."""
    a = f.s.actors
    active = np.isin(a.stance, (Stance.DEFENSIVE, Stance.OFFENSIVE))
    party = (a.fights != 0) & (a.commander == np.arange(len(a))) & active
    return np.append(np.where(party, a.reported + EVENING, np.inf), f.s.world[0].reported + EVENING)


RATES: dict[Process, Callable[[Facts], np.ndarray]] = {
    Process.MEASURE: measure, Process.DAY: day, Process.CASUALTY: casualty, Process.GIVE_WAY: give_way,
    Process.RALLY: rally, Process.MARCH: march, Process.SEIZE: seize, Process.COMMAND: command,
    Process.SORTIE: sortie, Process.INTERDICTION: interdiction, Process.REINFORCE: reinforce,
    Process.TRUCE: truce, Process.BREACH: breach, Process.JOIN: join, Process.FLEE: flee,
    Process.RETURN_HOME: return_home, Process.DISSOLVE: dissolve, Process.REPORT: report,
}  # fmt: skip
