"""The library: compare scenarios under common random numbers: the same cases and the same luck."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import arguments
from simulation.api.compared_runs import run_all
from simulation.api.conditioning import updated_reference
from simulation.api.finished import Finished
from simulation.api.member import Member
from simulation.api.progress import waiting
from simulation.api.setup import Asked, asked_of, manifest_of, terms_of
from simulation.comparison.builder import comparison_of
from simulation.comparison.common_ground import check_comparable
from simulation.comparison.comparison import Comparison
from simulation.comparison.manifest import ComparisonManifest, comparison_manifest
from simulation.comparison.scenario_folders import variants_in, write_scenarios
from simulation.comparison.terminal import comparison_text
from simulation.outcomes.targets import check_names
from simulation.results.conclusions import write_conclusions
from simulation.results.folder import Results
from simulation.results.manifest_head import Failure
from simulation.results.opening import check_engine, page_in
from simulation.results.publication import Publication
from simulation.results.terminal import stopping_text
from simulation.results.unfinished import Unfinished
from simulation.scenario import Scenario
from simulation.scenario.notice import tell
from simulation.scenario.variants import Choice, Variant, variants
from simulation.wording.notebook import card, one_line
from simulation.wording.terminal import whereabouts
from simulation.world.world import World, build_worlds

if TYPE_CHECKING:
    from distributed import Client

    from simulation.report.figures import Drawn


@dataclass(frozen=True, kw_only=True)
class Compared(Finished):
    """A finished comparison and its folder; `failed` lists the histories that some scenario lacks."""

    comparison: Comparison
    manifest: ComparisonManifest
    folder: Path
    failed: tuple[Failure, ...]
    report: Path | None
    reference: World = field(repr=False)
    """The world of the first scenario."""

    @property
    def met(self) -> bool:
        """Whether every target of `until` is known as well as was asked; true where there was none."""
        return self.manifest.met

    def __repr__(self) -> str:
        """Return what was compared and the folder on one line."""
        return one_line(self, f"{' and '.join(self.comparison.names)} in {self.folder}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the summary as a terminal has it, and a link to the page."""
        return card("", printed=comparison_text(self.comparison), page=self.report)

    def _drawn(self) -> dict[str, Drawn]:
        from simulation.report.comparison.page import SECTIONS
        from simulation.report.comparison.subject import subject
        from simulation.report.figures import figures

        return figures(SECTIONS, subject(self.comparison, self.reference, self.manifest))

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        head = {"manifest": self.manifest.document(), "folder": str(self.folder)}
        return head | self.comparison.document()

    def text(self) -> str:
        """Return the summary for a terminal."""
        stopped = stopping_text(self.manifest.stopping)
        return f"{comparison_text(self.comparison)}{stopped}\n{whereabouts(self.folder, self.report)}"


def compare(
    scenarios: Sequence[Choice] | Scenario | str | Path,
    *,
    replicates: int | None = None,
    until: Sequence[str] | str = (),
    max_replicates: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    client: Client | None = None,
    out: str | Path | None = None,
    overrides: Sequence[str] | str = (),
    against: Sequence[str] | str = (),
    ablate: bool = False,
    as_of: date | str | None = None,
    given: Sequence[str] | str = (),
    doubt: Sequence[str] | str = (),
    sequential: bool | None = None,
    report: bool = True,
    progress: bool = False,
) -> Compared:
    """Run scenarios as the same many histories, compare each with the first, and write a folder.

    A scenario is given as `Scenario`, file, bundled name, or a file with settings of its own, such as
    "duel --set inputs.red_fighters=21". `overrides` apply to all; each setting in `against` adds the first
    scenario with it. `ablate` compares the one scenario with itself without each of its measures. With
    `until` there are as many histories as it takes to know, for every scenario, each target's difference from
    the first that well; numbers as in `api.run`.

    With `as_of`, `given` and `doubt`, as in `api.run`, the first scenario is updated on reports; the others replay its
    histories and take their weights, so that all is said given what was reported. Where plain weights fail, or with
    `sequential`, as in `api.run`, these are drawn given the reports, and the others have their inputs and their luck.
    InputError for scenarios that cannot be compared, RunError for a full disk.
    """
    terms = terms_of(seed=seed, workers=workers, client=client, out=out, report=report, progress=progress)
    asked = asked_of(terms, replicates, until=until, most=max_replicates, sequential=sequential)
    every = variants(
        _choices(scenarios),
        arguments.texts("overrides", overrides),
        arguments.texts("against", against),
        ablate=arguments.flag("ablate", ablate),
    )
    return play_comparison(updated_reference(every, as_of, given, doubt), asked)


