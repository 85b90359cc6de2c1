"""The hold model: 1,000 pending events; take the next and schedule one Exp(1) later, again and again."""

from __future__ import annotations

import argparse
import heapq
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import mesa
import numpy as np
import simpy

from simulation.engine.clocks import set_rate, wind
from simulation.model.compilation import State, njit
from simulation.model.state import CLOCK, UNDRAWN, copy_state
from simulation.scenario import load_scenario
from simulation.world.world import build_world

PENDING = 1000


@njit
def hold(s: State, holds: int) -> None:
    """Fire the next clock and set it again, as the engine does after every event."""
    w = s.world[0]
    for _ in range(holds):
        clock = s.clocks[0].heap
        w.t = s.clocks[clock].time
        wind(s, clock)
        set_rate(s, clock, 1.0)


@njit
def fill(s: State) -> None:
    """Set every clock for the first time."""
    for clock in range(len(s.clocks)):
        set_rate(s, clock, 1.0)


def with_clocks(count: int) -> State:
    """Return a state of the smallest world with this many clocks, none of them set."""
    state = copy_state(build_world(load_scenario("duel")).template)
    clocks = np.zeros(count, CLOCK).view(np.recarray)
    clocks.time, clocks.hazard, clocks.slot = np.inf, UNDRAWN, -1
    state.world.heap_size = state.world.t = 0
    return replace(state, clocks=clocks)


def compiled(holds: int) -> float:
    """Return the seconds that our compiled clocks take, drawing each time by its address."""
    state = with_clocks(PENDING)
    fill(state)
    hold(state, 1)
    began = time.perf_counter()
    hold(state, holds)
    return time.perf_counter() - began


def heap(holds: int) -> float:
    """Return the seconds that the standard library's heap takes."""
    draw = random.Random(1).expovariate
    queue = [(draw(1), number) for number in range(PENDING)]
    heapq.heapify(queue)
    began = time.perf_counter()
    for number in range(PENDING, PENDING + holds):
        now, _ = heapq.heappop(queue)
        heapq.heappush(queue, (now + draw(1), number))
    return time.perf_counter() - began


def simpy_processes(holds: int) -> float:
    """Return the seconds that SimPy takes with one waiting process for each pending event."""
    environment, draw = simpy.Environment(), random.Random(1).expovariate

    def waiting() -> Iterator[simpy.Event]:
        while True:
            yield environment.timeout(draw(1))

    for _ in range(PENDING):
        environment.process(waiting())
    began = time.perf_counter()
    for _ in range(holds):
        environment.step()
    return time.perf_counter() - began


class MesaHold(mesa.Model):
    """A Mesa model in which each event schedules the next."""

    def __init__(self, holds: int) -> None:
        """Fill the queue."""
        super().__init__(rng=1)
        self.left, self.draw = holds, random.Random(1).expovariate
        for _ in range(PENDING):
            self.schedule_event(self.hold, after=self.draw(1))

    def hold(self) -> None:
        """Schedule the next event."""
        self.left -= 1
        self.schedule_event(self.hold, after=self.draw(1))


def mesa_events(holds: int) -> float:
    """Return the seconds that Mesa's scheduler takes, running days until enough events have passed."""
    model = MesaHold(holds)
    began = time.perf_counter()
    while model.left > 0:
        model.run_for(1)
    return (time.perf_counter() - began) * holds / (holds - model.left)


RIVALS: dict[str, tuple[Callable[[int], float], int]] = {
    "compiled clocks": (compiled, 2_000_000),
    "heapq": (heap, 400_000),
    "SimPy": (simpy_processes, 200_000),
    "Mesa": (mesa_events, 40_000),
}
"""What is measured, and how many holds a round of it has."""


def main() -> None:
    """Measure each rival in turn, several rounds, and print the best of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    best = {name: 0.0 for name in RIVALS}
    for _ in range(rounds):
        for name, (measure, holds) in RIVALS.items():
            best[name] = max(best[name], holds / measure(holds))
    print(f"{'':16}{'holds a second':>16}{'we are faster by':>18}")
    for name, rate in best.items():
        print(f"{name:16}{rate:16,.0f}{best['compiled clocks'] / rate:18.1f}")


if __name__ == "__main__":
    main()
