"""Measures and inputs of a scenario in words, for people who read no YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulation.scenario.inputs import Input
from simulation.scenario.measures import Measure

NOT_SET = "not set"
Names = Mapping[str, str]
"""Short names of actors by id."""


def measure_name(measure: Measure, names: Names) -> str:
    """Return what a measure is, without its numbers: "the bombardment by Russia"."""
    return _NAMES[measure.kind](measure, names)


def measure_words(measure: Measure, names: Names) -> str:
    """Return a measure with numbers and days: "the bombardment by Russia: 40 strikes a day from day 3"."""
    return named(measure_name(measure, names), measure_detail(measure))


def measure_detail(measure: Measure) -> str:
    """Return a measure's numbers and days without its name: "40 strikes a day from day 3"."""
    detail = _DETAILS.get(measure.kind, lambda m: "")(measure)
    return " ".join(part for part in (detail, _when(measure)) if part)


def named(name: str, detail: str) -> str:
    """Return what a measure is called and its numbers together."""
    return f"{name}: {detail}"


def absent_words(measure: Measure, inputs: Mapping[str, Input]) -> str:
    """Return what holds where a measure is not set: "not set; strikes as the actor's input says: 0 a day"."""
    if measure.kind not in _OWN:
        return f"{NOT_SET}; {_ABSENT[measure.kind]}"
    field, quantity, what = _OWN[measure.kind]
    own = inputs.get(f"{getattr(measure, field)}_{quantity}")
    words = "none" if own is None else input_words(own)
    return f"{NOT_SET}; {what} as the actor's input says: {words}"


def input_words(each: Input, digits: int = 6) -> str:
    """Return the distribution or the number of an input, with its unit."""
    unit = _UNITS.get(each.unit, f" {each.unit}")
    if each.dist is None:
        return f"{each.value:.{digits}g}{unit}"
    low, high = (f"{end:.{digits}g}" for end in each.support())
    if each.dist in _SHAPELESS:
        return f"{_SHAPELESS[each.dist]} {low} to {high}{unit}"
    if each.dist == "triang":
        likeliest = each.support()[0] + each.parameters["c"] * (each.support()[1] - each.support()[0])
        return f"from {low} to {high}{unit}, likeliest {likeliest:.{digits}g}"
    shapes = ", ".join(f"{name} {value:.{digits}g}" for name, value in each.parameters.items())
    return f"{each.dist} from {low} to {high}{unit} ({shapes})"


def _when(measure: Any) -> str:
    begin = "from the start" if measure.from_day == 0 else f"from day {measure.from_day:g}"
    if not hasattr(measure, "until_day"):
        return f"on day {measure.from_day:g}"
    return begin if measure.until_day is None else f"{begin} to day {measure.until_day:g}"


def _pair(measure: Any, names: Names) -> str:
    return " and ".join(names.get(actor, actor) for actor in measure.between)


def _of(text: str) -> Callable[[Any, Names], str]:
    return lambda m, names: text.format(
        of=names.get(getattr(m, "of", ""), ""), by=names.get(getattr(m, "by", ""), "")
    )


def _shifts(measure: Any) -> str:
    given = [(name, getattr(measure, name)) for name in ("cohesion", "confidence")]
    return " and ".join(f"{name} {shift:+g}" for name, shift in given if shift)


_UNITS = {"1": "", "1/day": " a day"}
_SHAPELESS = {"uniform": "evenly from", "loguniform": "evenly on a logarithmic scale from"}
_NAMES: dict[str, Callable[[Any, Names], str]] = {
    "ceasefire": lambda m, names: f"the ceasefire of {_pair(m, names)}",
    "breach": lambda m, names: f"the end of the truce of {_pair(m, names)}",
    "guarantee": lambda m, names: f"the guarantee for the truce of {_pair(m, names)}",
    "bombardment": lambda m, names: (
        f"the {'bombardment' if m.sorties_per_day else 'end of strikes'} by {names.get(m.by, m.by)}"
    ),
    "distraction": _of("the availability of {of}"),
    "restraint": _of("the restraint of {of} by {by}"),
    "reinforcement": lambda m, names: f"the reinforcement by {names.get(m.of, m.of)} at {m.at}",
    "front": lambda m, names: f"the {'open' if m.open else 'quiet'} front of {names.get(m.of, m.of)}",
    "morale": _of("the change in morale of {of}"),
}


def _part(share: float) -> str:
    """Return a share of 0 to 1 in words where it is none or all."""
    return {0.0: "none", 1.0: "all"}.get(share, f"{share:.3g}")


_DETAILS: dict[str, Callable[[Any], str]] = {
    "ceasefire": lambda m: f"kept to {m.compliance:.3g} (1 is wholly)",
    "bombardment": lambda m: f"{m.sorties_per_day:g} strikes a day",
    "distraction": lambda m: f"{_part(m.availability)} of its means are free",
    "restraint": lambda m: f"strength {m.strength:.3g} (1 is complete)",
    "reinforcement": lambda m: f"{m.fighters:,} fighters",
    "morale": _shifts,
}
_OWN = {
    "bombardment": ("by", "sorties_per_day", "strikes"),
    "distraction": ("of", "availability", "availability"),
    "restraint": ("of", "restraint", "restraint"),
}
"""Measures that stand in the place of an actor's own number: which actor, which number, and how it is called."""
_ABSENT = {
    "ceasefire": "the two may still agree on one",
    "breach": "a truce may still end by itself",
    "guarantee": "a truce may end",
    "reinforcement": "allies send what they send by themselves",
    "front": "it opens or stays quiet by itself",
    "morale": "no shift",
}
