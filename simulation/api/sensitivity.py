"""The library: which unknown inputs drive each outcome of a scenario, and how much of it is chance."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from simulation import arguments
from simulation.api.conditioned_histories import histories_of
from simulation.api.conditioning import updated
from simulation.api.finished import Finished
from simulation.api.progress import Progress, waiting
from simulation.api.setup import Terms, scenario_of, terms_of
from simulation.api.study_request import StudyRequest, method_for, number_for
from simulation.engine.executor import Threads
from simulation.results.checkpoint import Checkpoint
from simulation.results.conclusions import write_conclusions
from simulation.results.engine_digest import engine_version
from simulation.results.manifest_head import Failure
from simulation.results.opening import check_engine, page_in
from simulation.results.packed_inputs import SCENARIO, write_resolved
from simulation.results.publication import Publication
from simulation.results.unfinished import Unfinished
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.case_draws import draw_cases
from simulation.scenario.notice import tell
from simulation.sensitivity_analysis.builder import study_of, study_of_histories
from simulation.sensitivity_analysis.conditioned_study import inputs_of
from simulation.sensitivity_analysis.design import repeated_cases
from simulation.sensitivity_analysis.evaluator import Player
from simulation.sensitivity_analysis.manifest import StudyManifest
from simulation.sensitivity_analysis.point_values import kept_points, stored_points
from simulation.sensitivity_analysis.request import requested_inputs, requested_outcomes
from simulation.sensitivity_analysis.study import GIVEN, MORRIS, SOBOL, Study, StudyResult
from simulation.wording.notebook import card, one_line
from simulation.wording.phrases import counted
from simulation.wording.terminal import whereabouts
from simulation.world.world import World, build_world

if TYPE_CHECKING:
    from distributed import Client

    from simulation.report.figures import Drawn

TIMED = 32


@dataclass(frozen=True, kw_only=True)
class Sensitivity(Finished):
    """A finished study and its folder; `failed` lists the histories that could not be used."""

    study: Study
    manifest: StudyManifest
    folder: Path
    failed: tuple[Failure, ...]
    report: Path | None
    world: World = field(repr=False)
    """The world of the scenario."""

    def __repr__(self) -> str:
        """Return what was studied and the folder on one line."""
        return one_line(self, f"of {self.study.scenario} by {self.study.method} in {self.folder}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the summary as a terminal has it, and a link to the page."""
        from simulation.sensitivity_analysis.terminal import study_text

        return card("", printed=study_text(self.study), page=self.report)

    def _drawn(self) -> dict[str, Drawn]:
        from simulation.report.figures import figures
        from simulation.report.sensitivity.page import StudySubject, shown_sections

        subject = StudySubject(study=self.study, world=self.world, manifest=self.manifest)
        return figures(shown_sections(self.study), subject)

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        head = {"manifest": self.manifest.document(), "folder": str(self.folder)}
        return head | self.study.document()

    def text(self) -> str:
        """Return the summary for a terminal."""
        from simulation.sensitivity_analysis.terminal import study_text

        return f"{study_text(self.study)}\n{whereabouts(self.folder, self.report)}"


def sensitivity(
    scenario: Scenario | str | Path,
    *,
    method: str = SOBOL,
    histories: int | None = None,
    outcomes: Sequence[str] | str = (),
    inputs: Sequence[str] | str = (),
    seed: int = 1,
    workers: int | None = None,
    client: Client | None = None,
    out: str | Path | None = None,
    overrides: Sequence[str] | str = (),
    report: bool = True,
    progress: bool = False,
    as_of: date | str | None = None,
    given: Sequence[str] | str = (),
    doubt: Sequence[str] | str = (),
    sequential: bool | None = None,
) -> Sensitivity:
    """Say which unknown inputs drive each outcome and how much is chance; write a folder.

    `method` is "sobol" (shares of variance) or "morris" (a cheap first look). At most `histories` are played:
    16,000 when left out, or by "morris" enough for 25 walks. `outcomes` are named as in
    ["civilians_killed", "ending.truce", "place.Weirford"] and `inputs` as in the scenario; all uncertain ones when
    left out. The tables depend on these, the scenario and the seed, not on workers.

    With reports (`as_of`, `given` and `doubt` as in `run`, or those of the scenario) the study is one of `histories`
    updated on them, 1,000 when left out, weighed or drawn `sequential` as in `run`: the method is "given", and chance
    is not told apart. InputError for a wrong scenario, name or number, RunError for a full disk.
    """
    terms = terms_of(seed=seed, workers=workers, client=client, out=out, report=report, progress=progress)
    asked = StudyRequest(
        method=arguments.word("method", method, (SOBOL, MORRIS, GIVEN)),
        histories=histories,
        outcomes=arguments.texts("outcomes", outcomes),
        inputs=arguments.texts("inputs", inputs),
        sequential=None if sequential is None else arguments.flag("sequential", sequential),
    )
    return play_study(updated(scenario_of(scenario, overrides), as_of, given, doubt), asked, terms)


