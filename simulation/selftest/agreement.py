"""Compares what the compiled rules say and do with the second opinions, number by number."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from simulation.engine.dispatch import call
from simulation.model.registry import Process
from simulation.model.state import UNDRAWN, State
from simulation.selftest.commander import Commander
from simulation.selftest.effects import EFFECTS
from simulation.selftest.facts import Facts
from simulation.selftest.moments import Snapshot
from simulation.selftest.random_numbers import luck_of
from simulation.selftest.rates import RATES
from simulation.selftest.routes import march_all
from simulation.selftest.twin import EVENT_FIELDS, Twin

IN_SECTOR = 2
"""What `places.reached` then is."""

_KEPT = {
    "world": "t day flyable displaced civilians_killed left_country confirmed_killed reported",
    "event": " ".join(EVENT_FIELDS),
    "actors": "stance barred dissolved arrived present killed wounded captured deserted departed confidence "
    "availability sorties_per_day restraint momentum lost sorties villages_taken bases_taken seats_held alert "
    "bases_held threatened pinned sent support air doubt spent axes next_blow "
    "most_m2 next_orders reported claimed_villages claimed_killed told_villages told_killed "
    "area_m2 people",
    "units": "cell home strength initial cohesion order target next_cell waiting arrives aim falls_due",
    "cells": "control dug_in violence quiet_since residents guests fled killed refuge passed taken_beside",
    "places": "holder",
    "pairs": "hostile truce made_it guaranteed compliance ends violations",
    "links": "next_unit",
    "measures": "done",
}  # fmt: skip


def worst(found: np.ndarray, expected: np.ndarray) -> float:
    """Return the largest error of some numbers, relative where they exceed one; equal infinities agree."""
    found, expected = np.asarray(found, float), np.asarray(expected, float)
    with np.errstate(invalid="ignore"):
        apart = np.where(found == expected, 0.0, np.abs(found - expected))
        errors = apart / np.maximum(1.0, np.abs(np.where(np.isfinite(expected), expected, 1.0)))
    return float(np.max(np.nan_to_num(errors, nan=math.inf, posinf=math.inf), initial=0.0))


def told(state: State, process: Process, entities: np.ndarray) -> np.ndarray:
    """Return what the compiled rules tell of the rate or the due time of some entities."""
    answers = np.empty(len(entities))
    for k, entity in enumerate(entities):
        call(np.int64(process), np.int64(entity), state, None)
        answers[k] = state.world[0].told
    return answers


def rate_error(state: State, facts: Facts, process: Process, entities: np.ndarray) -> float:
    """Return the largest relative error of some entities' rates; here small numbers count as much as large ones."""
    expected, found = RATES[process](facts)[entities], told(state, process, entities)
    if process.timed:
        return worst(found, expected)
    return worst(found / np.where(expected > 0, expected, 1), expected > 0)


def kept_error(state: State, facts: Facts, process: Process) -> float:
    """Return the largest relative error of the rates at which clocks burn; not 0 where an event left one unasked."""
    first, following = _span(state, process)
    expected, found = RATES[process](facts), state.clocks.rate[first:following]
    return worst(found / np.where(expected > 0, expected, 1), expected > 0)


