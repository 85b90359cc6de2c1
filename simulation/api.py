"""The library: run an ensemble, trace one history, explain a fall. The commands call these and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.preparing import checked_rule, folder_for, manifest_of, threads_of, world_of
from simulation.progress import Progress
from simulation.report.attempt import PAGE, attempt, own_up
from simulation.results.filling import Filling
from simulation.results.folder import Results
from simulation.results.provenance import Failure
from simulation.results.sampling import sample
from simulation.results.store import ResultsWriter
from simulation.results.targets import check_names
from simulation.results.watching import reached
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.build import World, build_world
from simulation.scenario.resolved import resolved_text

if TYPE_CHECKING:
    import pandas as pd

    from simulation.histories.chain import Chain


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


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a place fell in one history."""

    world: World
    replicate: int
    seed: int
    chain: Chain

    def text(self) -> str:
        """Return the chain for a terminal."""
        from simulation.histories.explain import explanation

        return "\n".join(explanation(self.world, self.chain))

    def document(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        from simulation.histories.explain import explanation_data

        head = {"scenario": self.world.scenario.name, "replicate": self.replicate, "seed": self.seed}
        return head | explanation_data(self.world, self.chain)


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
        world = world_of(chosen)
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


def trace(
    scenario: Scenario | str | Path,
    *,
    replicate: int = 0,
    seed: int = 1,
    driver: str = "compiled",
    jsonl: bool = False,
) -> Iterator[str]:
    """Yield one history line by line: every event as JSON, or its story in sentences."""
    from simulation.mesa_model.trace import trace_lines

    chosen = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    yield from trace_lines(chosen, replicate=replicate, seed=seed, driver=driver, jsonl=jsonl)


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
    from simulation.mesa_model.trace import chain_around

    world = build_world(scenario if isinstance(scenario, Scenario) else load_scenario(scenario))
    chain = chain_around(world, place, replicate=replicate, seed=seed, driver=driver)
    return Explanation(world=world, replicate=replicate, seed=seed, chain=chain)


def _write_report(world: World, folder: Path, seed: int) -> Exception | None:
    """Write the report; see `attempt` for what is returned."""
    from simulation.report.compose import report_input
    from simulation.report.html import write_report

    return attempt(lambda page: write_report(report_input(world, Results(folder), seed), page), folder)
