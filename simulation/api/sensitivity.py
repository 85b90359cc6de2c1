"""The library: which unknown inputs drive each outcome of a scenario, and how much of it is chance."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import arguments
from simulation.api.progress import Progress, waiting
from simulation.api.setup import executor_of, output_of, scenario_of, seed_of
from simulation.errors import InputError
from simulation.results.conclusions import write_conclusions
from simulation.results.engine_digest import engine_version
from simulation.results.manifest_head import Failure
from simulation.results.packed_inputs import write_resolved
from simulation.results.publication import Publication
from simulation.scenario import Scenario
from simulation.scenario.case_draws import draw_cases
from simulation.scenario.notice import tell
from simulation.sensitivity_analysis.design import FEWEST, repeated_cases
from simulation.sensitivity_analysis.entries import group_moves, group_sentences, study_entries
from simulation.sensitivity_analysis.evaluator import Player
from simulation.sensitivity_analysis.manifest import StudyManifest
from simulation.sensitivity_analysis.morris_study import by_walks
from simulation.sensitivity_analysis.request import requested_inputs, requested_outcomes, words_for
from simulation.sensitivity_analysis.selection import answer_findings, outcome_findings
from simulation.sensitivity_analysis.sobol_study import by_variance
from simulation.sensitivity_analysis.study import MORRIS, SOBOL, StudiedOutcome, Study, StudyResult
from simulation.wording.notebook import card, one_line
from simulation.wording.phrases import counted
from simulation.wording.terminal import whereabouts
from simulation.world.world import World, build_world

if TYPE_CHECKING:
    from distributed import Client

USUAL = 16_000
USUAL_WALKS = 25
MOST = 10_000_000
TIMED = 32


@dataclass(frozen=True, kw_only=True)
class Sensitivity:
    """A finished study and its folder; `failed` lists the histories that could not be used."""

    study: Study
    manifest: StudyManifest
    folder: Path
    failed: tuple[Failure, ...]
    report: Path | None

    def __repr__(self) -> str:
        """Return what was studied and the folder on one line."""
        return one_line(self, f"of {self.study.scenario} by {self.study.method} in {self.folder}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the summary as a terminal has it, and a link to the page."""
        from simulation.sensitivity_analysis.terminal import study_text

        return card("", printed=study_text(self.study), page=self.report)

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
) -> Sensitivity:
    """Say which unknown inputs drive each outcome and how much is chance; write a folder.

    `method` is "sobol" (shares of variance) or "morris" (a cheap first look). At most `histories` are played:
    16,000 when left out, or by "morris" enough for 25 walks. `outcomes` are named as in
    ["civilians_killed", "ending.truce", "place.Hama"] and `inputs` as in the scenario; all uncertain ones when
    left out. The tables depend on these, the scenario and the seed, not on workers. InputError for a wrong
    scenario, name or number, RunError for a full disk.
    """
    executor, seed, place_asked = executor_of(workers, client), seed_of(seed), output_of(out)
    report, progress = arguments.flag("report", report), arguments.flag("progress", progress)
    method = arguments.word("method", method, (SOBOL, MORRIS))
    named = arguments.texts("outcomes", outcomes), arguments.texts("inputs", inputs)
    chosen = scenario_of(scenario, overrides)
    with waiting("laying out the world", shown=progress):
        world = build_world(chosen)
        tell(world.notices)
    targets, asked = requested_outcomes(named[0], world), requested_inputs(named[1], world)
    number = _number(histories, method, len(asked))
    manifest = StudyManifest(
        method=method,
        scenario=chosen.name,
        scenario_digest=chosen.digest,
        title=chosen.title,
        days=chosen.days,
        seed=seed,
        replicates=number,
        workers=executor.workers,
        outcomes=tuple(each.text for each in targets),
        inputs=asked,
        all_inputs=asked == requested_inputs((), world),
        engine_version=engine_version(),
    )
    with Publication(manifest, place_asked) as place:
        player = Player(world=world, targets=targets, seed=seed, executor=executor, advance=lambda *_: None)
        if progress:
            _announce(player, number, method)
        measured = tuple(_measured(each.text, words_for(each, _actors(world))) for each in targets)
        with Progress(number, shown=progress, at_most=True) as told:
            conduct = by_variance if method == SOBOL else by_walks
            found = conduct(replace(player, advance=told.advance), measured, asked, number)
        study = _study(world, method, seed, measured, asked, found)
        write_conclusions(study.tables, [study.answer, *study.sentences, *study.notes], place.working)
        write_resolved(chosen, place.working)
        place.seal(manifest.found(found))
        page = place.page(partial(_write_report, study, world, place.manifest)) if report else None
    return Sensitivity(
        study=study, manifest=place.manifest, folder=place.folder, failed=found.failed, report=page
    )


def _number(histories: int | None, method: str, inputs: int) -> int:
    """Return how many histories to play; InputError for too few to say anything."""
    fewest = FEWEST if method == SOBOL else 4 * (inputs + 2)
    if histories is None:
        return USUAL if method == SOBOL else USUAL_WALKS * (inputs + 2)
    number = arguments.whole_number("histories", histories, 1, MOST)
    if number < fewest:
        raise InputError(
            f"--histories must be {fewest:,} to {MOST:,} for {inputs} inputs by {method}, not {number:,}"
        )
    return number


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


def _measured(name: str, words: tuple[str, str]) -> StudiedOutcome:
    return StudiedOutcome(name=name, label=words[0], unit=words[1])


def _actors(world: World) -> dict[str, str]:
    return {actor.id: actor.short for actor in world.seeds.actors}


def _study(
    world: World,
    method: str,
    seed: int,
    measured: tuple[StudiedOutcome, ...],
    asked: tuple[str, ...],
    found: StudyResult,
) -> Study:
    scenario = world.scenario
    entries = study_entries(scenario.inputs, scenario.together)
    notes = group_sentences if method == SOBOL else group_moves
    study = Study(
        method=method,
        scenario=scenario.name,
        title=scenario.title,
        question=scenario.question,
        days=scenario.days,
        seed=seed,
        histories=found.histories,
        cases=found.cases,
        rows=found.rows,
        inputs=asked,
        kept=found.kept,
        outcomes=measured,
        tables=found.tables,
        troubles=found.troubles,
        meanings={name: entries[name].meaning for name in asked},
        labels={name: entries[name].label for name in asked},
        notes=tuple(
            notes({name: each for name, each in scenario.together.items() if name in asked}, scenario.inputs)
        ),
    )
    return replace(study, answer_findings=answer_findings(study), outcome_findings=outcome_findings(study))


def _write_report(study: Study, world: World, manifest: StudyManifest, page: Path) -> None:
    from simulation.report.sensitivity.page import write_sensitivity

    write_sensitivity(study, world, manifest, page)
