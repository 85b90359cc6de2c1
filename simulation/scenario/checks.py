"""Checks of a scenario against its world: names that must exist, and days within the run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from simulation.errors import MOST_KEPT, InputError
from simulation.io.origin import DataPath, LocatedData, where, wrong
from simulation.io.pydantic_messages import suggestion
from simulation.scenario.dated_change import Measure


def unknown_inputs(source: LocatedData, names: Iterable[str], known: Collection[str]) -> Iterator[InputError]:
    """Yield an error for each input that is neither a parameter of the model nor a quantity of an actor."""
    unknown = [name for name in names if name not in known]
    for name in unknown[:MOST_KEPT]:
        message = f"unknown input '{name}'{suggestion(name, known)}"
        yield wrong(source, ("inputs", name), message, inside=True)


def unknown_actors(
    source: LocatedData, measures: Mapping[int, Measure], known: Collection[str]
) -> Iterator[InputError]:
    """Yield an error for each unknown actor of measures, by their place in the list."""
    for index, measure in measures.items():
        yield from _unknown("actor", source, path_of(index, measure), measure.actors(), known)


def unknown_places(
    source: LocatedData, measures: Mapping[int, Measure], known: Collection[str]
) -> Iterator[InputError]:
    """Yield an error for each unknown place of measures, by their place in the list."""
    for index, measure in measures.items():
        yield from _unknown("place", source, path_of(index, measure), measure.places(), known)


def _unknown(
    what: str, source: LocatedData, path: DataPath, named: Mapping[DataPath, str], known: Collection[str]
) -> Iterator[InputError]:
    for field, name in named.items():
        if name not in known:
            yield wrong(source, (*path, *field), f"unknown {what} '{name}'{suggestion(name, known)}")


def too_late(source: LocatedData, index: int, measure: Measure, days: float) -> InputError:
    """Return the error of a measure that begins when the run is over; what to do where another file ends the run."""
    first_day = (*path_of(index, measure), "from_day")
    message = f"day {measure.from_day:g} is not within the run, which ends on day {days:g}"
    end = source.origin_of(("days",))
    if isinstance(end.file, Path) and end.file != source.origin_of(first_day).file:
        message += f" ({where(end)}); inherited measures are dropped by an item {{replace: all}}"
    return wrong(source, first_day, message)


def path_of(index: int, measure: Measure) -> DataPath:
    """Return the path of a measure in its scenario."""
    return "measures", index, measure.kind
