"""The library: play one scenario at many points of its inputs, each with the same cases and the same luck."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import arguments
from simulation.api.bounds import MOST_REPLICATES
from simulation.api.conditioning import updated
from simulation.api.point_player import PointPlayer
from simulation.api.setup import Terms, terms_of
from simulation.comparison.contrasts import common_replicates
from simulation.errors import InputError, RunError
from simulation.outcomes.targets import Target
from simulation.parameter_study.design import Design, design_in, grid
from simulation.parameter_study.estimates import point_table, values_at
from simulation.parameter_study.factor import factor_of
from simulation.parameter_study.manifest import DESIGN, SweepManifest, sweep_manifest
from simulation.parameter_study.scenarios import scenarios_of, write_scenarios
from simulation.parameter_study.sentences import answer, sentences
from simulation.parameter_study.study import ParameterStudy
from simulation.parameter_study.weighted_estimates import weights_at
from simulation.results.conclusions import write_conclusions
from simulation.results.folder import Results
from simulation.results.manifest_head import Failure
from simulation.results.packed_inputs import write_resolved
from simulation.results.publication import Publication
from simulation.results.unfinished import Unfinished
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.archive import Archive
from simulation.scenario.notice import tell
from simulation.scenario.variants import FIXED
from simulation.sensitivity_analysis.request import requested_outcomes, words_for
from simulation.sensitivity_analysis.study import StudiedOutcome
from simulation.statistics.weighted import effective_size
from simulation.wording.notebook import card, one_line
from simulation.wording.terminal import whereabouts
from simulation.world.world import World, build_world

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client

USUAL = 1_000


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """A finished sweep and its folder; `failed` lists the histories that some point lacks."""

    study: ParameterStudy
    manifest: SweepManifest
    folder: Path
    failed: tuple[Failure, ...]
    report: Path | None

    @property
    def points(self) -> pd.DataFrame:
        """One row for each point and outcome, with the settings, intervals and paired differences."""
        return self.study.tables["points"]

    def __repr__(self) -> str:
        """Return what was swept and the folder on one line."""
        return one_line(
            self, f"of {self.study.scenario} at {len(self.manifest.points)} points in {self.folder}"
        )

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the summary as a terminal has it, and a link to the page."""
        from simulation.parameter_study.terminal import study_text

        return card("", printed=study_text(self.study), page=self.report)

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        from simulation.parameter_study.json_document import study_document

        return {"manifest": self.manifest.document(), "folder": str(self.folder)} | study_document(self.study)

    def text(self) -> str:
        """Return the summary for a terminal."""
        from simulation.parameter_study.terminal import study_text

        return f"{study_text(self.study)}\n{whereabouts(self.folder, self.report)}"


def sweep(
    scenario: str | Path,
    values: Mapping[str, Sequence[float | str]] | None = None,
    *,
    design: str | Path | None = None,
    outcomes: Sequence[str] | str = (),
    replicates: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    client: Client | None = None,
    out: str | Path | None = None,
    overrides: Sequence[str] | str = (),
    as_of: date | str | None = None,
    given: Sequence[str] | str = (),
    doubt: Sequence[str] | str = (),
    report: bool = True,
    progress: bool = False,
) -> Sweep:
    """Play a scenario at every point of a grid or of a file, and write a folder with a table of the points.

    `values` are those of each path, as in {"inputs.hts_fighters": [5000, 15000]}, and every one meets every other;
    `design` is a CSV file in their place, whose columns are paths and whose rows are the points, 2 to 300. Each
    point is a run of `replicates` histories, 1,000 when left out, with the same cases and the same luck, so that
    points are paired; `overrides` apply to all. `outcomes` are named as in `sensitivity`. A point that lies finished
    in the folder of the results, as a run or in another sweep, is not played again. With `as_of`, `given` and `doubt`,
    as in `api.run`, each point is updated on the reports by weights of its own, and all is said by weight. InputError
    for a wrong scenario, path, value or number, RunError for a full disk, and where no history of a point agrees.
    """
    terms = terms_of(seed=seed, workers=workers, client=client, out=out, report=report, progress=progress)
    number = (
        USUAL if replicates is None else arguments.whole_number("replicates", replicates, 1, MOST_REPLICATES)
    )
    named, fixed = arguments.texts("outcomes", outcomes), arguments.texts("overrides", overrides)
    source, archive = _source(scenario), Archive()
    known = partial(updated, as_of=as_of, given=given, doubt=doubt)
    base = known(load_scenario(source, fixed, archive))
    points = _design(values, design)
    every = [known(each) for each in scenarios_of(source, fixed, points, archive)]
    return play_sweep(base, every, points, named, number, terms)


