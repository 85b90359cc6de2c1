"""The manifest of a comparison: which scenarios a folder compares, and where their runs lie in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, computed_field

from simulation.results.manifest import IDENTITY, Manifest
from simulation.results.manifest_head import ManifestHead, ScenarioMark, digest_of

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._=-]+")
LONGEST_NAME = 60


class ComparedRun(BaseModel):
    """One of the scenarios compared: the name it has there, the folder of its run, and which scenario it is."""

    model_config = ConfigDict(frozen=True, strict=True, use_attribute_docstrings=True)

    name: str
    folder: str
    scenario: ScenarioMark
    left_out: bool = False
    """Whether the name is that of a measure that the scenario leaves out."""


class ComparisonManifest(ManifestHead):
    """Which scenarios a folder compares; `asked` and `digest` stand for all runs and their names together."""

    kind: Literal["comparison"] = "comparison"
    """What the folder holds."""
    per_case: int = Field(ge=1)
    """How many histories were run for each draw of the inputs."""
    runs: tuple[ComparedRun, ...]
    """The scenarios compared, the reference first."""
    updated: bool = False
    """Whether the reference is updated on reports."""
    asked_sequential: bool | None = None
    """Whether it was to be updated sequentially; null for where plain weights fail."""
    sequential: bool = False
    """Whether it was, so that the others play its histories again."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def names(self) -> tuple[str, ...]:
        """The names of the scenarios, the reference first."""
        return tuple(run.name for run in self.runs)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the runs, in the order of `names`."""
        return tuple(run.folder for run in self.runs)

    @property
    def is_branched(self) -> bool:
        """Whether the histories have branches, as those of `Manifest.is_branched`."""
        return self.sequential

    @property
    def left_out(self) -> tuple[str, ...]:
        """The names of the scenarios that are named for a measure they leave out."""
        return tuple(run.name for run in self.runs if run.left_out)

    @property
    def marks(self) -> tuple[ScenarioMark, ...]:
        """The scenarios, in the order of `names`."""
        return tuple(run.scenario for run in self.runs)

    @property
    def identity(self) -> list[Any]:
        """The names, and the digest of what each run is."""
        return self._all_runs(self.replicates, sequential=self.sequential)

    @property
    def request(self) -> list[Any]:
        """The names, and the digest of what each run was asked to be."""
        asked = self._all_runs(self.replicates if self.stopping is None else self.stopping.asked)
        return [*asked, *([] if self.asked_sequential is None else [self.asked_sequential])]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be settled how many histories there are, or how they are updated."""
        return super().is_open or (self.updated and self.finished is None)

    def _all_runs(self, replicates: Any, *, sequential: bool = False) -> list[Any]:
        shared = {
            "seed": self.seed, "replicates": replicates, "per_case": self.per_case,
            "engine_version": self.engine_version,
        }  # fmt: skip
        each = [{"scenario": mark.name, "scenario_digest": mark.digest} | shared for mark in self.marks]
        assert all(run.keys() == set(IDENTITY) for run in each), "a run is known by the same here and alone"
        if sequential:
            each[0]["sequential"] = True
            each[1:] = [run | {"replays": digest_of(each[0])} for run in each[1:]]
        return [list(self.names), [digest_of(run) for run in each]]

    def following(self, reference: Manifest) -> Self:
        """Return the manifest once the run of the reference is there."""
        updates = {"replicates": reference.replicates, "sequential": reference.sequential is not None}
        return self.settled(reference.stopping).model_copy(update=updates)

    @property
    def folder_name(self) -> str:
        """The name of the folder under results/."""
        return f"compare-{self.digest}"

    @property
    def again(self) -> str:
        """The command that makes the tables once more when it is typed in the folder itself."""
        files = " ".join(f"{folder}/scenario.yaml" for folder in self.folders)
        way = (" --sequential" if self.sequential else " --no-sequential") if self.updated else ""
        return f"simulate compare {files} --replicates {self.replicates} --seed {self.seed}{way}"


def comparison_manifest(
    names: Sequence[str], manifests: Sequence[Manifest], left_out: Collection[str] = ()
) -> ComparisonManifest:
    """Return the manifest of a comparison of runs that begin now, named by `names`.

    `left_out` are the names of those that leave out the measure they are named for.
    """
    first = manifests[0]
    runs = tuple(
        ComparedRun(
            name=name,
            folder=f"runs/{k}-{_file_name(name)}",
            scenario=manifest.marks[0],
            left_out=name in left_out,
        )
        for k, (name, manifest) in enumerate(zip(names, manifests, strict=True), start=1)
    )
    return ComparisonManifest(
        runs=runs, seed=first.seed, replicates=first.replicates, days=first.days, per_case=first.per_case,
        workers=first.workers, engine_version=first.engine_version, stopping=first.stopping,
        updated=bool(first.reports), asked_sequential=first.asked_sequential,
    )  # fmt: skip


def _file_name(label: str) -> str:
    return _NOT_IN_NAMES.sub("-", label).strip("-.")[:LONGEST_NAME] or "scenario"
