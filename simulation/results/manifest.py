"""The manifest of a run: which run a results folder holds, and what its tables cannot say themselves."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

from simulation.results.manifest_head import ScenarioManifest

IDENTITY = ("scenario", "scenario_digest", "seed", "replicates", "per_case", "engine_version")


class ReportRecord(BaseModel):
    """A report on which a run was updated."""

    model_config = ConfigDict(frozen=True, strict=True, allow_inf_nan=False, use_attribute_docstrings=True)

    id: str
    """Its name: that of the claim, or G1 and so on for one that was added by hand."""
    text: str
    """What is said, in a sentence."""
    speaker: str
    """Who says so."""
    known: str | None
    """The date on which it became known; null for one that was added by hand."""
    day: float
    """The moment that it speaks of [days from the start]."""
    low: float | None
    """The lower end of the number that is said, or the number; null for a yes and for an open end."""
    high: float | None
    """The upper end of the number that is said, or the number; null for a yes and for an open end."""


class UpdatingStep(BaseModel):
    """A step of sequential updating: reports of a day let in, and what is left of the histories."""

    model_config = ConfigDict(frozen=True, strict=True, allow_inf_nan=False, use_attribute_docstrings=True)

    day: float
    """The moment that the reports speak of [days from the start]."""
    let_in: float
    """How much of the logarithm of their likelihood counts after the step, 0 to 1."""
    effective: float
    """The effective sample size before resampling."""
    taken: float
    """The share of the moves afterwards that were taken, 0 to 1."""
    origins: int
    """How many of the first draws have descendants after the step."""


class SequentialRecord(BaseModel):
    """How a run was updated sequentially."""

    model_config = ConfigDict(frozen=True, strict=True, allow_inf_nan=False, use_attribute_docstrings=True)

    day: float
    """The moment from which the histories go on under new luck [days from the start]."""
    log_evidence: float
    """The logarithm of the evidence of the reports up to then."""
    played: int
    """How many histories were played up to some report to find those that agree."""
    ancestors: int
    """How many different histories of that moment those of the run go on from."""
    origins: int
    """How many of the first draws these descend from."""
    steps: tuple[UpdatingStep, ...]
    """What was done, step by step."""

    @field_validator("steps", mode="before")
    @classmethod
    def _steps_from_json(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value


class ReplayRecord(BaseModel):
    """The run whose histories a run plays again in another scenario."""

    model_config = ConfigDict(frozen=True, strict=True, use_attribute_docstrings=True)

    folder: str
    """Its folder, beside this one."""
    digest: str
    """Its digest."""


class Manifest(ScenarioManifest):
    """Everything that names a run and says how it was made.

    `places` and `endings` let the folder be read without the scenario's seeds.
    """

    kind: Literal["run", "hindcast"] = "run"
    """What the folder holds: a run, or a run that was scored against what happened."""
    start: str
    """Day 0, as in 2024-11-27."""
    first_replicate: int = Field(default=0, ge=0)
    """The number of the first history; the others follow it."""
    per_case: int = Field(ge=1)
    """How many histories were run for each draw of the inputs."""
    endings: tuple[str, ...]
    """All endings, in the scenario's order."""
    dissolves: Mapping[str, str] = Field(default_factory=dict)
    """The actor that ceases to exist with an ending."""
    places: Mapping[str, str] = Field(default_factory=dict)
    """The holder of every named place on day 0."""
    as_of: str | None = None
    """The date by the end of which the reports were known; null where there was none."""
    reports: tuple[ReportRecord, ...] = ()
    """The reports on which the histories were updated; none for a plain run."""
    asked_sequential: bool | None = None
    """Whether the histories were to be updated sequentially; null for where plain weights fail."""
    sequential: SequentialRecord | None = None
    """How they were updated sequentially; null where plain weights stand."""
    replays: ReplayRecord | None = None
    """The run whose histories these are, with the same luck, in a comparison; null where they are its own."""
    truth: tuple[str, ...] = ()
    """The files of what happened that a hindcast was scored against, as named in the folder; none: the scenario's."""

    @property
    def identity(self) -> dict[str, Any]:
        """What makes two runs the same run: equal identities give equal tables."""
        if self.replays:
            return self._base | {"replays": self.replays.digest}
        return self._base | ({"sequential": True} if self.sequential else {})

    @property
    def is_branched(self) -> bool:
        """Whether its histories have branches, and a file with the luck of each; else they are plain ones."""
        return self.sequential is not None or self.replays is not None

    @property
    def _base(self) -> dict[str, Any]:
        first = {"first_replicate": self.first_replicate} if self.first_replicate else {}
        return {name: getattr(self, name) for name in IDENTITY} | first

    @property
    def range(self) -> range:
        """The numbers of the histories, failed or not."""
        return range(self.first_replicate, self.stop)

    @property
    def stop(self) -> int:
        """The number after that of the last history."""
        return self.first_replicate + self.replicates

    @property
    def request(self) -> dict[str, Any]:
        """What was asked: the identity, with the rules in place of what they settle."""
        asked = {} if self.stopping is None else {"replicates": self.stopping.asked}
        way = {} if self.asked_sequential is None else {"sequential": self.asked_sequential}
        return self._base | asked | way

    @property
    def is_open(self) -> bool:
        """Whether it is still to be settled how many histories there are, or how they are updated."""
        return super().is_open or (self.kind == "run" and bool(self.reports) and self.finished is None)

    def scored_against(self, truth: tuple[str, ...]) -> Self:
        """Return the manifest of a hindcast that is scored against these files."""
        return self.model_copy(update={"kind": "hindcast", "truth": truth})

    @property
    def folder_name(self) -> str:
        """The name of the folder under results/."""
        name = f"{self.scenario}-{self.digest}"
        return name if self.kind == "run" else f"{self.kind}-{name}"

    @property
    def again(self) -> str:
        """The command that makes the tables once more when it is typed in the folder itself."""
        if self.replays:
            both = f"../{self.replays.folder}/scenario.yaml scenario.yaml"
            return f"simulate compare {both} --replicates {self.replicates} --seed {self.seed} --sequential"
        files = "".join(f" --truth {shlex.quote(file)}" for file in self.truth)
        first = f" --first {self.first_replicate}" if self.first_replicate else ""
        way = (
            " --sequential"
            if self.sequential
            else " --no-sequential"
            if self.reports and self.kind == "run"
            else ""
        )
        asked = f"--replicates {self.replicates}{first} --seed {self.seed}{way}"
        return f"simulate {self.kind} scenario.yaml {asked}{files}"
