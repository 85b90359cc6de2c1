"""The library: tell one history line by line, and explain the fall of a place in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from simulation import arguments
from simulation.api.bounds import MOST_REPLICATE
from simulation.api.setup import scenario_of, seed_of
from simulation.scenario import Scenario
from simulation.scenario.notice import tell
from simulation.wording.notebook import card, one_line
from simulation.world.world import World, build_world

if TYPE_CHECKING:
    from simulation.histories.causal_chain import CausalChain

COMPILED = "compiled"


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a place fell in one history."""

    world: World
    replicate: int
    seed: int
    chain: CausalChain

    def __repr__(self) -> str:
        """Return which place and which history on one line."""
        place, name = self.world.places[self.chain.place], self.world.scenario.name
        return one_line(self, f"of {place} in history {self.replicate} of {name}, seed {self.seed}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the chain as a terminal has it."""
        return card("", printed=self.text())

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
    driver: str = COMPILED,
    jsonl: bool = False,
) -> Iterator[str]:
    """Return one history line by line: every event as JSON, or its story in sentences.

    InputError for a wrong scenario or number; the history is played while the lines are taken.
    """
    from simulation.histories.trace import trace_lines

    one, jsonl = _history(replicate, seed, driver), arguments.flag("jsonl", jsonl)
    world = build_world(scenario_of(scenario))
    tell(world.notices)
    return trace_lines(world, **one, jsonl=jsonl)


def explain(
    scenario: Scenario | str | Path,
    place: str,
    *,
    replicate: int = 0,
    seed: int = 1,
    driver: str = COMPILED,
) -> Explanation:
    """Return what led to the fall of a place in one history, or what came nearest to it.

    InputError for a name that is not on the map, and as in `trace`.
    """
    from simulation.histories.trace import chain_around

    one, place = _history(replicate, seed, driver), arguments.text("place", place)
    world = build_world(scenario_of(scenario))
    tell(world.notices)
    chain = chain_around(world, place, **one)
    return Explanation(world=world, replicate=one["replicate"], seed=one["seed"], chain=chain)


class _History(TypedDict):
    """Which history, and what turns its crank."""

    replicate: int
    seed: int
    driver: str


def _history(replicate: int, seed: int, driver: str) -> _History:
    """Return which history is meant; InputError for a number out of bounds or an unknown driver."""
    return {
        "replicate": arguments.whole_number("replicate", replicate, 0, MOST_REPLICATE),
        "seed": seed_of(seed),
        "driver": arguments.word("driver", driver, (COMPILED, "mesa")),
    }
