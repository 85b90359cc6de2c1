"""Checks of a scenario against its world: names that must exist, and days within the run."""

from __future__ import annotations

from collections.abc import Iterable

from simulation.io.origin import DataPath, LocatedData, wrong
from simulation.io.pydantic_messages import suggestion
from simulation.scenario.dated_change import Measure


def check_input_names(source: LocatedData, names: Iterable[str], known: Iterable[str]) -> None:
    """Refuse an input that is neither a parameter of the model nor a quantity of an actor."""
    allowed = set(known)
    for name in names:
        if name not in allowed:
            message = f"unknown input '{name}'{suggestion(name, allowed)}"
            raise wrong(source, ("inputs", name), message, inside=True)


def check_measures(
    source: LocatedData,
    measures: Iterable[Measure],
    actors: Iterable[str],
    places: Iterable[str],
    days: float,
) -> None:
    """Refuse a measure that names an unknown actor or place, or begins when the run is over."""
    known, named = tuple(actors), frozenset(places)
    for index, measure in enumerate(measures):
        path: DataPath = ("measures", index, measure.kind)
        _check_actors(source, path, measure, known)
        if not measure.from_day < days:
            message = f"day {measure.from_day:g} is not within the run, which ends on day {days:g}"
            raise wrong(source, (*path, "from_day"), message)
        for field, place in measure.places().items():
            _check_place(source, (*path, *field), place, named)


def _check_actors(source: LocatedData, path: DataPath, measure: Measure, actors: tuple[str, ...]) -> None:
    for field, actor in measure.actors().items():
        if actor not in actors:
            raise wrong(source, (*path, *field), f"unknown actor '{actor}'{suggestion(actor, actors)}")


def _check_place(source: LocatedData, path: DataPath, place: str, places: frozenset[str]) -> None:
    if place not in places:
        raise wrong(source, path, f"unknown place '{place}'{suggestion(place, places)}")
