"""Histories a second: the compiled driver beside the Mesa driver, on the same histories of one scenario."""

from __future__ import annotations

import argparse
import time

from simulation.engine.batch import run_one
from simulation.mesa_model import ConflictModel
from simulation.scenario import load_scenario
from simulation.scenario.build import World, build_world
from simulation.state import copy_state


def compiled(world: World, histories: int, seed: int) -> tuple[float, int]:
    """Return (histories a second, events) of the compiled driver on one thread."""
    state, (_, params, quantities) = copy_state(world.template), world.cases(range(histories), seed)
    run_one(state, world.template, params[0], quantities[0], seed, 0)
    began, events = time.perf_counter(), 0
    for k in range(histories):
        outcome = run_one(state, world.template, params[k], quantities[k], seed, k)
        events += int(outcome.world.events)
    return histories / (time.perf_counter() - began), events


def mesa(world: World, histories: int, seed: int) -> tuple[float, int]:
    """Return (histories a second, events) of the Mesa driver, its models built anew as a user would."""
    began, events = time.perf_counter(), 0
    for k in range(histories):
        model = ConflictModel(world, replicate=k, seed=seed)
        while model.running:
            model.run_for(1)
        events += int(model.state.world[0].events)
    return histories / (time.perf_counter() - began), events


def main() -> None:
    """Measure both and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="aleppo")
    parser.add_argument("--histories", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    world = build_world(load_scenario(chosen.scenario))
    fast, events = compiled(world, chosen.histories, chosen.seed)
    slow, same = mesa(world, chosen.histories, chosen.seed)
    each = events / chosen.histories
    print(f"{chosen.histories} histories of {chosen.scenario}, {each:,.0f} events each on average")
    print(f"{'':10}{'histories/s':>12}{'events/s':>14}")
    print(f"{'compiled':10}{fast:12.2f}{fast * each:14,.0f}")
    print(f"{'Mesa':10}{slow:12.2f}{slow * each:14,.0f}")
    print(f"ratio {fast / slow:.1f}; both played {'the same' if events == same else 'DIFFERENT'} histories")


if __name__ == "__main__":
    main()
