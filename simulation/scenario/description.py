"""Measures and inputs of a scenario in words, for people who read no YAML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulation.scenario.dated_change import Measure, Names, PairMeasure, period_words
from simulation.scenario.distributions import DISTRIBUTIONS
from simulation.scenario.in_force import Period
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.inputs import Input
from simulation.wording.phrases import listed

NOT_SET = "not set"


def measure_words(measure: Measure, names: Names) -> str:
    """Return a measure with numbers and days: "the bombardment by the air force: 40 strikes a day from day 3"."""
    return named(measure.name(names), measure_detail(measure))


def measure_detail(measure: Measure) -> str:
    """Return a measure's numbers and days without its name: "40 strikes a day from day 3"."""
    return " ".join(part for part in (measure.detail(), measure.when()) if part)


def in_force_words(found: Sequence[Period], measures: Sequence[Measure], names: Names) -> str:
    """Return what of one number is in force when: "40 strikes a day from day 2 to day 4, 80 strikes a day from day 4".

    `found` are its periods, in order, among the measures; one not called as the one before is named.
    """
    before = (found[0], *found)
    return ", ".join(
        _in_force(each, measures, names, last) for each, last in zip(found, before, strict=False)
    )


def _in_force(period: Period, measures: Sequence[Measure], names: Names, last: Period) -> str:
    measure, before = measures[period.what.at], measures[last.what.at]
    detail = f"{measure.detail()} {period_words(period.begin, period.end)}".lstrip()
    return detail if _is_alike(measure, before, names) else named(measure.name(names), detail)


def _is_alike(one: Measure, other: Measure, names: Names) -> bool:
    """Return whether two measures are called the same; of a pair, in either order."""
    if isinstance(one, PairMeasure) and isinstance(other, PairMeasure) and one.kind == other.kind:
        return set(one.between) == set(other.between)
    return one.name(names) == other.name(names)


def named(name: str, detail: str) -> str:
    """Return what a measure is called and its numbers together."""
    return f"{name}: {detail}"


def absent_words(measure: Measure, inputs: Mapping[str, Input]) -> str:
    """Return what holds where a measure is not set: "not set; strikes as the actor's input says: 0 a day"."""
    if measure.own is None:
        return f"{NOT_SET}; {measure.absent}"
    field, quantity, what = measure.own
    own = inputs.get(f"{getattr(measure, field)}_{quantity}")
    words = "none" if own is None else input_words(own)
    return f"{NOT_SET}; {what} as the actor's input says: {words}"


def input_words(each: Input, digits: int = 6) -> str:
    """Return the distribution or the number of an input, with its unit."""
    unit = _UNITS.get(each.unit, f" {each.unit}")
    if each.dist is None:
        return f"{each.value:.{digits}g}{unit}"
    if DISTRIBUTIONS[each.dist].discrete:
        return _discrete_words(each, unit, digits)
    low, high = (f"{end:.{digits}g}" for end in each.support())
    if each.dist in _SHAPELESS:
        return f"{_SHAPELESS[each.dist]} {low} to {high}{unit}"
    if each.dist == "triang":
        likeliest = each.support()[0] + each.parameters["c"] * (each.support()[1] - each.support()[0])
        return f"from {low} to {high}{unit}, likeliest {likeliest:.{digits}g}"
    shapes = ", ".join(f"{name} {value:.{digits}g}" for name, value in each.parameters.items())
    return f"{each.dist} from {low} to {high}{unit} ({shapes})"


def _discrete_words(each: Input, unit: str, digits: int) -> str:
    """Return what a discrete input can be: "0 (probability 0.5) or 1 (0.5)"."""
    chances = [f"{value:.{digits}g} ({chance:.{digits}g})" for value, chance in each.chances()]
    chances[0] = chances[0].replace("(", "(probability ")
    return f"{_either(chances)}{unit}"


def _either(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


def range_words(each: Input) -> str:
    """Return what an input can be without how likely it is: "0 to 2", or of a discrete one "0 or 1"."""
    if each.dist is not None and DISTRIBUTIONS[each.dist].discrete:
        return _either([f"{value:g}" for value, _ in each.chances()])
    return "{:g} to {:g}".format(*each.support())


def group_words(group: InputGroup, inputs: Mapping[str, Input]) -> str:
    """Return the members of a group and how closely they go together, in words."""
    members = [
        f"{inputs[name].label or name}{' (turned round)' if sign < 0 else ''}"
        for name, sign in group.signs.items()
    ]
    return f"{listed(members)}, with correlation {group.correlation:g}"


_UNITS = {"1": "", "1/day": " a day"}
_SHAPELESS = {"uniform": "evenly from", "loguniform": "evenly on a logarithmic scale from"}