def play_comparison(every: Sequence[Variant], asked: Asked, base: Path | None = None) -> Compared:
    """Run scenarios as they are asked for, with the histories of the finished comparison `base` of the same ones."""
    labels = [each.label for each in every]
    with waiting("laying out the worlds", shown=asked.progress):
        worlds = build_worlds(each.scenario for each in every)
        for world in worlds:
            tell(world.notices)
    check_comparable(labels, worlds)
    check_names(asked.rule.targets, worlds[0])
    manifests = [
        manifest_of(world, asked.rule, asked.seed, asked.executor.workers, sequential=asked.sequential)
        for world in worlds
    ]
    manifest = comparison_manifest(labels, manifests, [each.label for each in every if each.left_out])
    place = Publication(manifest, asked.place, asked.within)
    begin = partial(write_scenarios, dict(zip(manifest.folders, every, strict=True)), base)
    with Unfinished(place, begin, asked.unfinished) as unfinished, place:
        members = [
            Member(
                label=label, world=world, manifest=each, folder=place.working / name,
                kept=unfinished.checkpoint(name), beside=unfinished.checkpoint(f"{name}/sequential"),
            )
            for label, world, each, name in zip(labels, worlds, manifests, manifest.folders, strict=True)
        ]  # fmt: skip
        for name, member in zip(manifest.folders, members, strict=True):
            member.kept.begin_with([] if base is None else [Results(base / name)], asked.rule.most)
        reference, failed = run_all(asked, members, extended=base is not None)
        comparison = comparison_of(
            labels, worlds, [Results(each.folder) for each in members], manifest.left_out
        )
        asks = [comparison.question] if comparison.question else []
        write_conclusions(comparison.tables, [*asks, comparison.answer, *comparison.sentences], place.working)
        place.seal(place.manifest.following(reference).done(failed))
        page = (
            place.page(partial(write_page, comparison, worlds[0], place.manifest)) if asked.report else None
        )
    return Compared(
        comparison=comparison.moved(place.folder / name for name in place.manifest.folders),
        manifest=place.manifest,
        folder=place.folder,
        failed=failed,
        report=page,
        reference=worlds[0],
    )


def compared_in(folder: Path, manifest: ComparisonManifest) -> Compared:
    """Return the finished comparison in a folder, computed again from the tables of its runs."""
    check_engine(manifest, folder, "a comparison is computed again")
    worlds = build_worlds(each.scenario for each in variants_in(folder, manifest))
    runs = [Results(folder / name) for name in manifest.folders]
    return Compared(
        comparison=comparison_of(manifest.names, worlds, runs, manifest.left_out),
        manifest=manifest,
        folder=folder,
        failed=manifest.failed,
        report=page_in(folder, manifest),
        reference=worlds[0],
    )


def _choices(scenarios: object) -> tuple[Choice, ...]:
    """Return the scenarios to compare; a single one is a list of one."""
    kinds = (Variant, Scenario, str, os.PathLike)
    words = "a list of Scenarios, files and bundled names"
    found = (scenarios,) if isinstance(scenarios, kinds) else arguments.items("scenarios", scenarios, words)
    one = "a Scenario, a file or a bundled name"
    return tuple(
        each if isinstance(each, Variant | Scenario | str) else arguments.path(f"scenarios[{k}]", each, one)
        for k, each in enumerate(found)
    )


def write_page(comparison: Comparison, reference: World, manifest: ComparisonManifest, page: Path) -> None:
    """Write the page of a comparison to a file."""
    from simulation.report.comparison.page import write_comparison

    write_comparison(comparison, reference, manifest, page)
