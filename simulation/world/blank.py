"""What a history writes as it goes, before anything has happened: clocks, counters, the tables of the day."""

from __future__ import annotations

import numpy as np

from simulation.model.daily_series import DailySeries
from simulation.model.registry import ClockOwner, Process
from simulation.model.state import CHANGE, CLOCK, EVENT, HEAP, ROLL, SHORTLIST, UNCHAINED, UNDRAWN, WORLD
from simulation.region import Region
from simulation.scenario.scenario import Scenario

MOST_EVENTS = 5_000_000
"""Events after which a history is given up."""
CHANGES = 16_384
"""Changes of control for which a history has room at first; it is given more where it needs more."""


def blank_world(
    scenario: Scenario, region: Region, counts: np.ndarray, *, actors: int, units: int
) -> np.recarray:
    """Return WORLD (1,) before the first event; `counts` gives the clocks of each process."""
    world = np.zeros(1, WORLD).view(np.recarray)
    w = world[0]
    w.days, w.max_events, w.flyable, w.day, w.ending = scenario.days, MOST_EVENTS, 1, -1, -1
    w.n_cells, w.n_actors, w.n_units, w.n_places = len(region.cells), actors, units, len(region.places)
    w.touched_cell = w.touched_unit = w.touched_actor = w.pending = w.used = w.first_stirred = -1
    w.first_clock[:] = np.concatenate([[0], np.cumsum(counts)])
    w.people = int(region.cells.population.sum())
    steps = region.step_km[np.isfinite(region.step_km)]
    w.cell_km = float(steps.mean()) if len(steps) else 1.0
    return world


def blank_event() -> np.recarray:
    """Return EVENT (1,), no event yet."""
    return np.zeros(1, EVENT).view(np.recarray)


def blank_shortlist(places: int) -> np.recarray:
    """Return SHORTLIST (places,), nothing on it."""
    return np.zeros(places, SHORTLIST).view(np.recarray)


def blank_roll(units: int) -> np.recarray:
    """Return ROLL (units,), nobody on any list."""
    return np.zeros(units, ROLL).view(np.recarray)


def blank_clocks(counts: np.ndarray) -> np.recarray:
    """Return one CLOCK record per process and entity, none of them set; `counts` gives those of each process."""
    clocks = np.zeros(int(counts.sum()), CLOCK).view(np.recarray)
    clocks.process = np.repeat(np.array(list(Process)), counts)
    clocks.entity = np.concatenate([np.arange(count) for count in counts])
    clocks.timed = np.repeat(np.array([process.timed for process in Process]), counts)
    clocks.time, clocks.hazard, clocks.slot = np.inf, UNDRAWN, -1
    clocks.next_pending = clocks.next_used = UNCHAINED
    return clocks


def blank_heap(counts: np.ndarray) -> np.recarray:
    """Return HEAP (clocks,), no clock set; `counts` gives the clocks of each process."""
    return np.zeros(int(counts.sum()), HEAP).view(np.recarray)


def blank_changes(room: int = CHANGES) -> np.recarray:
    """Return CHANGE (room,), the room for changes of control, not one of them noted."""
    return np.zeros(room, CHANGE).view(np.recarray)


def blank_days(days: float, actors: int) -> np.ndarray:
    """Return zeros, f8 (days of the run and both its ends, series, actors and nobody)."""
    return np.zeros((int(np.ceil(days)) + 2, len(DailySeries), actors + 1))


def clock_counts(*, cells: int, actors: int, units: int, links: int, measures: int) -> np.ndarray:
    """Return the number of clocks of each process, i8 (number of processes,)."""
    of = {
        ClockOwner.HISTORY: 1, ClockOwner.MEASURE: measures, ClockOwner.CELL: cells,
        ClockOwner.SIDE: cells * actors, ClockOwner.UNIT: units, ClockOwner.ACTOR: actors,
        ClockOwner.PAIR: actors * actors, ClockOwner.LINK: links, ClockOwner.REPORTER: actors + 1,
    }  # fmt: skip
    return np.array([of[process.per] for process in Process], np.int64)
