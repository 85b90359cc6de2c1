"""The manifest of a parameter study: which scenario was played at which points, and where their runs lie."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, computed_field

from simulation.parameter_study.design import Design, Point, is_full
from simulation.results.engine_digest import engine_version
from simulation.results.manifest import IDENTITY
from simulation.results.manifest_head import ScenarioManifest, ScenarioMark, digest_of
from simulation.scenario import Scenario

DESIGN = "design.csv"
"""The file, within a results folder, of the points."""
PER_CASE = 1
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._=-]+")
_LONGEST_NAME = 60


class PlayedPoint(BaseModel):
    """One point: the texts that its paths are set to, the folder of its run, and which scenario and run that is."""

    model_config = ConfigDict(frozen=True, strict=True)

    values: tuple[str, ...]
    folder: str
    scenario: ScenarioMark
    run: str


class SweepManifest(ScenarioManifest):
    """Which points a folder holds; the scenario is the one without what the points set."""

    kind: Literal["sweep"] = "sweep"
    """What the folder holds."""
    names: tuple[str, ...]
    """The paths that the points set, as in inputs.hts_fighters."""
    outcomes: tuple[str, ...]
    """The outcomes that the table of points is about."""
    points: tuple[PlayedPoint, ...]
    """The points in their order: values of `names`, folder and digest of the run, and scenario."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the runs, in the order of the points."""
        return tuple(point.folder for point in self.points)

    @property
    def design(self) -> Design:
        """The points as they were asked for."""
        points = tuple(Point(values=each.values) for each in self.points)
        return Design(names=self.names, points=points, full=is_full(points))

    @property
    def identity(self) -> dict[str, Any]:
        """What makes two studies the same: equal identities give equal tables."""
        runs = [[*point.values, point.run] for point in self.points]
        told = {"scenario_digest": self.scenario_digest, "names": self.names, "outcomes": self.outcomes}
        return told | {"scenario": self.scenario, "runs": runs}

    @property
    def folder_name(self) -> str:
        """The name of the folder under results/."""
        return f"sweep-{self.scenario}-{self.digest}"

    @property
    def again(self) -> str:
        """The command that makes the tables once more when it is typed in the folder itself."""
        numbers = ("--replicates", str(self.replicates), "--seed", str(self.seed))
        outcomes = ("--outcomes", ",".join(self.outcomes))
        return shlex.join(("simulate", "sweep", "scenario.yaml", "--design", DESIGN, *numbers, *outcomes))


def sweep_manifest(
    base: Scenario,
    design: Design,
    scenarios: Sequence[Scenario],
    *,
    replicates: int,
    seed: int,
    workers: int,
    outcomes: Sequence[str],
) -> SweepManifest:
    """Return the manifest of a study that begins now; `base` is the scenario without what the points set."""
    width = len(str(len(design.points)))
    points = tuple(
        PlayedPoint(
            values=point.values,
            folder=f"runs/{k:0{width}}-{_file_name(design.overrides(point))}",
            scenario=ScenarioMark(name=scenario.name, digest=scenario.digest, title=scenario.title),
            run=run_digest(scenario, replicates, seed),
        )
        for k, (point, scenario) in enumerate(zip(design.points, scenarios, strict=True), start=1)
    )
    return SweepManifest(
        scenario=base.name, scenario_digest=base.digest, title=base.title, days=base.days, seed=seed,
        replicates=replicates, workers=workers, engine_version=engine_version(), names=design.names,
        outcomes=tuple(outcomes), points=points,
    )  # fmt: skip


def run_digest(scenario: Scenario, replicates: int, seed: int) -> str:
    """Return the digest that the run of a scenario has: the address at which it is found again."""
    values = (scenario.name, scenario.digest, seed, replicates, PER_CASE, engine_version())
    return digest_of(dict(zip(IDENTITY, values, strict=True)))


def _file_name(overrides: Sequence[str]) -> str:
    told = ",".join(text.removeprefix("inputs.") for text in overrides)
    return _NOT_IN_NAMES.sub("-", told)[:_LONGEST_NAME].strip("-.") or "point"
