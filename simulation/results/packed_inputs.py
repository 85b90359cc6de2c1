"""The seeds and the region of a scenario, copied into its results folder so that it can be run again anywhere."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Sequence
from pathlib import Path

from simulation.io.file_cache import FileCache
from simulation.io.second_name import link_or_copy
from simulation.results.file_record import files_below
from simulation.scenario import Scenario
from simulation.scenario.archive import REGION_FILES, REPORT_FILES, SEED_FILES
from simulation.scenario.resolution import resolved_text
from simulation.scenario.world_folder import is_bundled

SCENARIO = "scenario.yaml"
"""The file, within a results folder, of its resolved scenario."""
INPUTS = "inputs"
"""The folder, within a results folder, of what its scenario was read from."""
RECORD_FILES = ("record/*.yaml",)
"""Beside the seeds: what was on record before, with which a report compares the histories."""
SCORED_FILES = ("truth/*.yaml", "naive/*.yaml")
"""Beside the seeds: what a hindcast is scored against, and the naive forecasts."""


def write_resolved(
    scenario: Scenario, folder: Path, like: Path | None = None, beside: Path | None = None
) -> None:
    """Write the resolved scenario and what does not come with the program, so that the folder can be moved.

    Where they lie in a folder `like` it already they are copied as they were written there. In a folder `beside` it lie
    the same seeds and region already, which are not written once more.
    """
    if like is not None:
        _copy_resolved(like, folder)
        return
    if beside is not None:
        link_or_copy(beside, (f"{INPUTS}/{name}" for name in files_below(beside / INPUTS)), folder)
    reports = () if scenario.as_of is None else REPORT_FILES
    packed = dataclasses.replace(
        scenario,
        seeds=_packed(
            scenario.seeds,
            folder / INPUTS / "seeds",
            (*SEED_FILES, *RECORD_FILES, *reports),
            scenario.archive.files,
        ),
        region=_packed(scenario.region, folder / INPUTS / "region", REGION_FILES, scenario.archive.files),
    )
    (folder / SCENARIO).write_text(resolved_text(packed, folder), encoding="utf-8")


def _copy_resolved(source: Path, folder: Path) -> None:
    shutil.copyfile(source / SCENARIO, folder / SCENARIO)
    if (source / INPUTS).is_dir():
        shutil.copytree(source / INPUTS, folder / INPUTS, dirs_exist_ok=True)


def truth_names(files: Sequence[Path]) -> tuple[str, ...]:
    """Return how a command in the folder of a hindcast names the files of truth that are packed there."""
    return tuple(f"{INPUTS}/truth/{k}/{file.name}" for k, file in enumerate(files, start=1))


def pack_truth(files: Sequence[Path], scenario: Scenario, folder: Path) -> None:
    """Copy into the folder of a hindcast what it is scored against, the `files` that were named too.

    A run alone never opens them.
    """
    _packed(scenario.seeds, folder / INPUTS / "seeds", SCORED_FILES, scenario.archive.files)
    for file, name in zip(files, truth_names(files), strict=True):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, folder / name)


def _packed(source: Path, target: Path, patterns: Sequence[str], files: FileCache) -> Path:
    """Return the folder that the copy is read from: the source itself where that comes with the program."""
    if is_bundled(source):
        return source
    for file in sorted({file for pattern in patterns for file in source.glob(pattern)}):
        copy = target / file.relative_to(source)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(files.content(file))
    return target
