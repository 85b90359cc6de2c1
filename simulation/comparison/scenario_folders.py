"""The scenarios of a comparison as they lie in its folder, each where its run does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from simulation.comparison.manifest import ComparisonManifest
from simulation.results.packed_inputs import SCENARIO, write_resolved
from simulation.scenario import load_scenario
from simulation.scenario.variants import Variant


def variants_in(folder: Path, manifest: ComparisonManifest) -> tuple[Variant, ...]:
    """Return the scenarios of a comparison as they lie in its folder, finished or not; InputError as in loading."""
    return tuple(
        Variant(label=run.name, scenario=load_scenario(folder / run.folder / SCENARIO), left_out=run.left_out)
        for run in manifest.runs
    )


def write_scenarios(scenarios: Mapping[str, Variant], base: Path | None, folder: Path) -> None:
    """Write each scenario into its folder within one, or copy it from that of another comparison."""
    for name, each in scenarios.items():
        (folder / name).mkdir(parents=True)
        write_resolved(each.scenario, folder / name, None if base is None else base / name)