def play_sweep(
    base: Scenario,
    every: Sequence[Scenario],
    points: Design,
    outcomes: Sequence[str],
    replicates: int,
    terms: Terms,
) -> Sweep:
    """Play the scenarios at the points of a design, each so often; `base` is the one without what the points set."""
    world = build_world(every[0])
    tell(world.notices)
    targets = requested_outcomes(outcomes, world)
    manifest = sweep_manifest(
        base, points, every, replicates=replicates, seed=terms.seed, workers=terms.executor.workers,
        outcomes=[each.text for each in targets],
    )  # fmt: skip
    place = Publication(manifest, terms.place, terms.within)
    begin = partial(write_scenarios, base, dict(zip(manifest.folders, every, strict=True)))
    with Unfinished(place, begin, terms.unfinished) as unfinished, place:
        player = PointPlayer(place, terms, unfinished)
        runs = player.play(every)
        study = _study(base, world, points, targets, runs, player.reused)
        _write(study, base, place.working, unfinished.folder)
        failed = _failures(manifest, runs)
        place.seal(place.manifest.done(failed))
        page = place.page(partial(_write_report, study, world, place.manifest)) if terms.report else None
    return Sweep(study=study, manifest=place.manifest, folder=place.folder, failed=failed, report=page)


def _source(scenario: object) -> str | Path:
    """Return the file or bundled name of a scenario; InputError for one that is made already."""
    if isinstance(scenario, Scenario):
        raise InputError(FIXED)
    words = "a file or a bundled name"
    return scenario if isinstance(scenario, str) else arguments.path("scenario", scenario, words)


def _design(values: object, design: object) -> Design:
    """Return the points of a grid or of a file; InputError for both, for none, and for what cannot be points."""
    if design is not None:
        if values:
            raise InputError(
                "the points are given twice: by values, and by a file of points; leave out one of the two"
            )
        return design_in(arguments.path("design", design))
    given = arguments.an_instance(
        "values", {} if values is None else values, Mapping, "a mapping of paths to lists of values"
    )
    return grid({arguments.text("a path", path): _texts(path, each) for path, each in given.items()})


def _texts(path: str, values: object) -> tuple[str, ...]:
    """Return some values as the texts that stand for them in a scenario."""
    words = "a list of numbers and texts"
    return tuple(
        each if isinstance(each, str) else f"{arguments.real_number(f'values of {path}', each):.17g}"
        for each in arguments.items(f"values of {path}", values, words)
    )


def _study(
    base: Scenario,
    world: World,
    design: Design,
    targets: Sequence[Target],
    runs: Sequence[Results],
    reused: int,
) -> ParameterStudy:
    replicates = common_replicates(runs)
    if not len(replicates):
        raise RunError("no history finished at every point, so there is nothing to compare")
    actors = {actor.id: actor.short for actor in world.seeds.actors}
    words = [words_for(each, actors) for each in targets]
    weights = weights_at(runs, replicates)
    return ParameterStudy(
        scenario=base.name,
        title=base.title,
        question=base.question,
        days=world.scenario.days,
        seed=runs[0].manifest.seed,
        replicates=len(replicates),
        reused=reused,
        design=design,
        factors=tuple(factor_of(world.scenario, path, design.values_of(path)) for path in design.varied),
        outcomes=tuple(
            StudiedOutcome(name=each.text, label=label, unit=unit)
            for each, (label, unit) in zip(targets, words, strict=True)
        ),
        table=point_table([values_at(run, targets, replicates) for run in runs], targets, weights),
        reports=len(runs[0].manifest.reports),
        effective=tuple(map(effective_size, weights or ())),
    )


def _write(study: ParameterStudy, base: Scenario, folder: Path, like: Path | None) -> None:
    """Write the table, the sentences, the points and the scenario without them, as it lies in a folder `like` it."""
    write_conclusions(study.tables, [answer(study), *sentences(study)], folder)
    (folder / DESIGN).write_text(study.design.csv(), encoding="utf-8")
    write_resolved(base, folder, like)


def _failures(manifest: SweepManifest, runs: Sequence[Results]) -> tuple[Failure, ...]:
    return tuple(
        dataclasses.replace(each, reason=f"{point.folder}: {each.reason}")
        for point, run in zip(manifest.points, runs, strict=True)
        for each in run.manifest.failed
    )


def _write_report(study: ParameterStudy, world: World, manifest: SweepManifest, page: Path) -> None:
    from simulation.report.parameter_study.page import write_sweep

    write_sweep(study, world, manifest, page)
