"""The outcomes: what is measured on a history, each declared once with its words, unit, makers and value.

The columns of the table of outcomes, their labels, the sources of a result, the targets of `--until`, and the table
in docs/results.md all follow from `OUTCOMES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from simulation.model.daily_series import ActorGroup, DailySeries
from simulation.model.registry import Process
from simulation.model.state import ACTOR, WORLD, EndingKind
from simulation.outcomes.records import end_to_end

if TYPE_CHECKING:
    from simulation.engine.ensemble import History

S = DailySeries


class Batch:
    """Some histories side by side: `worlds` WORLD (histories,), `actors` ACTOR (histories, actors).

    `measures` (histories,) counts the dated changes of the scenario that were made.
    """

    def __init__(self, histories: Sequence[History]) -> None:
        """Lay the last records of the histories beside each other."""
        self.worlds = np.array([h.outcome.world for h in histories], WORLD)
        actors = end_to_end([h.outcome.actors for h in histories], ACTOR)
        self.actors = actors.reshape(len(histories), -1)
        self.measures = np.array([h.outcome.measures for h in histories])
        self._days = [h.outcome.daily for h in histories]

    @cached_property
    def last(self) -> np.ndarray:
        """The last pictures, f8 (histories, series, columns)."""
        return np.array([days[-1] for days in self._days])

    def on_day(self, day: int) -> np.ndarray:
        """Return the pictures of a day, or the last ones of shorter histories, f8 (histories, series, columns)."""
        return np.array([days[min(day, len(days) - 1)] for days in self._days])

    def most(self, series: DailySeries, column: int) -> np.ndarray:
        """Return the highest value of a series at any midnight, f8 (histories,)."""
        return np.array([days[:, series, column].max() for days in self._days])


Value = Callable[[Batch, list[int]], np.ndarray]
"""Takes an outcome from some histories, (histories,), over columns of the picture or over actors."""


@dataclass(frozen=True, kw_only=True)
class OutcomeVariable:
    """One outcome; a `name` that ends with an underscore stands for one column for each actor of `of`.

    `label` has {} for the actor; `made_by` are the processes whose events add up to it, `begins_with` the columns
    of the map that it is counted from on day 0; `value` takes it from histories over all of `of`, or over one.
    """

    name: str
    label: str
    unit: str
    made_by: tuple[Process, ...]
    value: Value
    of: ActorGroup = ActorGroup.EVERYBODY
    begins_with: tuple[str, ...] = ()

    @property
    def per_actor(self) -> bool:
        """Whether there is one column for each actor."""
        return self.name.endswith("_")

    @property
    def makers(self) -> tuple[str, ...]:
        """The names of the processes that make it."""
        return names_of(self.made_by)


def names_of(processes: Iterable[Process]) -> tuple[str, ...]:
    """Return the names of processes, as their files have them."""
    return tuple(process.name.lower() for process in processes)


def _in_the_end(field: str) -> Value:
    """Return the sum of a field of the last records of actors."""
    return lambda batch, who: batch.actors[field][:, who].sum(axis=1)


def _events(batch: Batch, who: list[int]) -> np.ndarray:
    """Return how many events happened; what the scenario sets beforehand is none, whether it has an effect or not."""
    found: np.ndarray = batch.worlds["events"] - batch.measures
    return found


def _of_world(field: str) -> Value:
    """Return a field of the last record of the world."""
    return lambda batch, who: batch.worlds[field]


def _at_last(series: DailySeries) -> Value:
    """Return the sum of a series in the last picture."""
    return lambda batch, who: batch.last[:, series, who].sum(axis=1)


def _by_day(series: DailySeries, day: int) -> Value:
    """Return the sum of a series in the picture of a day, or in the last one of a shorter history."""
    return lambda batch, who: batch.on_day(day)[:, series, who].sum(axis=1)


def _at_most(series: DailySeries) -> Value:
    """Return the highest value of a series of a single column."""
    return lambda batch, who: batch.most(series, who[0])


def _counted(field: str, label: str, series: DailySeries) -> OutcomeVariable:
    """Return the outcome of each actor's fighters that have met one fate by the end."""
    return OutcomeVariable(
        name=f"fighters_{field}_",
        label=label,
        unit=series.unit,
        made_by=series.made_by,
        value=_in_the_end("present" if field == "left" else field),
        of=ActorGroup.FIGHTERS,
    )


def _held(series: DailySeries) -> OutcomeVariable:
    """Return the outcome of what each actor holds at the end."""
    return OutcomeVariable(
        name=f"{series.key}_",
        label=f"{series.bare_label} at the end, {{}}",
        unit=series.unit,
        made_by=series.made_by,
        begins_with=series.begins_with,
        value=_at_last(series),
        of=ActorGroup.HOLDERS,
    )


