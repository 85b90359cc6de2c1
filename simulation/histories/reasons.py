"""Causes as clauses of plain English, to follow the sentence of what happened."""

from __future__ import annotations

from simulation.histories import causes
from simulation.histories.causes import Break, Collapse, Departure, Fall, Mood, Terms
from simulation.outcomes.names import short_name
from simulation.wording.phrases import listed
from simulation.world.world import World

ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
LONG_AGO = 1.0
"""Days from which on it is said when a garrison left."""
MOST_SIDES = 0.5
SHAKEN, SPENT = 0.5, 0.2
"""Cohesion (0..1) from which on a unit is called shaken, and below which it has hardly any left."""


def fall_reason(world: World, fall: Fall, day: float, several: bool = False) -> str:
    """Return why a place fell, to follow "X falls to Y"; `several` speaks of more than one place."""
    them, their = ("them", "their garrisons") if several else ("it", "its garrison")
    if fall.left is None:
        inside = "" if fall.entered else ", and the land around was already lost"
        return f": nobody defended {them}{inside}"
    return f" {_leaving(world, fall.left, day, their)}"


def _leaving(world: World, left: Departure, day: float, garrison: str) -> str:
    when = f" on day {int(left.day)}" if day - left.day > LONG_AGO else ""
    if left.how == causes.BROKE and left.breaking is not None:
        what = f"{garrison} gave way" if left.units == 1 else f"the last of {left.units} units gave way"
        drivers = break_reason(left.breaking)
        return f"after {what}{when}{', ' + drivers if drivers else ''}"
    if left.how == causes.ORDERED_OUT:
        return f"after {garrison} had been ordered out{when}"
    if left.how == causes.DESTROYED:
        return f"after the last fighters of {garrison} were killed or wounded{when}"
    to = world.places[left.target] if left.target >= 0 else "elsewhere"
    errand = "sent to help hold" if left.how == causes.SENT else "sent to attack"
    return f"after {garrison} had been {errand} {to}{when}"


def break_reason(breaking: Break) -> str:
    """Return what made a unit give way, the strongest first; empty when nothing stands out."""
    return " and ".join(_driver(name, breaking) for name in breaking.drivers[:2])


def _driver(name: str, breaking: Break) -> str:
    if name == causes.ODDS:
        return f"outnumbered {odds_words(breaking.enemy / max(1, breaking.own))}"
    if name == causes.COHESION:
        return f"{_spirit(breaking.cohesion)} (cohesion {_hundredths(breaking.cohesion)})"
    if name == causes.FLANKS:
        return "with enemies on most sides" if breaking.flanks > MOST_SIDES else "with its flank open"
    return "taken by surprise"


def _spirit(cohesion: float) -> str:
    if cohesion >= SHAKEN:
        return "shaken"
    return "badly shaken" if cohesion >= SPENT else "with hardly any will left to hold"


def odds_words(odds: float) -> str:
    """Return odds above 1 as "three to one", to the nearest half below three."""
    if odds < 3 and round(2 * odds) % 2:
        return f"{ONES[int(odds)]} and a half to one"
    return f"{ONES[round(odds)]} to one" if odds < 10.5 else "more than ten to one"


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
    return f": {listed(parts)}"


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
