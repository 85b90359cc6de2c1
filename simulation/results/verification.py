"""Whether a results folder is whole: every file as it was written, and the histories those of the manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.errors import InputError
from simulation.results.file_record import FileRecords, fault_of, files_below, rows_fault
from simulation.results.folder import check_replicates
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST, ManifestHead, ScenarioMark
from simulation.results.manifest_reader import read_as
from simulation.results.packed_inputs import SCENARIO
from simulation.scenario import load_scenario


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found of a results folder.

    `faults` has a sentence for each thing that is wrong, beginning with the file; `strangers` are files that the
    manifest does not know, which are no fault. `files` and `histories` count what the manifest lists.
    """

    folder: Path
    kind: str
    files: int
    histories: int
    faults: tuple[str, ...]
    strangers: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def document(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        told = {name: getattr(self, name) for name in ("kind", "files", "histories", "faults", "strangers")}
        return {"folder": str(self.folder), "whole": self.is_whole} | told

    def text(self) -> str:
        """Return one line for a folder that is whole."""
        extra = f"; not from the program: {', '.join(self.strangers)}" if self.strangers else ""
        what = f"{self.kind}, {self.files:,} files and {self.histories:,} histories as they were written"
        return f"{self.folder}: whole ({what}{extra})"


def unreadable(folder: Path, error: InputError) -> Verdict:
    """Return the verdict on a folder whose manifest cannot be read."""
    return Verdict(folder=folder, kind="", files=0, histories=0, faults=(str(error),), strangers=())


def verdict_of(folder: Path, manifest: ManifestHead, runs: dict[str, ScenarioMark]) -> Verdict:
    """Return what is found of a folder with this manifest; `runs` are the folders in it that are runs themselves."""
    known = set(manifest.files) | {MANIFEST}
    return Verdict(
        folder=folder,
        kind=manifest.kind,
        files=len(manifest.files),
        histories=manifest.played - len(manifest.failed),
        faults=tuple(_faults(folder, manifest, runs)),
        strangers=tuple(name for name in files_below(folder) if name not in known),
    )


def _faults(folder: Path, manifest: ManifestHead, runs: dict[str, ScenarioMark]) -> Iterator[str]:
    if manifest.finished is None or not manifest.files:
        yield f"{folder / MANIFEST}: does not say that anything was finished"
    changed = {
        name: fault for name in manifest.files if (fault := fault_of(folder / name, manifest.files[name]))
    }
    yield from (f"{folder / name}: {fault}" for name, fault in changed.items())
    if changed:
        return
    yield from _row_faults(folder, manifest.files)
    if isinstance(manifest, Manifest):
        yield from _history_faults(folder, manifest)
    own = {"": manifest.marks[0]} if SCENARIO in manifest.files or not runs else {}
    for name, mark in (own | runs).items():
        yield from _scenario_faults(folder / name / SCENARIO, mark)
    for name in runs:
        yield from verdict_of(folder / name, read_as(Manifest, folder / name / MANIFEST), {}).faults


def _row_faults(folder: Path, records: FileRecords) -> Iterator[str]:
    found = {name: rows_fault(folder / name, record) for name, record in records.items()}
    yield from (f"{folder / name}: {fault}" for name, fault in found.items() if fault)


def _history_faults(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Yield what is wrong with the histories that the three tables of a run speak of."""
    try:
        numbers = {
            name: pq.read_table(folder / f"{name}.parquet", columns=["replicate"])["replicate"].to_numpy()
            for name in ("outcomes", "places", "daily")
        }
        check_replicates(numbers["outcomes"], manifest, folder / "outcomes.parquet")
    except (OSError, pa.ArrowException) as error:
        yield f"{folder}: a table cannot be read: {error}"
    except InputError as error:
        yield str(error)
    else:
        for name in ("places", "daily"):
            if not np.isin(numbers[name], numbers["outcomes"]).all():
                yield f"{folder / name}.parquet: has rows of histories that outcomes.parquet does not have"


def _scenario_faults(file: Path, mark: ScenarioMark) -> Iterator[str]:
    try:
        digest = load_scenario(file).digest
    except InputError as error:
        yield str(error)
    else:
        if digest != mark.digest:
            yield f"{file}: reads as the digest {digest}, and the manifest says {mark.digest}"