def _within(name: str, label: str, series: DailySeries, day: int, of: ActorGroup) -> OutcomeVariable:
    """Return the outcome of a series by the end of a day, which the documents speak of."""
    return OutcomeVariable(
        name=name, label=label, unit=series.unit, made_by=series.made_by, value=_by_day(series, day), of=of
    )


_DECLARED = (
    OutcomeVariable(
        name="end_day",
        label="day on which the history ends",
        unit="days",
        made_by=tuple(sorted({process for kind in EndingKind for process in kind.made_by})),
        value=_of_world("end_day"),
    ),
    OutcomeVariable(
        name="events",
        label="events",
        unit="events",
        made_by=tuple(process for process in Process if process is not Process.MEASURE),
        value=_events,
    ),
    _counted("killed", "fighters killed, {}", S.KILLED),
    _counted("wounded", "wounded fighters who have not returned by the end, {}", S.WOUNDED),
    _counted("captured", "fighters captured, {}", S.CAPTURED),
    _counted("deserted", "fighters who deserted, {}", S.DESERTED),
    _counted("left", "fighters left at the end, {}", S.FIGHTERS_PRESENT),
    _held(S.AREA_KM2),
    _held(S.PEOPLE_HELD),
    OutcomeVariable(
        name="civilians_killed",
        label="civilians killed",
        unit="people",
        made_by=S.CIVILIANS_KILLED.made_by,
        value=_of_world("civilians_killed"),
    ),
    OutcomeVariable(
        name="displaced_peak",
        label="people displaced, highest number at one time",
        unit="people",
        made_by=S.DISPLACED.made_by,
        value=_at_most(S.DISPLACED),
    ),
    OutcomeVariable(
        name="displaced_end",
        label="people displaced at the end",
        unit="people",
        made_by=S.DISPLACED.made_by,
        value=_at_last(S.DISPLACED),
    ),
    OutcomeVariable(
        name="fighters_sent",
        label="fighters sent onto the map",
        unit=S.ARRIVED.unit,
        made_by=S.ARRIVED.made_by,
        value=_in_the_end("arrived"),
        of=ActorGroup.ACTORS,
    ),
    OutcomeVariable(
        name="sorties_total",
        label="air and artillery strikes",
        unit="strikes",
        made_by=S.SORTIES.made_by,
        value=_in_the_end("sorties"),
        of=ActorGroup.ACTORS,
    ),
    _within(
        "villages_taken_day2",
        "villages taken by the attackers within 48 hours",
        S.VILLAGES_TAKEN,
        2,
        ActorGroup.ATTACKERS,
    ),
    _within(
        "bases_taken_day2",
        "bases taken by the attackers within 48 hours",
        S.BASES_TAKEN,
        2,
        ActorGroup.ATTACKERS,
    ),
    _within(
        "fighters_captured_day2", "fighters captured within 48 hours", S.CAPTURED, 2, ActorGroup.DEFENDERS
    ),
    _within("displaced_day2", "people displaced after 48 hours", S.DISPLACED, 2, ActorGroup.EVERYBODY),
    _within("fighters_killed_day1", "fighters killed within 24 hours", S.KILLED, 1, ActorGroup.ACTORS),
)
OUTCOMES: Mapping[str, OutcomeVariable] = {each.name: each for each in _DECLARED}
"""All outcomes by name, in the order of their columns."""

CIVILIAN_OUTCOMES = ("civilians_killed", "displaced_peak")
"""Outcomes that say what happens to civilians."""
IN_SUMMARY = (*CIVILIAN_OUTCOMES, "end_day", "fighters_killed_")
"""Outcomes in the summary on the terminal."""
SURVIVORS = "fighters_left_"
"""Shown as well where no place can fall."""
IN_REPORT = (*CIVILIAN_OUTCOMES, "displaced_day2", "villages_taken_day2", "sorties_total", "end_day")
"""Outcomes whose distribution the report shows."""


def columns_of(
    whose: Mapping[ActorGroup, Sequence[int]], actors: Sequence[str]
) -> Iterator[tuple[str, OutcomeVariable, list[int]]]:
    """Yield each column with its outcome and whom it is taken over, in the order of the table.

    All columns of an actor stand together.
    """
    for per_actor, group in groupby(OUTCOMES.values(), key=lambda each: each.per_actor):
        declared = list(group)
        if not per_actor:
            yield from ((each.name, each, list(whose[each.of])) for each in declared)
            continue
        for k, actor in enumerate(actors):
            yield from ((f"{each.name}{actor}", each, [k]) for each in declared if k in whose[each.of])
