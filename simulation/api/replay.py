"""The library: replay one history as a page, chosen by number or as the typical one of an ensemble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import arguments
from simulation.api.chosen_history import OF, check_reports, chosen_history, how_many, which_history
from simulation.api.conditioning import updated
from simulation.api.setup import manifest_of, output_of, scenario_of, seed_of
from simulation.results.manifest import Manifest
from simulation.results.stopping_rule import rule_of
from simulation.results.whole_file import checked_file, write_whole
from simulation.scenario import Scenario
from simulation.scenario.notice import tell
from simulation.wording.notebook import card, one_line
from simulation.world.world import World, build_world

if TYPE_CHECKING:
    from simulation.report.page_data import Story

STEP = 0.25
"""Days between the pictures of a replay."""


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
    as_of: date | str | None = None,
    given: Sequence[str] | str = (),
    doubt: Sequence[str] | str = (),
    progress: bool = False,
) -> Replay:
    """Write one history as a page with map, time slider and story; return where it is.

    `replicate` is a number, or "typical", "shortest" or "longest" of the first `of` histories, which `as_of`, `given`
    and `doubt` update on reports as in `api.run`: then each counts by its weight. `out` is the
    file, `replay-<scenario>-<number>.html` in the current folder when left out; only another replay is replaced.
    InputError for a wrong scenario, choice or place, RunError when the history cannot be used.
    """
    seed, of, asked = seed_of(seed), how_many(of), output_of(out)
    which, progress = which_history(replicate), arguments.flag("progress", progress)
    check_reports(which, as_of, given, doubt)
    chosen = updated(scenario_of(scenario, overrides), as_of, given, doubt)
    mark = _mark()
    page = checked_file(asked if asked is not None else Path(f"replay-{chosen.name}-{which}.html"), mark)
    world = build_world(chosen)
    tell(world.notices)
    one = chosen_history(world, which, of, seed, progress=progress)
    found = _story(world, one.number, seed, one.title, one.why)
    page = page if asked is not None else Path(f"replay-{chosen.name}-{one.number}.html")
    manifest = manifest_of(world, rule_of((), one.number + 1, None), seed, 1)
    write_whole(page, partial(_write_page, world, found, manifest), mark)
    return Replay(page=page, replicate=one.number, title=one.title, why=one.why, ending=found.ending)


def _story(world: World, number: int, seed: int, title: str, why: str) -> Story:
    from simulation.report.replay.chosen_stories import story

    return story(world, seed, number, title, why, STEP)


def _mark() -> str:
    from simulation.report.frame import generator

    return generator("replay")


def _write_page(world: World, found: Story, manifest: Manifest, page: Path) -> None:
    from simulation.report.replay.page import write_replay

    write_replay(world, found, manifest, page)