def running(state: State, process: Process) -> np.ndarray:
    """Return the entities of a process whose clocks are set, and a few whose are not."""
    first, following = _span(state, process)
    time = state.clocks.time[first:following]
    idle = np.flatnonzero(~np.isfinite(time))
    return np.concatenate([np.flatnonzero(np.isfinite(time)), idle[:: max(1, len(idle) // 10)]])


def _span(state: State, process: Process) -> tuple[int, int]:
    ends = state.world[0].first_clock
    return int(ends[process]), int(ends[process + 1])


def twin_of(moment: Snapshot) -> Twin:
    """Return a twin that has gone through the event, but for the marching that may follow from it."""
    time = float(moment.before.clocks.time[moment.clock])
    twin = Twin(moment.before, moment.process, moment.entity, moment.occurrence, time)
    EFFECTS[moment.process](twin)
    return twin


def told_errors(moment: Snapshot, after: State) -> Iterator[tuple[str, float]]:
    """Yield what an event tells of itself, and whom it killed, and how far each is from what it should be."""
    twin = twin_of(moment)
    for field in EVENT_FIELDS:
        yield f"event.{field}", worst(after.event[field], twin.s.event[field])
    for field in ("flyable", "displaced", "civilians_killed"):
        yield f"world.{field}", worst(after.world[field], twin.s.world[field])
    yield "actors.killed", worst(after.actors.killed, twin.s.actors.killed)


def effect_errors(moment: Snapshot, after: State) -> Iterator[tuple[str, float]]:
    """Yield every field of the state after an event and how far it is from what it should be."""
    twin = twin_of(moment)
    march_all(twin)
    for array, fields in _KEPT.items():
        for field in fields.split():
            yield f"{array}.{field}", worst(getattr(after, array)[field], getattr(twin.s, array)[field])
    if moment.process == Process.COMMAND:
        yield from _seen_errors(twin, after)
    yield "presence", worst(after.presence, twin.facts().fighters)


def _seen_errors(twin: Twin, after: State) -> Iterator[tuple[str, float]]:
    """Yield how far what a commander saw is from what it should be: enemies on the move, strengths in fog, sectors."""
    yield "places.threat", worst(after.places.threat, twin.s.places.threat)
    commander, seen = Commander(twin), np.flatnonzero(after.places.seen_in == after.world[0].events)
    errors = [commander.error(int(place)) for place in seen]
    yield "places.error", worst(after.places.error[seen], np.array(errors))
    if twin.sectors is not None:
        yield "places.reached", worst(after.places.reached == IN_SECTOR, twin.sectors)


def wait_errors(moment: Snapshot, after: State) -> Iterator[tuple[Process, int, float]]:
    """Yield each process of which an event has set clocks, how many of them, and the largest error.

    New hazards, hazards burnt at a rate that has changed, and the times at which clocks fire are looked at.
    """
    for process in Process:
        if not process.timed:
            looks, error = _waits_of(process, moment, after)
            if looks:
                yield process, looks, error


def first_wait_errors(begun: State) -> Iterator[tuple[Process, int, float]]:
    """Yield each process that has clocks running at the start of a history, how many, and the largest error."""
    for process in Process:
        first, following = _span(begun, process)
        drawn = first + np.flatnonzero(begun.clocks.hazard[first:following] != UNDRAWN)
        if not process.timed and len(drawn):
            clocks = begun.clocks[drawn].view(np.recarray)
            times = worst(clocks.time, clocks.hazard / clocks.rate)
            yield process, len(drawn), max(times, _draw_error(begun, drawn))


def _waits_of(process: Process, moment: Snapshot, after: State) -> tuple[int, float]:
    first, following = _span(after, process)
    old, new = (state.clocks[first:following].view(np.recarray) for state in (moment.before, after))
    fired = first + np.arange(len(new)) == moment.clock
    drawn = (new.hazard != UNDRAWN) & ((old.hazard == UNDRAWN) | fired)
    burnt = ~drawn & ~fired & (old.hazard != UNDRAWN) & (old.rate != new.rate)
    left = np.maximum(0, old.hazard - old.rate * (after.world[0].t - old.since))
    runs = new.rate > 0
    stands_still = math.inf if np.isfinite(new.time[~runs]).any() else 0.0
    error = max(
        stands_still,
        worst(new.hazard[burnt], left[burnt]),
        worst(new.time[runs], new.since[runs] + new.hazard[runs] / new.rate[runs]),
        _draw_error(after, first + np.flatnonzero(drawn)),
    )
    return int(drawn.sum() + burnt.sum()), error


def _draw_error(after: State, clocks: np.ndarray) -> float:
    """Return the largest error of hazards just drawn: each is minus the logarithm of the luck of its slot 0."""
    hazards = []
    for clock in clocks:
        c = after.clocks[clock]
        entity = int(clock) - int(after.world[0].first_clock[c.process])
        hazards.append(-math.log(luck_of(after.world[0], c.process, entity, c.occurrence)(0)))
    return worst(after.clocks.hazard[clocks], np.array(hazards))