def play_study(scenario: Scenario, asked: StudyRequest, terms: Terms) -> Sensitivity:
    """Conduct a study of a scenario as it is asked for, and publish its folder with its page."""
    method = method_for(scenario, asked.method)
    with waiting("laying out the world", shown=terms.progress):
        world = build_world(scenario)
        tell(world.notices)
    targets = requested_outcomes(asked.outcomes, world)
    inputs, every = (_inputs(names, method, world) for names in (asked.inputs, ()))
    number = number_for(asked.histories, method, len(inputs))
    manifest = StudyManifest(
        method=method,
        scenario=scenario.name,
        scenario_digest=scenario.digest,
        title=scenario.title,
        days=scenario.days,
        seed=terms.seed,
        replicates=number,
        workers=terms.executor.workers,
        outcomes=tuple(each.text for each in targets),
        inputs=inputs,
        all_inputs=inputs == every,
        sequential=asked.sequential,
        engine_version=engine_version(),
    )
    place = Publication(manifest, terms.place, terms.within)
    with Unfinished(place, partial(write_resolved, scenario), terms.unfinished) as unfinished, place:
        kept = unfinished.checkpoint()
        player = Player(world=world, targets=targets, seed=terms.seed, executor=terms.executor)
        if method == GIVEN:
            table, done = histories_of(scenario, targets, number, terms, asked.sequential)
            study, found = study_of_histories(table, targets, inputs, world, terms.seed)
            found.failed = done.failed
        else:
            study, found = _conducted(player, method, inputs, number, kept, shown=terms.progress)
        write_conclusions(study.tables, [study.answer, *study.sentences, *study.notes], place.working)
        write_resolved(scenario, place.working, kept.source)
        place.seal(place.manifest.found(found))
        page = place.page(partial(write_page, study, world, place.manifest)) if terms.report else None
    return Sensitivity(
        study=study,
        manifest=place.manifest,
        folder=place.folder,
        failed=found.failed,
        report=page,
        world=world,
    )


def _conducted(
    player: Player, method: str, inputs: tuple[str, ...], number: int, kept: Checkpoint, *, shown: bool
) -> tuple[Study, StudyResult]:
    """Return the study that a design makes, gone on with from what was kept of it, and what it rests on."""
    if shown and not kept.parts:
        _announce(player, number, method)
    with Progress(number, shown=shown, at_most=True) as told:
        known = kept_points(kept, player.names)
        going_on = replace(player, advance=told.advance, known=known, kept=kept)
        return study_of(going_on, method, inputs, number)


def _inputs(names: Sequence[str], method: str, world: World) -> tuple[str, ...]:
    return inputs_of(names, world.scenario) if method == GIVEN else requested_inputs(names, world)


def study_in(folder: Path, manifest: StudyManifest) -> Sensitivity:
    """Return the finished study in a folder, computed again from the values of its histories."""
    check_engine(manifest, folder, "a study is computed again")
    world = build_world(load_scenario(folder / SCENARIO))
    targets, table = requested_outcomes(manifest.outcomes, world), folder / "histories.parquet"
    if manifest.method == GIVEN:
        rows = pq.read_table(table).to_pandas()
        study, _ = study_of_histories(rows, targets, manifest.inputs, world, manifest.seed)
    else:
        known = stored_points(table, manifest.outcomes, manifest.failed)
        player = Player(world=world, targets=targets, seed=manifest.seed, executor=Threads(1), known=known)
        study, _ = study_of(player, manifest.method, manifest.inputs, manifest.replicates)
    return Sensitivity(
        study=study,
        manifest=manifest,
        folder=folder,
        failed=manifest.failed,
        report=page_in(folder, manifest),
        world=world,
    )


def _announce(player: Player, number: int, method: str) -> None:
    """Say on stderr how many histories there will be and about how long they take, timed on a few."""
    scenario = player.world.scenario
    inputs = draw_cases(scenario.inputs, range(TIMED // 2), player.seed, scenario.together)
    player.play(repeated_cases(inputs[:1], 0))
    began = time.monotonic()
    player.play(repeated_cases(inputs, 0))
    seconds = (time.monotonic() - began) / TIMED * number
    long = f"{seconds / 60:.0f} minutes" if seconds >= 90 else counted(max(1, round(seconds)), "second")
    print(f"at most {number:,} histories by {method}, about {long}", file=sys.stderr, flush=True)


def write_page(study: Study, world: World, manifest: StudyManifest, page: Path) -> None:
    """Write the page of a study to a file."""
    from simulation.report.sensitivity.page import write_sensitivity

    write_sensitivity(study, world, manifest, page)
