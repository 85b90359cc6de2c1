"""The library: tell one history line by line, and explain the fall of a place in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from simulation import arguments
from simulation.api.chosen_history import OF, check_reports, chosen_history, how_many, which_history
from simulation.api.conditioning import updated
from simulation.api.setup import scenario_of, seed_of
from simulation.scenario import Scenario
from simulation.scenario.notice import tell
from simulation.wording.notebook import card, one_line
from simulation.world.world import World, build_world

if TYPE_CHECKING:
    from simulation.histories.causal_chain import CausalChain

COMPILED = "compiled"
BY_TURN = "one of many, no likelier than any other."


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
    replicate: int | str = 0,
    of: int = OF,
    seed: int = 1,
    driver: str = COMPILED,
    jsonl: bool = False,
    as_of: date | str | None = None,
    given: Sequence[str] | str = (),
    doubt: Sequence[str] | str = (),
) -> Iterator[str]:
    """Return one history line by line: every event as JSON, or its story in sentences.

    `replicate` is a number, or "typical", "shortest" or "longest" of the first `of` histories, which `as_of`, `given`
    and `doubt` update on reports as in `api.run`: then each counts by its weight.
    InputError for a wrong scenario or number; the history is played while the lines are taken.
    """
    from simulation.histories.trace import trace_lines

    jsonl = arguments.flag("jsonl", jsonl)
    world, one, why = _history(scenario, replicate, of, seed, driver, (as_of, given, doubt))
    return trace_lines(world, **one, jsonl=jsonl, why=why)


def explain(
    scenario: Scenario | str | Path,
    place: str,
    *,
    replicate: int | str = 0,
    of: int = OF,
    seed: int = 1,
    driver: str = COMPILED,
    as_of: date | str | None = None,
    given: Sequence[str] | str = (),
    doubt: Sequence[str] | str = (),
) -> Explanation:
    """Return what led to the fall of a place in one history, or what came nearest to it.

    InputError for a name that is not on the map, and as in `trace`.
    """
    from simulation.histories.trace import chain_around

    place = arguments.text("place", place)
    world, one, _ = _history(scenario, replicate, of, seed, driver, (as_of, given, doubt))
    chain = chain_around(world, place, **one)
    return Explanation(world=world, replicate=one["replicate"], seed=one["seed"], chain=chain)


class _History(TypedDict):
    """Which history, and what turns its crank."""

    replicate: int
    seed: int
    driver: str


type _Reports = tuple[date | str | None, Sequence[str] | str, Sequence[str] | str]


def _history(
    scenario: Scenario | str | Path, replicate: int | str, of: int, seed: int, driver: str, reports: _Reports
) -> tuple[World, _History, str]:
    """Return the world, which history is meant, and why it; InputError for what is out of bounds or unknown."""
    which, of, seed = which_history(replicate), how_many(of), seed_of(seed)
    driver = arguments.word("driver", driver, (COMPILED, "mesa"))
    check_reports(which, *reports)
    world = build_world(updated(scenario_of(scenario), *reports))
    tell(world.notices)
    one = chosen_history(world, which, of, seed)
    found: _History = {"replicate": one.number, "seed": seed, "driver": driver}
    return world, found, BY_TURN if isinstance(which, int) else f"{one.title.lower()}. {one.why}"
