"""The library: run a scenario as many histories, with a results folder and a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.api.progress import Progress
from simulation.api.setup import checked_rule, folder_for, manifest_of, threads_of
from simulation.outcomes.targets import check_names
from simulation.report.page_file import PAGE, attempt, own_up
from simulation.results.folder import Results
from simulation.results.manifest import Failure
from simulation.results.monitor import reached
from simulation.results.recorder import Filling
from simulation.results.sampling import sample
from simulation.results.writer import ResultsWriter
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.resolution import resolved_text
from simulation.world.world import World, build_world

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Run:
    """A finished run: its results folder and the world it was made from."""

    world: World
    results: Results
    failed: tuple[Failure, ...]
    report: Path | None

    @property
    def folder(self) -> Path:
        """The results folder."""
        return self.results.folder

    @property
    def outcomes(self) -> pd.DataFrame:
        """One row per replicate."""
        return self.results.outcomes

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        from simulation.results.summary import summary_document

        return summary_document(self.results)

    def text(self) -> str:
        """Return the summary for a terminal."""
        from simulation.results.terminal import summary_text

        return summary_text(self.results, self.world, self.report)


def run(
    scenario: Scenario | str | Path,
    *,
    replicates: int | None = None,
    until: Sequence[str] = (),
    max_replicates: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    out: Path | None = None,
    report: bool = True,
    progress: bool = False,
    overrides: Sequence[str] = (),
) -> Run:
    """Run a scenario as many histories, write a results folder, and return it.

    There are `replicates` histories, 1,000 when left out. With `until`, such as ["ending.truce:0.02"], there
    are as many as it takes to know each target that well, from `replicates` (100) to `max_replicates`
    (20,000), and the folder is that of a run of so many.

    The first history of a version is preceded by half a minute of compiling, which the logger "simulation" tells.
    The tables depend on scenario, seed and number of histories, not on workers. InputError for a wrong
    scenario or target, RunError for a full disk; histories that fail are listed in `failed`.
    """
    threads = threads_of(workers)
    rule = checked_rule(until, replicates, max_replicates, seed, threads)
    chosen = scenario if isinstance(scenario, Scenario) else load_scenario(scenario, overrides)
    with Progress(rule.most, shown=progress, at_most=bool(rule.targets)) as told:
        world = build_world(chosen)
        check_names(rule.targets, world)
        manifest = manifest_of(world, rule, seed, threads)
        folder = folder_for(out, manifest.folder_name)
        with ResultsWriter(folder, manifest, resolved_text(chosen, folder.absolute())) as writer:
            filling = Filling(world, writer, rule.targets)
            more = partial(filling.take, seed=seed, workers=threads, advance=told.advance)
            manifest = manifest.settled(sample(rule, more, lambda: reached(filling.watch), told.looked))
            folder = folder_for(out, manifest.folder_name)
            writer.settle(folder, manifest)
            working = filling.finish()
            trouble = _write_report(world, working, seed) if report else None
    own_up(trouble, folder)
    page = folder / PAGE if report else None
    return Run(world=world, results=Results(folder), failed=tuple(filling.failed), report=page)


def _write_report(world: World, folder: Path, seed: int) -> Exception | None:
    """Write the report; see `attempt` for what is returned."""
    from simulation.report.run.page import write_report
    from simulation.report.run.report_input import report_input

    return attempt(lambda page: write_report(report_input(world, Results(folder), seed), page), folder)
