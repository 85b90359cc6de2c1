"""The library: replay one history as a page, chosen by number or as the typical one of an ensemble."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import arguments
from simulation.api.bounds import MOST_REPLICATE, MOST_REPLICATES
from simulation.api.run import run
from simulation.api.setup import manifest_of, output_of, scenario_of, seed_of
from simulation.errors import InputError
from simulation.results.manifest import Manifest
from simulation.results.stopping_rule import rule_of
from simulation.results.whole_file import checked_file, write_whole
from simulation.results.workplace import scratch_folder
from simulation.scenario import Scenario
from simulation.scenario.notice import tell
from simulation.wording.notebook import card, one_line
from simulation.wording.phrases import counted
from simulation.world.world import World, build_world

if TYPE_CHECKING:
    import pandas as pd

    from simulation.report.page_data import Story

STEP = 0.25
"""Days between the pictures of a replay."""
TITLES = {
    "typical": "A typical history",
    "shortest": "The shortest history",
    "longest": "The longest history",
}
OF = 200
"""Histories from which a typical, the shortest or the longest one is chosen."""


@dataclass(frozen=True, kw_only=True)
class Replay:
    """A replay on disk: which history, why this one, and how it ends."""

    page: Path
    replicate: int
    title: str
    why: str
    ending: str

    def __repr__(self) -> str:
        """Return which history it is and its page on one line."""
        return one_line(self, f"of history {self.replicate} in {self.page}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: which history and why, how it ends, and a link to the page."""
        return card(self.title, [self.why, self.ending], page=self.page)

    def document(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        return {
            "page": str(self.page),
            "replicate": self.replicate,
            "title": self.title,
            "why": self.why,
            "ending": self.ending,
        }

    def text(self) -> str:
        """Return what the terminal shows."""
        return f"{self.title}. {self.why}\n{self.ending}\n\nReplay   {self.page}"


def replay(
    scenario: Scenario | str | Path,
    replicate: int | str = 0,
    *,
    of: int = OF,
    seed: int = 1,
    out: str | Path | None = None,
    overrides: Sequence[str] | str = (),
    progress: bool = False,
) -> Replay:
    """Write one history as a page with map, time slider and story; return where it is.

    `replicate` is a number, or "typical", "shortest" or "longest" of the first `of` histories. `out` is the
    file, `replay-<scenario>-<number>.html` in the current folder when left out; only another replay is replaced.
    InputError for a wrong scenario, choice or place, RunError when the history cannot be used.
    """
    seed, of, asked = seed_of(seed), arguments.whole_number("of", of, 1, MOST_REPLICATES), output_of(out)
    which, progress = _which(replicate), arguments.flag("progress", progress)
    chosen = scenario_of(scenario, overrides)
    mark = _mark()
    page = checked_file(asked if asked is not None else Path(f"replay-{chosen.name}-{which}.html"), mark)
    number, why = _choose(chosen, which, of, seed, progress=progress)
    world = build_world(chosen)
    tell(world.notices)
    title = TITLES[which] if isinstance(which, str) else f"History {number}"
    found = _story(world, number, seed, title, why)
    page = page if asked is not None else Path(f"replay-{chosen.name}-{number}.html")
    manifest = manifest_of(world, rule_of((), number + 1, None), seed, 1)
    write_whole(page, partial(_write_page, world, found, manifest), mark)
    return Replay(page=page, replicate=number, title=title, why=why, ending=found.ending)


def _which(replicate: int | str) -> int | str:
    """Return the number of a history, or the word by which one is chosen; InputError for anything else."""
    if isinstance(replicate, str) and replicate in TITLES:
        return str(replicate)
    if isinstance(replicate, str):
        raise InputError(f"a history is a number, {', '.join(TITLES)}; not '{replicate}'", file="--replicate")
    return arguments.whole_number("replicate", replicate, 0, MOST_REPLICATE)


def _choose(
    scenario: Scenario, replicate: int | str, of: int, seed: int, *, progress: bool
) -> tuple[int, str]:
    """Return the number of the history and the sentence that says why it was chosen."""
    if isinstance(replicate, int):
        return replicate, "Chosen by its number: one history among many, no more likely than any other."
    from simulation.results.medoid import longest, shortest, typical_and_extreme

    choices: dict[str, tuple[Callable[[pd.DataFrame], int], str]] = {
        "typical": (
            lambda outcomes: typical_and_extreme(outcomes)[0],
            "Of {of} it differs least from all others in its outcomes, taken together by their ranks.",
        ),
        "shortest": (
            shortest,
            "Of {of} the one that ends first, and of several the lowest number.",
        ),
        "longest": (longest, "Of {of} the one that ends last, and of several the lowest number."),
    }
    choose, why = choices[replicate]
    with scratch_folder("simulate-replay") as folder:
        done = run(scenario, replicates=of, seed=seed, out=folder / "run", report=False, progress=progress)
        return choose(done.outcomes), why.format(of=counted(len(done.outcomes), "history"))


def _story(world: World, number: int, seed: int, title: str, why: str) -> Story:
    from simulation.report.replay.chosen_stories import story

    return story(world, seed, number, title, why, STEP)


def _mark() -> str:
    from simulation.report.frame import generator

    return generator("replay")


def _write_page(world: World, found: Story, manifest: Manifest, page: Path) -> None:
    from simulation.report.replay.page import write_replay

    write_replay(world, found, manifest, page)
