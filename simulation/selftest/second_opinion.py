"""Every rate, effect and wait of real histories against a second opinion, process by process."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from simulation.io.folders import FIRST_CASE
from simulation.model.registry import Process
from simulation.model.state import State
from simulation.scenario import load_scenario
from simulation.selftest import fixtures
from simulation.selftest.agreement import (
    effect_errors,
    first_wait_errors,
    kept_error,
    rate_error,
    running,
    told_errors,
    wait_errors,
)
from simulation.selftest.check import ROUNDING, CheckResult, by_error
from simulation.selftest.facts import Facts
from simulation.selftest.format import number
from simulation.selftest.moments import Snapshot, moments
from simulation.selftest.tipping import NUMBERS, tips
from simulation.world.world import World, build_world

ALL, FEWEST = frozenset(Process), 5
EVERY = 10
"""After so many moments all rates of a state are looked at, not only those of the process that fires."""


@dataclass(frozen=True)
class MomentSource:
    """A world, how many of its histories are watched, and up to how many events of each process in each."""

    make: Callable[[], World]
    histories: int
    most: int
    only: frozenset[Process] = ALL

    def moments(self, world: World | None = None) -> Iterator[Snapshot]:
        """Yield the moments of these histories, in a world made before or now."""
        return moments(world or self.make(), range(self.histories), self.most, self.only)


def first_case() -> World:
    """Return two days of the first case: many actors in several blocs."""
    return build_world(load_scenario(FIRST_CASE, ["days=2", "inputs.join_rate=0.5"]))


_AWAITED = ("reinforce_rate=20", "reinforce_delay=8", "reinforce_size=300")
"""More bodies are on their way to the map, which alone can be delayed; one strike in a hundred finds one."""

SOURCES = (
    MomentSource(fixtures.busy, 12, 4),
    MomentSource(fixtures.busy, 1, 40, frozenset({Process.MEASURE})),  # each is another, and most come late
    MomentSource(fixtures.struck, 12, 4, frozenset({Process.INTERDICTION, Process.SORTIE})),
    MomentSource(partial(fixtures.struck, *_AWAITED), 40, 20, frozenset({Process.INTERDICTION})),
    MomentSource(fixtures.falling, 10, 4, frozenset({Process.JOIN, Process.DISSOLVE, Process.COMMAND})),
    MomentSource(fixtures.valleys, 6, 4),
    MomentSource(fixtures.mingled, 12, 8, frozenset({Process.SEIZE})),
    MomentSource(fixtures.enclosed, 4, 6, frozenset({Process.SEIZE})),
    MomentSource(fixtures.outflanked, 6, 12, frozenset({Process.GIVE_WAY, Process.MARCH, Process.SEIZE})),
    MomentSource(first_case, 1, 3),
)

CHANCES = frozenset(
    {
        Process.DAY,
        Process.CASUALTY,
        Process.GIVE_WAY,
        Process.SORTIE,
        Process.TRUCE,
        Process.BREACH,
        Process.FLEE,
        Process.RETURN_HOME,
    }
)
"""Processes in which a number is compared with a chance: most events come out the same if the chance is a bit off."""

GLANCES = (
    MomentSource(fixtures.busy, 50, 20, CHANCES),
    MomentSource(fixtures.struck, 50, 20, frozenset({Process.INTERDICTION})),
)
"""Many events of these are looked at only for what they tell of themselves and whom they killed."""

_BREAKING = ("gathers=0", "counter_odds=0.5", "place_shock=3", "attack_axes=1.2", "pursuit_axes=1")
"""A side that gathers for nothing, against one that loses heart with every place: the pursuit."""

ROUNDS = tuple(
    MomentSource(make, histories, most, frozenset({Process.COMMAND}))
    for histories, most, make in (
        (3, 16, partial(fixtures.manoeuvre, 8)),
        (3, 16, partial(fixtures.manoeuvre, 40, "highland_league_appetite=0.9", "counter_odds=0.3")),
        (3, 16, partial(fixtures.manoeuvre, 15, "road_speed=6", "track_speed=4", "defence_odds=3")),
        (3, 16, partial(fixtures.manoeuvre, 15, "reserve_reach=2", "counter_odds=0.3")),
        (5, 40, partial(fixtures.manoeuvre, 20, *_BREAKING)),
        (3, 40, partial(fixtures.manoeuvre, 15, *_BREAKING)),
        (8, 16, fixtures.cut_off),
    )
)
"""Rounds of orders in which choices are made to tip, and how often for each number behind them."""
TIPS = 4


@dataclass
class Tally:
    """How often a process was looked at in one respect, and the largest error with the name of what was wrong."""

    looks: int = 0
    error: float = 0.0
    what: str = ""

    def add(self, looks: int, error: float, what: str = "") -> None:
        """Count looks and keep the worst."""
        self.looks += looks
        if not error <= self.error:
            self.error, self.what = error, what


@dataclass
class Opinion:
    """What was found of each process in each respect."""

    rates: dict[Process, Tally] = field(default_factory=lambda: defaultdict(Tally))
    effects: dict[Process, Tally] = field(default_factory=lambda: defaultdict(Tally))
    waits: dict[Process, Tally] = field(default_factory=lambda: defaultdict(Tally))
    chances: dict[Process, Tally] = field(default_factory=lambda: defaultdict(Tally))
    choices: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def look(self, moment: Snapshot, processes: Iterable[Process]) -> None:
        """Look at an event, and before it at the rates of some processes."""
        facts, after = Facts(moment.before), moment.after()
        for process in processes:
            entities = running(moment.before, process)
            self.rates[process].add(len(entities), rate_error(moment.before, facts, process, entities))
            if not process.timed:
                self.waits[process].add(0, kept_error(moment.before, facts, process), "a rate out of date")
        for what, error in effect_errors(moment, after):
            self.effects[moment.process].add(0, error, what)
        self.effects[moment.process].add(1, 0.0)
        for process, looks, error in wait_errors(moment, after):
            self.waits[process].add(looks, error)

    def begin(self, begun: State) -> None:
        """Look at the clocks of a history that has just begun."""
        for process, looks, error in first_wait_errors(begun):
            self.waits[process].add(looks, error)

    def glance(self, moment: Snapshot) -> None:
        """Look only at what an event tells of itself."""
        self.chances[moment.process].add(1, 0.0)
        for what, error in told_errors(moment, moment.after()):
            self.chances[moment.process].add(0, error, what)

    def weigh(self, name: str, moment: Snapshot) -> None:
        """Look at a round of orders that a number is about to tip."""
        self.choices[name].add(1, 0.0)
        for what, error in effect_errors(moment, moment.after()):
            self.choices[name].add(0, error, what)

    def results(self) -> Iterator[CheckResult]:
        """Yield up to four lines for every process; one that was hardly looked at fails."""
        for process in Process:
            timed, name = process.timed, process.name.lower()
            yield _result(f"{name}: {'due time' if timed else 'rate'}", "clocks", self.rates[process])
            yield _result(f"{name}: effect and draws", "events", self.effects[process])
            if not timed:
                yield _result(f"{name}: waits", "clocks", self.waits[process])
            if process in self.chances:
                yield _result(f"{name}: chances", "events", self.chances[process])
            if process == Process.COMMAND:
                yield from self._choices()

    def _choices(self) -> Iterator[CheckResult]:
        """Yield a line for every number behind a commander's choices."""
        for numbers in NUMBERS.values():
            for name in numbers:
                yield _result(f"command: choices by {name}", "rounds", self.choices[name])


def _result(check: str, things: str, tally: Tally) -> CheckResult:
    """Return the line for a tally; the name says what was wrong, where something was."""
    few = tally.looks < FEWEST
    wrong = "looked at too seldom" if few else tally.what if not tally.error <= ROUNDING else ""
    name = f"{check} ({wrong})" if wrong else check
    error = math.nan if few else tally.error
    return by_error(name, f"{number(tally.looks)} {things}, largest error", error, 0.0)


def rounds() -> Iterator[tuple[str, Snapshot]]:
    """Yield numbers and rounds of orders that they are about to tip."""
    for source in ROUNDS:
        yield from tips(source.moments(), TIPS)


def results() -> Iterator[CheckResult]:
    """Watch histories and yield what was found."""
    opinion, count = Opinion(), 0
    for source in GLANCES:
        for moment in source.moments():
            opinion.glance(moment)
    for name, moment in rounds():
        opinion.weigh(name, moment)
    for source in SOURCES:
        world = source.make()
        opinion.begin(fixtures.begun_history(world, 0))
        for moment in source.moments(world):
            count += 1
            opinion.look(moment, Process if count % EVERY == 1 else (moment.process,))
    yield from opinion.results()
