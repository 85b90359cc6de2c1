"""The library: hold scenarios against each other under the same cases and the same luck."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.api import MOST_REPLICATES, MOST_SEED, MOST_WORKERS, check_numbers, manifest_of, world_of
from simulation.compiled import is_warm
from simulation.errors import RunError
from simulation.progress import Progress
from simulation.results.compared import compared
from simulation.results.comparison import Comparison
from simulation.results.comparison_store import (
    ComparisonManifest,
    comparison_folder,
    comparison_manifest,
    write_comparison_tables,
)
from simulation.results.differences import check_comparable
from simulation.results.filling import Filling
from simulation.results.folder import Results
from simulation.results.provenance import Failure, Manifest
from simulation.results.store import ResultsWriter
from simulation.scenario import Scenario
from simulation.scenario.build import World
from simulation.scenario.resolved import resolved_text
from simulation.scenario.variants import Choice, variants


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
        places = [f"\nResults  {self.folder}", *([f"Report   {self.report}"] if self.report else [])]
        return self.comparison.text() + "\n".join(places) + "\n"


def compare(
    scenarios: Sequence[Choice] | Scenario | str | Path,
    *,
    replicates: int = 1000,
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
    scenario with it. `ablate` compares the one scenario with itself without each of its measures. InputError
    for scenarios that cannot be compared, RunError for a full disk.
    """
    threads = workers if workers is not None else os.cpu_count() or 1
    check_numbers(
        replicates=(replicates, 1, MOST_REPLICATES),
        seed=(seed, 0, MOST_SEED),
        workers=(threads, 1, MOST_WORKERS),
    )
    choices = [scenarios] if isinstance(scenarios, Scenario | str | Path) else list(scenarios)
    every = variants(choices, overrides, against, ablate=ablate)
    labels = [each.label for each in every]
    with Progress(replicates, shown=progress) as told:
        told.compiling(not is_warm())
        worlds = [world_of(each.scenario) for each in every]
    check_comparable(labels, worlds)
    manifests = [manifest_of(world, replicates, seed, threads) for world in worlds]
    manifest = comparison_manifest(labels, manifests)
    folder = out if out is not None else Path("results") / manifest.folder_name
    with comparison_folder(folder, manifest) as working:
        runs = [working / name for name in manifest.folders]
        failed = _run_all(list(zip(labels, worlds, manifests, runs, strict=True)), shown=progress)
        comparison = compared(labels, worlds, [Results(run) for run in runs])
        write_comparison_tables(comparison, manifest, working)
        trouble = _write_report(comparison, worlds[0], working) if report else None
    if trouble is not None:
        raise RunError(
            f"the tables are in {folder}, but the report could not be made: {trouble}"
        ) from trouble
    kept = tuple(Results(folder / name) for name in manifest.folders)
    return Compared(
        comparison=dataclasses.replace(comparison, runs=kept),
        manifest=manifest,
        folder=folder,
        failed=failed,
        report=folder / "report.html" if report else None,
    )


def _run_all(members: Sequence[tuple[str, World, Manifest, Path]], *, shown: bool) -> tuple[Failure, ...]:
    """Run every scenario into its own results folder; return the histories that failed in any."""
    failed: list[Failure] = []
    for label, world, manifest, folder in members:
        with Progress(manifest.replicates, shown=shown, scenario=label) as told:
            text = resolved_text(world.scenario, folder)
            with ResultsWriter(folder, manifest, text) as writer:
                filling = Filling(world, writer)
                filling.take(range(manifest.replicates), manifest.seed, manifest.workers, told.advance)
                filling.finish()
        failed += [dataclasses.replace(each, reason=f"{label}: {each.reason}") for each in filling.failed]
    return tuple(failed)


def _write_report(comparison: Comparison, reference: World, folder: Path) -> Exception | None:
    """Write the report; return what went wrong, so that the tables are kept. Disk trouble is raised."""
    from simulation.report.comparison.page import write_comparison

    try:
        write_comparison(comparison, reference, folder / "report.html")
    except OSError:
        raise
    except Exception as trouble:
        (folder / "report.html").unlink(missing_ok=True)
        return trouble
    return None
