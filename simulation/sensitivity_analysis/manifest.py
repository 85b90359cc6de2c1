"""The manifest of a study: what was asked, and how many histories answered it."""

from __future__ import annotations

import shlex
from typing import Any, Literal, Self

from pydantic import computed_field

from simulation.results.manifest_head import ScenarioManifest, now
from simulation.sensitivity_analysis.study import StudyResult

IDENTITY = (
    "method", "scenario", "scenario_digest", "seed", "asked_histories", "outcomes", "inputs", "engine_version",
)  # fmt: skip


class StudyManifest(ScenarioManifest):
    """What a study was asked and with what it was made; `replicates` are at most so many."""

    kind: Literal["sensitivity"] = "sensitivity"
    """What the folder holds."""
    method: str
    """The method of the study: sobol, morris, or given for one on reports."""
    outcomes: tuple[str, ...]
    """The outcomes that were asked about."""
    inputs: tuple[str, ...]
    """The inputs that were asked about."""
    all_inputs: bool = True
    """Whether these are all uncertain inputs of the scenario."""
    histories: int = 0
    """How many histories were played."""
    cases: int = 0
    """How many draws of the inputs were played, each twice; none by morris."""
    rows: int = 0
    """How many rows were played for total indices; by morris, how many walks."""
    kept: tuple[str, ...] = ()
    """The inputs with total indices."""
    sequential: bool | None = None
    """Of a study on reports, what was asked of updating; nothing where that was left open."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def asked_histories(self) -> int:
        """At most how many histories were to be played."""
        return self.replicates

    @property
    def played(self) -> int:
        """How many histories were played: what the design has room for among those asked for."""
        return self.histories

    @property
    def identity(self) -> dict[str, Any]:
        """What makes two studies the same: equal identities give equal tables."""
        way = {} if self.sequential is None else {"sequential": self.sequential}
        return {name: getattr(self, name) for name in IDENTITY} | way

    @property
    def folder_name(self) -> str:
        """The name of the folder under results/."""
        return f"sensitivity-{self.scenario}-{self.digest}"

    @property
    def again(self) -> str:
        """The command that makes the tables once more when it is typed in the folder itself."""
        chosen = () if self.all_inputs else ("--inputs", ",".join(self.inputs))
        way = {None: (), True: ("--sequential",), False: ("--no-sequential",)}[self.sequential]
        numbers = ("--histories", str(self.replicates), "--seed", str(self.seed))
        outcomes = ("--outcomes", ",".join(self.outcomes))
        return shlex.join(
            (
                "simulate",
                "sensitivity",
                "scenario.yaml",
                "--method",
                self.method,
                *numbers,
                *outcomes,
                *chosen,
                *way,
            )
        )

    def found(self, found: StudyResult) -> Self:
        """Return the manifest of the finished study."""
        return self.model_copy(
            update={
                "histories": found.histories, "cases": found.cases, "rows": found.rows, "kept": found.kept,
                "failed": found.failed, "finished": now(),
            }
        )  # fmt: skip
