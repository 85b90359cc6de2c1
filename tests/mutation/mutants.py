"""Planted errors of 5 %: for each process its rate or due time, one number of its effect, one draw, and its waits;
and every number by which a commander chooses; of some of his choices a condition is left out.

Each is one exact replacement in one file; `planted` fails loudly where the text does not stand exactly once.
"""

from __future__ import annotations

from code_map import CLOCKS, CONTROL, DISPATCH, PLANNING, PROCESSES, VIEW
from mutant import Mutant
from terms import TERMS

from simulation.model.registry import Process


def _rate(process: Process) -> Mutant:
    name = process.name.lower()
    told = f"{name}.{'due' if process.timed else 'rate'}(s, e))"
    return Mutant(process, "rate", DISPATCH, f"tell(s, {told}", f"tell(s, 1.05 * {told}")


def _wait(process: Process) -> Mutant:
    old = "c.hazard = exponential(u)"
    return Mutant(process, "wait", CLOCKS, old, f"{old} * (1.05 if c.process == {process.value} else 1.0)")


def _own(process: Process, kind: str, old: str, new: str) -> Mutant:
    return Mutant(process, kind, f"{PROCESSES}/{process.name.lower()}.py", old, new)


def _times(process: Process, kind: str, old: str, file: str | None = None) -> Mutant:
    """Return the mutant in which a term is 5 % larger."""
    return Mutant(process, kind, file or f"{PROCESSES}/{process.name.lower()}.py", old, f"1.05 * {old}")


P = Process
EFFECTS = (
    _own(P.MEASURE, "effect", "_or_own(m.value, a.own_sorties", "_or_own(1.05 * m.value, a.own_sorties"),
    _times(P.DAY, "effect", "memory * 2"),
    _times(P.CASUALTY, "effect", "p.casualty_shock /"),
    _own(P.GIVE_WAY, "effect", "(s, near, actor, m * p", "(s, near, actor, 1.05 * m * p"),
    _own(P.RALLY, "effect", "cohesion + step *", "cohesion + 1.05 * step *"),
    _times(P.MARCH, "effect", "drag * ruggedness"),
    _times(P.SEIZE, "effect", "weight * s.params[0].place_shock", CONTROL),
    _own(P.SEIZE, "orders", "a.next_orders = s.world[0].t", "a.next_orders = 1.05 * s.world[0].t"),
    _times(P.COMMAND, "effect", "s.params[0].fog * noise", VIEW),
    _own(P.SORTIE, "effect", "p.sortie_kills, p.sortie_shock", "p.sortie_kills, 1.05 * p.sortie_shock"),
    _own(P.INTERDICTION, "effect", "u.arrives += p", "u.arrives += 1.05 * p"),
    _own(P.REINFORCE, "effect", "+ p.reinforce_delay /", "+ 1.05 * p.reinforce_delay /"),
    _own(P.TRUCE, "effect", "set_truce(s, a, b, 1, c", "set_truce(s, a, b, 1, 1.05 * c"),
    _own(P.BREACH, "effect", "set_truce(s, a, b, 0, p", "set_truce(s, a, b, 0, 1.05 * p"),
    _own(P.JOIN, "effect", "s.world[0].t, max", "1.05 * s.world[0].t, max"),
    _own(P.FLEE, "effect", "p.flee_share, c", "1.05 * p.flee_share, c"),
    _own(P.RETURN_HOME, "effect", "s.params[0].return_share, s", "1.05 * s.params[0].return_share, s"),
    _own(P.DISSOLVE, "effect", "= entity, s.", "= entity, 1.05 * s."),
    _own(P.REPORT, "effect", "+ error / 2", "+ 1.05 * error / 2"),
)  # fmt: skip
DRAWS = (
    _times(P.DAY, "draw", "luck(s, WEATHER)"),
    _times(P.CASUALTY, "draw", "luck(s, FATE)"),
    _times(P.GIVE_WAY, "draw", "luck(s, CAPTURED)"),
    _times(P.COMMAND, "draw", "luck(s, PACE)"),
    _times(P.SORTIE, "draw", "luck(s, REAR)"),
    _times(P.INTERDICTION, "draw", "luck(s, LOSSES)"),
    _times(P.REINFORCE, "draw", "exponential(luck(s, DELAY))"),
    _times(P.BREACH, "draw", "luck(s, END)"),
    _own(P.FLEE, "draw", "luck(s, SHARE), luck", "1.05 * luck(s, SHARE), luck"),
    _own(P.RETURN_HOME, "draw", "luck(s, SHARE), luck", "1.05 * luck(s, SHARE), luck"),
    _own(P.REPORT, "draw", "normal(u, v)", "1.05 * normal(u, v)"),
)


