"""The manifest of a run: which run a results folder holds, and what its tables cannot say themselves."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

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
    truth: tuple[str, ...] = ()
    """The files of what happened that a hindcast was scored against, as named in the folder; none: the scenario's."""

    @property
    def identity(self) -> dict[str, Any]:
        """What makes two runs the same run: equal identities give equal tables."""
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
        """What was asked: the identity, with the rule in place of the number that a rule settles."""
        return self.identity if self.stopping is None else self.identity | {"replicates": self.stopping.asked}

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
        files = "".join(f" --truth {shlex.quote(file)}" for file in self.truth)
        first = f" --first {self.first_replicate}" if self.first_replicate else ""
        asked = f"--replicates {self.replicates}{first} --seed {self.seed}"
        return f"simulate {self.kind} scenario.yaml {asked}{files}"
