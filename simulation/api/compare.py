"""The library: compare scenarios under common random numbers: the same cases and the same luck."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from simulation.api.progress import Progress, waiting
from simulation.api.setup import checked_rule, folder_for, manifest_of, threads_of
from simulation.comparison.builder import compared
from simulation.comparison.changes import changes, check_comparable
from simulation.comparison.comparison import Comparison
from simulation.comparison.folder import ComparisonManifest, comparison_manifest, write_comparison_tables
from simulation.comparison.terminal import comparison_text
from simulation.outcomes.targets import check_names
from simulation.report.page_file import PAGE, attempt, own_up
from simulation.results.folder import Results
from simulation.results.manifest import Failure, Manifest
from simulation.results.monitor import reached_differences
from simulation.results.publishing import comparison_folder
from simulation.results.recorder import Filling
from simulation.results.sampling import sample
from simulation.results.stopping_rule import Rule, Stopping
from simulation.results.writer import ResultsWriter
from simulation.scenario import Scenario
from simulation.scenario.resolution import resolved_text
from simulation.scenario.variants import Choice, variants
from simulation.wording.phrases import sentence
from simulation.world.world import World, build_world

Member = tuple[str, World, Manifest, Path]
"""A scenario of a comparison: its label, its world, its manifest and its results folder."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A finished comparison and its folder; `failed` lists the histories that some scenario lacks."""

    comparison: Comparison
    manifest: ComparisonManifest
    folder: Path
    failed: tuple[Failure, ...]
    report: Path | None

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        head = {"manifest": self.manifest.document(), "folder": str(self.folder)}
        return head | self.comparison.document()

    def text(self) -> str:
        """Return the summary for a terminal."""
        stopping = self.manifest.stopping
        places = [f"\n{sentence(stopping.reason())}."] if stopping is not None else []
        places += [f"\nResults  {self.folder}", *([f"Report   {self.report}"] if self.report else [])]
        return comparison_text(self.comparison) + "\n".join(places) + "\n"


def compare(
    scenarios: Sequence[Choice] | Scenario | str | Path,
    *,
    replicates: int | None = None,
    until: Sequence[str] = (),
    max_replicates: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    out: Path | None = None,
    overrides: Sequence[str] = (),
    against: Sequence[str] = (),
    ablate: bool = False,
    report: bool = True,
    progress: bool = False,
) -> Compared:
    """Run scenarios as the same many histories, compare each with the first, and write a folder.

    A scenario is given as `Scenario`, file, bundled name, or a file with settings of its own, such as
    "duel --set inputs.red_fighters=21". `overrides` apply to all; each setting in `against` adds the first
    scenario with it. `ablate` compares the one scenario with itself without each of its measures. With
    `until` there are as many histories as it takes to know, for every scenario, each target's difference from
    the first that well; numbers as in `api.run`. InputError for scenarios that cannot be compared, RunError
    for a full disk.
    """
    threads = threads_of(workers)
    rule = checked_rule(until, replicates, max_replicates, seed, threads)
    choices = [scenarios] if isinstance(scenarios, Scenario | str | Path) else list(scenarios)
    every = variants(choices, overrides, against, ablate=ablate)
    labels = [each.label for each in every]
    with waiting("laying out the worlds", shown=progress):
        worlds = [build_world(each.scenario) for each in every]
    check_comparable(labels, worlds)
    check_names(rule.targets, worlds[0])
    manifests = [manifest_of(world, rule, seed, threads) for world in worlds]
    manifest = comparison_manifest(labels, manifests)
    folder = folder_for(out, manifest.folder_name)
    with comparison_folder(folder, manifest) as unpublished:
        working = unpublished.working
        runs = [working / name for name in manifest.folders]
        members = list(zip(labels, worlds, manifests, runs, strict=True))
        stopping, failed = _run_all(rule, members, shown=progress)
        manifest = manifest.settled([each.settled(stopping) for each in manifests])
        folder = folder_for(out, manifest.folder_name)
        unpublished.settle(folder, manifest)
        comparison = compared(labels, worlds, [Results(run) for run in runs])
        write_comparison_tables(comparison, manifest, working)
        trouble = _write_report(comparison, worlds[0], working) if report else None
    own_up(trouble, folder)
    kept = tuple(Results(folder / name) for name in manifest.folders)
    return Compared(
        comparison=dataclasses.replace(comparison, runs=kept),
        manifest=manifest,
        folder=folder,
        failed=failed,
        report=folder / PAGE if report else None,
    )


def _run_all(
    rule: Rule, members: Sequence[Member], *, shown: bool
) -> tuple[Stopping | None, tuple[Failure, ...]]:
    """Run every scenario into its own results folder, all to the same number of histories.

    Returns why the number was enough, and the histories that failed in any scenario.
    """
    labels, worlds = [label for label, *_ in members], [world for _, world, *_ in members]
    same = [
        label for label, world in zip(labels, worlds, strict=True) if changes(label, worlds[0], world).empty
    ]
    repeated = shown and bool(rule.targets)
    with ExitStack() as contexts:
        fillings = [_filling(contexts, rule, *member) for member in members]
        look = partial(reached_differences, labels, [filling.watch for filling in fillings], same)
        told = contexts.enter_context(Progress(rule.most * len(members), shown=repeated, at_most=True))
        more = partial(_more, members, fillings, told if rule.targets else None, shown and not repeated)
        stopping = sample(rule, more, look, told.looked)
        for filling in fillings:
            filling.writer.settle(filling.writer.folder, filling.writer.manifest.settled(stopping))
            filling.finish()
    failed = [
        dataclasses.replace(each, reason=f"{label}: {each.reason}")
        for label, filling in zip(labels, fillings, strict=True)
        for each in filling.failed
    ]
    return stopping, tuple(failed)


def _filling(
    contexts: ExitStack, rule: Rule, label: str, world: World, manifest: Manifest, folder: Path
) -> Filling:
    writer = ResultsWriter(folder, manifest, resolved_text(world.scenario, folder))
    return Filling(world, contexts.enter_context(writer), rule.targets)


def _more(
    members: Sequence[Member],
    fillings: Sequence[Filling],
    together: Progress | None,
    shown: bool,
    replicates: range,
) -> None:
    """Run some replicates of every scenario; progress is told `together`, or of one after the other."""
    for (label, _, manifest, _), filling in zip(members, fillings, strict=True):
        with Progress(len(replicates), shown=shown, scenario=label) as alone:
            advance = (together or alone).advance
            filling.take(replicates, manifest.seed, manifest.workers, advance)


def _write_report(comparison: Comparison, reference: World, folder: Path) -> Exception | None:
    """Write the report; see `attempt` for what is returned."""
    from simulation.report.comparison.page import write_comparison

    return attempt(lambda page: write_comparison(comparison, reference, page), folder)
