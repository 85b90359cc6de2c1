"""The fan of each actor in daily series: how far the histories spread by day, a few actors in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.results.folder import Results
from simulation.statistics.intervals import fan, weights_of

MOST_BYTES = 32 << 20
"""Of values that are held at a time, unless those of a single actor are more; the table is read again for others."""
DAYS = 8
"""That are put in order together."""


@dataclass(frozen=True, kw_only=True)
class Fan:
    """The marks by day, f8 (5, days), of `histories`, and in how many of these the value ever changes."""

    marks: np.ndarray
    histories: int
    changing: int

    @property
    def opens(self) -> bool:
        """Whether there is anything to draw: 9 of 10 histories do not all end where all began."""
        ends = self.marks[:, [0, -1]]
        return bool(np.nanmax(ends) > np.nanmin(ends))


def fans_of(results: Results, series: Sequence[str]) -> dict[str, dict[str, Fan]]:
    """Return the fans of some series by series and actor; one without rows has none."""
    found: dict[str, dict[str, Fan]] = {name: {} for name in series}
    weights = weights_of(results.columns("end_day"))
    size = 8 * len(results.replicates) * len(results.days)
    for few in _some_at_a_time(_drawn(results, series), max(1, MOST_BYTES // max(1, size))):
        held = {each: np.full((len(results.replicates), len(results.days)), np.nan) for each in few}
        for some, panels in results.panels(*dict.fromkeys(name for name, _ in few)):
            for name, actor in few:
                if actor in panels[name]:
                    held[name, actor][some] = panels[name][actor]
        for name, actor in few:
            found[name][actor] = _fan(held.pop((name, actor)), weights)
    return found


def _drawn(results: Results, series: Sequence[str]) -> list[tuple[str, str]]:
    """Return the series and actors that the first histories have: all histories have the same."""
    for _, panels in results.panels(*series):
        return [(name, actor) for name in series for actor in panels[name]]
    return []


def _some_at_a_time(each: list[tuple[str, str]], number: int) -> Iterator[list[tuple[str, str]]]:
    for first in range(0, len(each), number):
        yield each[first : first + number]


def _fan(panel: np.ndarray, weights: np.ndarray | None) -> Fan:
    days = range(0, panel.shape[1], DAYS)
    return Fan(
        marks=np.concatenate([fan(panel[:, first : first + DAYS], weights) for first in days], axis=1),
        histories=len(panel),
        changing=int((np.nanmax(panel, axis=1) > np.nanmin(panel, axis=1)).sum()),
    )
