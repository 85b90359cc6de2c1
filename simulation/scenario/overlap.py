"""Measures that set the same number at the same time: which of them counts, and from when to when."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from simulation.scenario.dated_change import Measure, Names
from simulation.scenario.description import measure_words
from simulation.scenario.in_force import Lasting, lasting_of, subject_of


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Two measures of a scenario that set the same number from day `begin` to day `end`.

    `first` and `second` are their places in the list of measures; of the two the second, later in the file, counts.
    `end` is infinite where neither ends before the run does.
    """

    first: int
    second: int
    begin: float
    end: float
    measures: tuple[Measure, Measure]

    def sentence(self, names: Names) -> str:
        """Return in words what overlaps, when, and which one counts; `names` are short names of actors by id."""
        earlier, later = (measure_words(each, names) for each in self.measures)
        began = "the start" if self.begin == 0 else f"day {self.begin:g}"
        until = "" if math.isinf(self.end) else f" to day {self.end:g}"
        second = self.measures[1]
        return (
            f"{earlier}, and {later}, overlap from {began}{until}; "
            f"the later in the file counts then: {second.detail() or second.name(names)}"
        )


def overlaps(measures: Sequence[Measure], days: float) -> list[Overlap]:
    """Return each two measures that set the same number at the same time within the run, in the order of the file.

    Measures that adjoin do not overlap. `days` is the length of the run.
    """
    found = [_shared(a, b, measures, days) for a, b in combinations(lasting_of(measures), 2)]
    return [each for each in found if each is not None]


def _shared(first: Lasting, second: Lasting, measures: Sequence[Measure], days: float) -> Overlap | None:
    begin, end = max(first.change.day, second.change.day), min(first.until, second.until)
    if subject_of(first.change) != subject_of(second.change) or not begin < min(end, days):
        return None
    return Overlap(
        first=first.at,
        second=second.at,
        begin=begin,
        end=end if end < days else math.inf,
        measures=(measures[first.at], measures[second.at]),
    )
