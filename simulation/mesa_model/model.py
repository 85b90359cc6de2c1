"""The Mesa model: the same engine functions as in a batch, an event at a time, with agents that follow.

Exactly one event of the history is pending in Mesa at any time; Mesa's own daily `step` takes the picture of
the day.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import mesa
import numpy as np
from mesa.discrete_space import Cell, OrthogonalMooreGrid
from mesa.time import Event, Priority

from simulation import arguments
from simulation.engine.loop import next_event, run_on
from simulation.engine.replicate import HistoryEnd, address, end_history, ending_of, start_history
from simulation.errors import InputError
from simulation.mesa_model.agents import ActorAgent, UnitAgent
from simulation.mesa_model.collection import Reporters, daily_collector
from simulation.mesa_model.edits import rearrange
from simulation.mesa_model.own_process import Happening, OwnClocks, OwnProcess
from simulation.model.state import EVENT, State
from simulation.outcomes.events import Event as Happened
from simulation.outcomes.watcher import Announcer, Watcher
from simulation.scenario import Scenario, load_scenario
from simulation.wording.notebook import one_line
from simulation.world.world import World, build_world

MOST_FIGHTERS = 1_000_000
"""Of a unit that is changed by hand."""
GONE = -2
"""Where a unit without fighters stands."""


class ConflictModel(mesa.Model):
    """One history of a scenario.

    `world` and its `template` are shared by all histories of a scenario; `state` is this history's own.
    `actors` and `units` hold the agents by index. `datacollector` has a row per day; `events` has the log if
    it was asked for, `happenings` that of own processes; whoever is put into `watchers` is told of each event before
    and after it. Mesa's `random` and `rng` are for subclasses: the rules draw their luck by address and never touch
    them.
    """

    def __init__(
        self,
        scenario: Scenario | World | str | Path,
        *,
        replicate: int = 0,
        seed: int | None = 1,
        actor_class: type[ActorAgent] = ActorAgent,
        unit_class: type[UnitAgent] = UnitAgent,
        keep_events: bool = False,
        processes: Sequence[OwnProcess | str] = (),
        model_reporters: Reporters | None = None,
        agent_reporters: Reporters | None = None,
        agenttype_reporters: Mapping[type, Reporters] | None = None,
    ) -> None:
        """Build the world (unless one is given) and bring history `replicate` to its start; InputError as in `run`.

        Without a seed (None, as in `mesa.batch_run`) one is drawn, and kept in `seed`. `processes` are more that can
        happen, or their entry points; reporters are added to those of `datacollector`.
        """
        for name, given, kind in (
            ("actor_class", actor_class, ActorAgent),
            ("unit_class", unit_class, UnitAgent),
        ):
            if not (isinstance(given, type) and issubclass(given, kind)):
                raise InputError(f"{name} must be {kind.__name__} or a class made from it, not {given!r:.60}")
        keep_events = arguments.flag("keep_events", keep_events)
        replicate, seed = address(replicate, secrets.randbits(32) if seed is None else seed)
        world = _world_of(scenario)
        state = start_history(world, replicate, seed)
        super().__init__(rng=[seed, replicate])
        self.world, self.state = world, state
        self.replicate, self.case, self.seed = replicate, replicate, seed
        self.events: list[Any] | None = [] if keep_events else None
        self.watchers: list[Watcher] = []
        self._announcer, self._log = Announcer(state), np.zeros(1, EVENT).view(np.recarray)
        self.outcome: HistoryEnd | None = None
        self._unit_class = unit_class
        self._lay_out_grid()
        self.actors = {k: actor_class(self, k).made() for k in range(len(self.world.actors))}
        self.units: dict[int, UnitAgent] = {}
        self._seen = np.full(len(self.state.units), GONE)
        self._follow()
        self.happenings: list[Happening] = []
        self._own = OwnClocks(self, arguments.items("processes", processes, "a list of processes"))
        self.datacollector = daily_collector(self, model_reporters, agent_reporters, agenttype_reporters)
        self.datacollector.collect(self)
        self._pending: Event | None = None
        self._schedule_next()

    def __repr__(self) -> str:
        """Return which history it is and how far it is, on one line."""
        name, how = self.world.scenario.name, "over since" if self.outcome is not None else "on"
        return one_line(
            self, f"of {name}: history {self.replicate}, seed {self.seed}, {how} day {self.day:.4g}"
        )

    @property
    def template(self) -> State:
        """The state that every history of this world starts from."""
        return self.world.template

    @property
    def day(self) -> float:
        """Days since the start, at most until the history ended."""
        return self.time if self.outcome is None else float(self.outcome.world.end_day)

    @property
    def ending(self) -> str | None:
        """The id of the ending once the history is over; None before, or when no ending of the list holds."""
        return None if self.outcome is None else ending_of(self.world, self.outcome)

    def step(self) -> None:
        """Take the picture of the day; Mesa calls this at the first moment of each day."""
        self.datacollector.collect(self)

    def schedule_event(
        self,
        function: Callable[[], None],
        *,
        at: float | None = None,
        after: float | None = None,
        priority: Priority = Priority.DEFAULT,
    ) -> Event:
        """Schedule a Mesa event; InputError for a time that is not finite, which would spoil Mesa's queue."""
        for name, time in (("at", at), ("after", after)):
            if time is not None:
                arguments.real_number(name, time)
        return super().schedule_event(function, at=at, after=after, priority=priority)

    def cell_of(self, index: int) -> Cell:
        """Return the grid's cell for a cell index of the region."""
        return self.grid[self._coordinates[index]]

    def index_of(self, cell: Cell) -> int:
        """Return the index in the region of a grid's cell; InputError for sea, foreign land and what is no cell."""
        at = arguments.an_instance("cell", cell, Cell, "a cell of the model's grid").coordinate
        if at not in self._indices:
            raise InputError(f"there is no land of the region at {at}")
        return self._indices[at]

    def rearrange(
        self,
        unit: UnitAgent,
        *,
        cell: Cell | None = None,
        strength: int | None = None,
        cohesion: float | None = None,
    ) -> None:
        """Change a unit by hand, now; what is not given stays. The rest of the history follows from it.

        Errors: InputError for a unit or a history that is over, and for a cell or number that cannot be.
        """
        arguments.an_instance("unit", unit, UnitAgent, "an agent of a unit")
        if self.outcome is not None or self.units.get(unit.index) is not unit:
            raise InputError("the history or the unit is no more, it cannot be changed")
        index = int(unit.row.cell) if cell is None else self.index_of(cell)
        fighters = unit.strength if strength is None else strength
        held = unit.cohesion if cohesion is None else cohesion
        fighters = arguments.whole_number("strength", fighters, 0, MOST_FIGHTERS)
        held = arguments.real_number("cohesion", held, 0, 1)
        rearrange(self.state, unit.index, index, fighters, held, self.time)
        self._follow()
        self._schedule_next()

    def _lay_out_grid(self) -> None:
        """Make the grid over the region's box; row 0 is the southmost, and only land is ever stood on."""
        cells = self.world.region.cells
        size = (int(cells.row.max()) + 1, int(cells.col.max()) + 1)
        self.grid = OrthogonalMooreGrid(size, torus=False, random=self.random)
        self._coordinates = list(zip(cells.row.tolist(), cells.col.tolist(), strict=True))
        self._indices = {coordinate: k for k, coordinate in enumerate(self._coordinates)}

    def _schedule_next(self) -> None:
        """Replace the pending event by the history's next one, or end it."""
        if self._pending is not None:
            self._pending.cancel()
            self._pending = None
        clock = next_event(self.state)
        if clock < 0:
            self._end()
            return
        time = float(self.state.clocks[clock].time)
        self._next_own = self._own.next() if self._own.processes else None
        if self._next_own is not None and self._next_own[0] < time:
            self._pending = self.schedule_event(self._fire_own, at=self._next_own[0])
        else:
            self._pending = self.schedule_event(self._fire, at=time)

    def _fire_own(self) -> None:
        """Let the next event of an own process happen."""
        assert self._next_own is not None
        self._pending = None
        self.happenings.append(self._own.fire(*self._next_own[1:]))
        if self._pending is None:  # the event changed nothing
            self._schedule_next()

    def _fire(self) -> None:
        """Let the next event of the history happen."""
        if self.watchers:
            self._announcer.announce(self.watchers)
        run_on(self.state, self._log)
        self._pending = None
        self._tell()
        self._follow()
        self._schedule_next()

    def _tell(self) -> None:
        """Put the event that has just happened into the log, and tell watchers of it."""
        if self.events is None and not self.watchers:
            return
        if self.events is not None:
            self.events.append(self._log.copy()[0])
        for watcher in self.watchers:
            watcher.after(Happened.of(self._log))

    def _follow(self) -> None:
        """Let agents stand where their units stand; new ones get an agent, those without fighters lose it."""
        rows = self.state.units
        now = np.where(rows.strength > 0, rows.cell, GONE)
        for unit in np.flatnonzero(now != self._seen).tolist():
            self._place(unit, int(now[unit]))
        self._seen = now

    def _place(self, unit: int, cell: int) -> None:
        if cell == GONE:
            self.units.pop(unit).retire()
            return
        if unit not in self.units:
            self.units[unit] = self._unit_class(self, unit).made()
        self.units[unit].follow(self.cell_of(cell) if cell >= 0 else None)

    def _end(self) -> None:
        """Close the history: nothing stays pending, and a last picture is taken."""
        self.running = False
        self._default_schedule.stop()
        self.outcome = end_history(self.world, self.state)
        if self.day > self.datacollector.model_vars["day"][-1]:
            self.datacollector.collect(self)


def _world_of(scenario: Scenario | World | str | Path) -> World:
    if isinstance(scenario, World):
        return scenario
    if isinstance(scenario, Scenario):
        return build_world(scenario)
    if not isinstance(scenario, str):
        scenario = arguments.path("scenario", scenario, "a Scenario, a World, a file or a bundled name")
    return build_world(load_scenario(scenario))
