"""From the points of a design, played or known, to a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulation.sensitivity_analysis.entries import group_moves, group_sentences, study_entries
from simulation.sensitivity_analysis.evaluator import Player
from simulation.sensitivity_analysis.morris_study import by_walks
from simulation.sensitivity_analysis.request import words_for
from simulation.sensitivity_analysis.selection import answer_findings, outcome_findings
from simulation.sensitivity_analysis.sobol_study import by_variance
from simulation.sensitivity_analysis.study import SOBOL, StudiedOutcome, Study, StudyResult


def study_of(player: Player, method: str, inputs: Sequence[str], histories: int) -> tuple[Study, StudyResult]:
    """Conduct a study of the player's targets with at most so many histories; return it, and what it rests on."""
    actors = {actor.id: actor.short for actor in player.world.seeds.actors}
    measured = tuple(_measured(each.text, words_for(each, actors)) for each in player.targets)
    conduct = by_variance if method == SOBOL else by_walks
    found = conduct(player, measured, inputs, histories)
    scenario = player.world.scenario
    entries = study_entries(scenario.inputs, scenario.together)
    notes = group_sentences if method == SOBOL else group_moves
    study = Study(
        method=method,
        scenario=scenario.name,
        title=scenario.title,
        question=scenario.question,
        days=scenario.days,
        seed=player.seed,
        histories=found.histories,
        cases=found.cases,
        rows=found.rows,
        inputs=tuple(inputs),
        kept=found.kept,
        outcomes=measured,
        tables=found.tables,
        troubles=found.troubles,
        meanings={name: entries[name].meaning for name in inputs},
        labels={name: entries[name].label for name in inputs},
        notes=tuple(
            notes({name: each for name, each in scenario.together.items() if name in inputs}, scenario.inputs)
        ),
    )
    study = replace(study, answer_findings=answer_findings(study), outcome_findings=outcome_findings(study))
    return study, found


def _measured(name: str, words: tuple[str, str]) -> StudiedOutcome:
    return StudiedOutcome(name=name, label=words[0], unit=words[1])
