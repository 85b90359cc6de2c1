"""The manifest of a film: as of which dates a folder scores a scenario, and where these hindcasts lie in it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, computed_field

from simulation.results.manifest import Manifest
from simulation.results.manifest_head import Failure, ScenarioManifest, ScenarioMark


class ScoredDate(BaseModel):
    """A date of the film, the folder of its hindcast, which scenario it is, which run was asked for, and which made."""

    model_config = ConfigDict(frozen=True, strict=True)

    as_of: str
    folder: str
    scenario: ScenarioMark
    asked: str
    run: str


class FilmManifest(ScenarioManifest):
    """As of which dates a folder scores a scenario; the scenario is that of the first date."""

    kind: Literal["film"] = "film"
    """What the folder holds."""
    hindcasts: tuple[ScoredDate, ...]
    """The dates in their order: folder and scenario of each hindcast, and the digests of its run."""
    asked_sequential: bool | None = None
    """Whether the histories were to be updated sequentially; null for where plain weights fail."""
    truth: tuple[str, ...] = ()
    """The files of what happened that were named, within the folder of each hindcast; none: the scenario's."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the hindcasts, in the order of the dates."""
        return tuple(each.folder for each in self.hindcasts)

    @property
    def identity(self) -> list[Any]:
        """The dates, and the digest of what each hindcast is."""
        return [[each.as_of, each.run] for each in self.hindcasts]

    @property
    def request(self) -> list[Any]:
        """The dates, and the digest of what each hindcast was asked to be."""
        return [[each.as_of, each.asked] for each in self.hindcasts]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be settled how the histories are updated."""
        return super().is_open or self.finished is None

    def following(self, done: Sequence[Manifest]) -> Self:
        """Return the manifest of the film when all its hindcasts are there."""
        made = tuple(
            each.model_copy(update={"run": one.digest})
            for each, one in zip(self.hindcasts, done, strict=True)
        )
        failed = tuple(
            Failure(replicate=failure.replicate, reason=f"{each.as_of}: {failure.reason}")
            for each, one in zip(self.hindcasts, done, strict=True)
            for failure in one.failed
        )
        return self.model_copy(update={"hindcasts": made}).done(failed)

    @property
    def folder_name(self) -> str:
        """The name of the folder under results/."""
        return f"film-{self.scenario}-{self.digest}"

    @property
    def again(self) -> str:
        """The command that makes the tables once more when it is typed in the folder itself."""
        first = self.folders[0]
        way = {None: (), True: ("--sequential",), False: ("--no-sequential",)}[self.asked_sequential]
        return shlex.join(
            (
                "simulate", "hindcast", f"{first}/scenario.yaml",
                "--as-of", ",".join(each.as_of for each in self.hindcasts),
                "--replicates", str(self.replicates), "--seed", str(self.seed), *way,
                *(word for name in self.truth for word in ("--truth", f"{first}/{name}")),
            )
        )  # fmt: skip


def film_manifest(manifests: Sequence[Manifest]) -> FilmManifest:
    """Return the manifest of a film of hindcasts that begin now, each as of another date."""
    first = manifests[0]
    dates = tuple(
        ScoredDate(
            as_of=str(each.as_of),
            folder=f"runs/{each.as_of}",
            scenario=each.marks[0],
            asked=each.asked,
            run=each.digest,
        )
        for each in manifests
    )
    return FilmManifest(
        scenario=first.scenario, scenario_digest=first.scenario_digest, title=first.title, seed=first.seed,
        replicates=first.replicates, days=first.days, workers=first.workers, engine_version=first.engine_version,
        hindcasts=dates, asked_sequential=first.asked_sequential, truth=first.truth,
    )  # fmt: skip