def _choice(file: str, label: str, old: str, new: str = "", kind: str = "choice") -> Mutant:
    """Return the mutant in which a number of a choice is 5 % larger, by default the first in the text."""
    return Mutant(Process.COMMAND, kind, f"{PLANNING}/{file}.py", old, new or f"1.05 * {old}", label)


CHOICES = (
    _choice("attack", "weight", "weight * chance", kind="rule"),
    _choice("attack", "odds-rule", "odds * enemy)", kind="rule"),
    _choice("attack", "pause-rule", "days * (1", kind="rule"),
    _choice("commitment", "appetite-rule", "(appetite + drawn_in)", "(1.05 * appetite + drawn_in)", kind="rule"),
    _choice("threats", "threat-rule", "min(1.0, enemy / own)", "min(1.0, 1.05 * enemy / own)", kind="rule"),
    _choice("attack", "odds", "odds * enemy)"),
    _choice("attack", "distance", "(km + cell_km)", "(1.05 * km + cell_km)"),
    _choice("attack", "own", "own / (own + odds", "own / (1.05 * own + odds"),
    _choice("attack", "ready", "total += u.strength", "total += 1.05 * u.strength"),
    _choice("attack", "reach", "s.params[0].attack_reach"),
    _choice("attack", "axes", "axes_at_most(p.attack_axes", "axes_at_most(1.05 * p.attack_axes"),
    _choice("attack", "pursuit", "axes * (1 + pursuit_axes", "axes * (1 + 1.05 * pursuit_axes"),
    _choice("attack", "pause", "pause_after(p.pause_days", "pause_after(1.05 * p.pause_days"),
    _choice("attack", "depth", "pursuit_depth * rival_lost)", "1.05 * pursuit_depth * rival_lost)"),
    _choice("attack", "depth-rule", "pursuit_depth * rival_lost)", "1.05 * pursuit_depth * rival_lost)", kind="rule"),
    _choice("attack", "next-blow", "return s.world[0].t <", "return 1.05 * s.world[0].t <"),
    _choice("attack", "sector", "s.ways[cell, place].km > s.params[0].threat_reach",
            "1.05 * s.ways[cell, place].km > s.params[0].threat_reach"),
    _choice("attack", "in-sector", "s, unit, place, s.params[0].threat_reach) ==",
            "s, unit, place, 1.05 * s.params[0].threat_reach) =="),
    _choice("attack", "massed", "wanted = s.params[0].attack_odds", "wanted = 1.05 * s.params[0].attack_odds"),
    _choice("attack", "on-the-way", "defended and s.places[first].weight > 0", "s.places[first].weight > 0"),
    _choice("commitment", "appetite", "(appetite + drawn_in)", "(1.05 * appetite + drawn_in)"),
    _choice("commitment", "exploitation", "(1 - appetite) * exploitation"),
    _choice("commitment", "restraint", "(1 - restraint)", "(1 - 1.05 * restraint)"),
    _choice("commitment", "relief", "left = 1 - relief", "left = 1 - 1.05 * relief"),
    _choice("commitment", "spent-part", "spent / fighters", "1.05 * spent / fighters"),
    _choice("commitment", "counter-share", "p.counter_share"),
    _choice("gathering", "gather-days", "s.params[0].gather_days"),
    _choice("gathering", "gather-share", "s.params[0].gather_share"),
    _choice("gathering", "falls-due", ">= u.falls_due", ">= 1.05 * u.falls_due"),
    _choice("gathering", "exploits", "(1 - s.params[0].exploitation", "(1 - 1.05 * s.params[0].exploitation"),
    _choice("gathering", "wins", "a.momentum >", "1.05 * a.momentum >"),
    _choice("gathering", "called", "].called += u.strength", "].called += 1.05 * u.strength"),
    _choice("gathering", "gathered", "].gathered += u.strength", "].gathered += 1.05 * u.strength"),
    _choice("commitment", "in-flight", "> s.params[0].in_flight", "> 1.05 * s.params[0].in_flight"),
    _choice("gathering", "in-stride", "s.units[first].strength >= wanted", "s.units[first].strength >= 1.05 * wanted"),
    _choice("gathering", "wanted", "wanted, x = odds", "wanted, x = 1.05 * odds"),
    _choice("gathering", "sent", "x.assigned += s.units[unit].strength", "x.assigned += 1.05 * s.units[unit].strength"),
    _choice("gathering", "on-their-way", "[u.target].assigned += u.strength",
            "[u.target].assigned += 1.05 * u.strength"),
    _choice("gathering", "assembly", " and opposed_strength(s, s.places[near].cell, commander) == 0", " "),
    _choice("view", "call-mobile", "max(reach, p.reserve_reach)", "max(reach, 1.05 * p.reserve_reach)"),
    _choice("view", "call-local", "else reach)", "else 1.05 * reach)"),
    _choice("view", "fog", "s.params[0].fog * noise"),
    _choice("view", "seen", "x.error *"),
    _choice("view", "spent-share", "p.spent_share *"),
    _choice("view", "spent-cohesion", "p.spent_cohesion"),
    _choice("view", "availability", "s.actors[u.actor].availability"),
    _choice("view", "only-guard", " and not _only_guard(s, unit)", " "),
    _choice("view", "guards", "allied_strength(s, u.cell, u.actor) > u",
            "1.05 * allied_strength(s, u.cell, u.actor) > u"),
    _choice("view", "town", "x.weight >= s.params[0].guard_weight", "x.weight >= 1.05 * s.params[0].guard_weight"),
    _choice("view", "help-barred", "hostile_cell(s, u.actor, step) or ", " "),
    _choice("threats", "threat-reach", "> s.params[0].threat_reach:", "> 1.05 * s.params[0].threat_reach:"),
    _choice("threats", "threat", "].threat += fighters", "].threat += 1.05 * fighters"),
    _choice("threats", "threat-share", "min(1.0, enemy / own)", "min(1.0, 1.05 * enemy / own)"),
    _choice("threats", "alarm", ".cell, events)", ".cell, 1.05 * events)"),
    _choice("defence", "defence-odds", "s.params[0].defence_odds"),
    _choice("defence", "shortfall", "x.weight * missing_at"),
    _choice("defence", "under-way", "].assigned += u.strength", "].assigned += 1.05 * u.strength"),
    _choice("defence", "help", "sent += u.strength", "sent += 1.05 * u.strength"),
    _choice("defence", "stands-firm", "s.params[0].evacuate_confidence"),
    _choice("counter_attack", "counter-odds", "wanted = p.counter_odds", "wanted = 1.05 * p.counter_odds"),
    _choice("counter_attack", "counter-called", "best, p.counter_odds,", "best, 1.05 * p.counter_odds,"),
    _choice("counter_attack", "counter-reserve", "total += u.strength", "total += 1.05 * u.strength"),
    _choice("counter_attack", "counter-assigned", "+ s.places[best].assigned >=",
            "+ 1.05 * s.places[best].assigned >="),
    _choice("counter_attack", "counter-reach", "s.params[0].counter_reach"),
    # Less, for the nearest are called first: nobody farther than the reserve that was counted is ever needed.
    _choice("counter_attack", "counter-sent", "p.counter_reach, False", "0.95 * p.counter_reach, False"),
    _choice("counter_attack", "counter-weight", "place, s.places[place].weight)",
            "place, 1 / s.places[place].weight)"),
    _choice("evacuation", "evacuate-odds", "p.evacuate_odds"),
    _choice("evacuation", "evacuate-friends", "allied_strength(s, u.cell, u.actor)"),
    _choice("evacuation", "evacuate-confidence", "p.evacuate_confidence"),
    _choice("evacuation", "cut-off-reach", "s.params[0].cut_off_reach"),
    _choice("evacuation", "cut-off", " or is_cut_off(s, unit)", " "),
)  # fmt: skip
MUTANTS = (
    *(_rate(process) for process in Process),
    *EFFECTS,
    *DRAWS,
    *CHOICES,
    *TERMS,
    *(_wait(process) for process in Process if not process.timed),
)
