"""Histories a second: the compiled driver beside the Mesa driver, on the same histories of one scenario."""

from __future__ import annotations

import argparse
import os
import time
from functools import partial

import numpy as np

from simulation.engine.ensemble import Ensemble
from simulation.engine.replicate import run_one
from simulation.mesa_model import ConflictModel
from simulation.model.state import State, copy_state
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world

Cases = tuple[np.ndarray, np.recarray, np.ndarray]


def compiled(world: World, state: State, cases: Cases, k: int, seed: int) -> int:
    """Run a history with the compiled driver and return its number of events; the cases come drawn, as in a run."""
    _, params, quantities = cases
    return int(run_one(state, world.template, params[k], quantities[k], seed, k).world.events)


def mesa(world: World, k: int, seed: int) -> int:
    """Run a history with the Mesa driver, its model built again as a user would; return its number of events."""
    model = ConflictModel(world, replicate=k, seed=seed)
    while model.running:
        model.run_for(1)
    return int(model.state.world[0].events)


def main() -> None:
    """Run each history with both in turn, so that both meet the same machine, and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="aleppo")
    parser.add_argument("--histories", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    world = build_world(load_scenario(chosen.scenario))
    cases = world.cases(range(chosen.histories), chosen.seed)
    state, seconds, events = copy_state(world.template), np.zeros(2), np.zeros(2, int)
    for k in range(-1, chosen.histories):  # the first warms up and does not count
        for driver, play in enumerate((partial(compiled, world, state, cases), partial(mesa, world))):
            began = time.process_time()
            happened = play(max(k, 0), chosen.seed)
            if k >= 0:
                seconds[driver] += time.process_time() - began
                events[driver] += happened
    each = events[0] / chosen.histories
    print(
        f"{chosen.histories} histories of {chosen.scenario}, {each:,.0f} events each on average; processor time"
    )
    print(f"{'':10}{'histories/s':>12}{'events/s':>14}")
    for name, rate in zip(("compiled", "Mesa"), chosen.histories / seconds, strict=True):
        print(f"{name:10}{rate:12.2f}{rate * each:14,.0f}")
    workers, many = os.cpu_count() or 1, 10 * chosen.histories
    began = time.perf_counter()
    for _ in Ensemble(world, range(many), chosen.seed, workers):
        pass
    batch = many / (time.perf_counter() - began)
    print(f"{'a run':10}{batch:12.2f}{batch * each:14,.0f}   on {workers} workers, by the clock")
    same = "the same" if events[0] == events[1] else "DIFFERENT"
    alone, together = seconds[1] / seconds[0], batch * seconds[1] / chosen.histories
    print(f"ratio to Mesa {alone:.1f} on one thread, {together:.1f} as a run; both played {same} histories")


if __name__ == "__main__":
    main()
