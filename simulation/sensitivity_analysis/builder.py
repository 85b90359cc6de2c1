"""From the points of a design, played or known, to a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from simulation.outcomes.targets import Target
from simulation.sensitivity_analysis.conditioned_study import conditioned_result
from simulation.sensitivity_analysis.entries import group_moves, group_sentences, study_entries
from simulation.sensitivity_analysis.evaluator import Player
from simulation.sensitivity_analysis.morris_study import by_walks
from simulation.sensitivity_analysis.request import words_for
from simulation.sensitivity_analysis.selection import answer_findings, outcome_findings
from simulation.sensitivity_analysis.sobol_study import by_variance
from simulation.sensitivity_analysis.study import (
    GIVEN,
    MORRIS,
    SOBOL,
    StudiedOutcome,
    Study,
    StudyResult,
)
from simulation.world.world import World


def study_of(player: Player, method: str, inputs: Sequence[str], histories: int) -> tuple[Study, StudyResult]:
    """Conduct a study of the player's targets with at most so many histories; return it, and what it rests on."""
    measured = _all_measured(player.targets, player.world)
    conduct = by_variance if method == SOBOL else by_walks
    found = conduct(player, measured, inputs, histories)
    return _told(found, player.world, player.seed, method, inputs, measured), found


def study_of_histories(
    table: pd.DataFrame, targets: Sequence[Target], inputs: Sequence[str], world: World, seed: int
) -> tuple[Study, StudyResult]:
    """Return the study that histories make which were updated on reports, and what it rests on."""
    measured = _all_measured(targets, world)
    found = conditioned_result(table, [each.name for each in measured], inputs, seed)
    return _told(found, world, seed, GIVEN, inputs, measured), found


def _told(
    found: StudyResult,
    world: World,
    seed: int,
    method: str,
    inputs: Sequence[str],
    measured: tuple[StudiedOutcome, ...],
) -> Study:
    """Return a study with its findings and what readers are told beside them."""
    scenario = world.scenario
    entries = study_entries(scenario.inputs, scenario.together)
    single = {name: each for name, each in scenario.inputs.items() if name in inputs}
    notes = {SOBOL: group_sentences, MORRIS: group_moves}.get(method, _no_groups)
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
        inputs=tuple(inputs),
        kept=found.kept,
        outcomes=measured,
        tables=found.tables,
        troubles=found.troubles,
        meanings={name: (single.get(name) or entries[name]).meaning for name in inputs},
        labels={name: (single.get(name) or entries[name]).label for name in inputs},
        effective=found.effective,
        notes=tuple(
            notes({name: each for name, each in scenario.together.items() if name in inputs}, scenario.inputs)
        ),
    )
    return replace(study, answer_findings=answer_findings(study), outcome_findings=outcome_findings(study))


def _no_groups(*_: object) -> tuple[str, ...]:
    """Return nothing: inputs that were drawn together are asked about one by one."""
    return ()


def _all_measured(targets: Sequence[Target], world: World) -> tuple[StudiedOutcome, ...]:
    actors = {actor.id: actor.short for actor in world.seeds.actors}
    return tuple(_measured(each.text, words_for(each, actors)) for each in targets)


def _measured(name: str, words: tuple[str, str]) -> StudiedOutcome:
    return StudiedOutcome(name=name, label=words[0], unit=words[1])
