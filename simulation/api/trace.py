"""The library: tell one history line by line, and explain the fall of a place in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.scenario import Scenario, load_scenario
from simulation.scenario.notice import tell
from simulation.world.world import World, build_world

if TYPE_CHECKING:
    from simulation.histories.causal_chain import CausalChain


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a place fell in one history."""

    world: World
    replicate: int
    seed: int
    chain: CausalChain

    def text(self) -> str:
        """Return the chain for a terminal."""
        from simulation.histories.explanation import explanation

        return "\n".join(explanation(self.world, self.chain))

    def document(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        from simulation.histories.explanation import explanation_data

        head = {"scenario": self.world.scenario.name, "replicate": self.replicate, "seed": self.seed}
        return head | explanation_data(self.world, self.chain)


def trace(
    scenario: Scenario | str | Path,
    *,
    replicate: int = 0,
    seed: int = 1,
    driver: str = "compiled",
    jsonl: bool = False,
) -> Iterator[str]:
    """Yield one history line by line: every event as JSON, or its story in sentences."""
    from simulation.histories.trace import trace_lines

    world = build_world(scenario if isinstance(scenario, Scenario) else load_scenario(scenario))
    tell(world.notices)
    yield from trace_lines(world, replicate=replicate, seed=seed, driver=driver, jsonl=jsonl)


def explain(
    scenario: Scenario | str | Path,
    place: str,
    *,
    replicate: int = 0,
    seed: int = 1,
    driver: str = "compiled",
) -> Explanation:
    """Return what led to the fall of a place in one history, or what came nearest to it.

    InputError for a name that is not on the map.
    """
    from simulation.histories.trace import chain_around

    world = build_world(scenario if isinstance(scenario, Scenario) else load_scenario(scenario))
    tell(world.notices)
    chain = chain_around(world, place, replicate=replicate, seed=seed, driver=driver)
    return Explanation(world=world, replicate=replicate, seed=seed, chain=chain)
