"""Causes as clauses of plain English, to follow the sentence of what happened."""

from __future__ import annotations

import math

from simulation.histories import causes
from simulation.histories.causes import Break, Collapse, Fall, Mood, Terms
from simulation.histories.fall_reason import FallReason, Push, Will, pushes_of, reason_of, told_odds
from simulation.outcomes.names import short_name
from simulation.wording.phrases import listed
from simulation.world.world import World

ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WILLS = {
    Will.SHAKEN: "shaken",
    Will.BADLY_SHAKEN: "badly shaken",
    Will.SPENT: "with hardly any will left to hold",
}


MANNERS = {
    causes.FLED: "fled",
    causes.RETREATED: "retreated",
    causes.REPULSED: "broke off an attack",
    causes.CUT_OFF: "had no way out",
}
"""What a unit that gave way did, by the manner of the break."""
PUSHES = {
    causes.SURPRISE: "taken by surprise",
    causes.OUTFLANKED: "outflanked",
    causes.UNWILLING: "with its own side bound elsewhere",
    causes.DOUBT: "with its side's faith gone",
    causes.OVERREACH: "deep in land of the other side",
}
"""The words of drivers that have no numbers."""


def fall_reason(world: World, fall: Fall, day: float, several: bool = False) -> str:
    """Return why a place fell, to follow "X falls to Y"; `several` speaks of more than one place."""
    reason = reason_of(fall, day)
    them, their = ("them", "their garrisons") if several else ("it", "its garrison")
    if reason.how is None:
        inside = "" if reason.entered else ", and the land around was already lost"
        return f": nobody defended {them}{inside}"
    when = "" if reason.day is None else f" on day {reason.day}"
    return f" after {_leaving(world, reason, when, their)}"


def _leaving(world: World, reason: FallReason, when: str, garrison: str) -> str:
    if reason.how == causes.BROKE:
        did = MANNERS.get(reason.manner, "gave way")
        what = f"{garrison} {did}" if reason.units == 1 else f"the last of {reason.units} units {did}"
        drivers = " and ".join(map(_driver, reason.pushes))
        return f"{what}{when}{', ' + drivers if drivers else ''}"
    if reason.how == causes.ORDERED_OUT:
        return f"{garrison} had been ordered out{when}"
    if reason.how == causes.DESTROYED:
        return f"the last fighters of {garrison} were killed or wounded{when}"
    to = world.places[reason.target] if reason.target >= 0 else "elsewhere"
    if reason.how == causes.CALLED:
        return f"{garrison} had been called away to attack {to}{when}"
    errand = "sent to help hold" if reason.how == causes.SENT else "sent to attack"
    return f"{garrison} had been {errand} {to}{when}"


def break_reason(breaking: Break) -> str:
    """Return what made a unit give way, the strongest first; empty when nothing stands out."""
    return " and ".join(map(_driver, pushes_of(breaking)))


def _driver(push: Push) -> str:
    if push.driver == causes.ODDS:
        return f"outnumbered {odds_words(push.odds)}"
    if push.will is not None:
        return f"{WILLS[push.will]} (cohesion {push.cohesion} of 100)"
    if push.driver == causes.FLANKS:
        return "with enemies on most sides" if push.most_sides else "with its flank open"
    return PUSHES[push.driver]


def odds_words(odds: float) -> str:
    """Return odds above 1 as "three to one", to the nearest half below three."""
    told = told_odds(odds)
    if math.isinf(told):
        return "more than ten to one"
    return f"{ONES[int(told)]}{'' if told.is_integer() else ' and a half'} to one"


def truce_reason(world: World, terms: Terms, attacker: int, rival: int) -> str:
    """Return why a truce came, to follow "X and Y agree on a truce"."""
    first, second = short_name(world, attacker), short_name(world, rival)
    parts = [
        f"pressure from outside holds {first} back (restraint {_hundredths(terms.restraint)})"
    ] * terms.pressed
    parts.append(
        f"{_hundredths(terms.lost)} fighters of {first} and {_hundredths(terms.lost_by_rival)} of {second} "
        "are lost"
    )
    parts.append(f"the attackers have {'been gaining ground' if terms.winning else 'gained little'} lately")
    return f"{_terms(world, terms)}: {listed(parts)}"


def _terms(world: World, terms: Terms) -> str:
    """Return for how long a truce is, and whether both sides mean it."""
    until = ""
    if math.isfinite(terms.until):
        late = terms.until > world.scenario.days
        until = " for a fixed time, beyond the last day" if late else f" until day {math.ceil(terms.until)}"
    return f"{until}, which only one side means to observe" if terms.one_sided else until


def front_reason(world: World, mood: Mood, rival: int) -> str:
    """Return why a front opened, to follow "A front opens between X and Y"."""
    name = short_name(world, rival)
    if mood.decides:
        return f": {name} looks weak, {_hundredths(mood.lost)} parts of its confidence are gone"
    return f", although {name} still looks firm"


def collapse_reason(world: World, found: Collapse) -> str:
    """Return why a government stood down, to follow "its army dissolves"."""
    parts = [f"{_hundredths(found.lost)} parts of its confidence are gone"]
    if found.seats_lost:
        parts.append(f"{found.seats_lost} of its {found.seats} provincial capitals are lost")
    if found.capital >= 0 and (found.capital_lost or found.threatened):
        state = "is lost" if found.capital_lost else "is under threat"
        parts.append(f"{world.places[found.capital]} {state}")
    return f": {listed(parts)}"


def _hundredths(share: float) -> str:
    return f"{100 * share:.0f} of 100"
