"""From the results of several scenarios to their comparison."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from simulation.comparison.answer import answer_findings, stays_first, weight
from simulation.comparison.changes import changes
from simulation.comparison.comparison import ComparedScenario, Comparison
from simulation.comparison.condition import condition_of, parting
from simulation.comparison.contrasts import Histories, common_replicates, contrasts, histories, moves
from simulation.comparison.scenario_tables import ScenarioTables
from simulation.comparison.selection import pairing_finding, scenario_findings
from simulation.errors import RunError
from simulation.outcomes.collector import ending_names
from simulation.results.folder import Results
from simulation.statistics.weighted_pairs import Weights
from simulation.world.world import World


def comparison_of(
    names: Sequence[str], worlds: Sequence[World], runs: Sequence[Results], left_out: Collection[str] = ()
) -> Comparison:
    """Return the comparison of finished runs, the first being the reference; one name and world for each.

    `left_out` are the names of scenarios named for a measure that they leave out.
    Only replicates that finished in every run are compared. Errors: RunError when there are none.
    """
    replicates = common_replicates(runs)
    if not len(replicates):
        raise RunError("no history finished in every scenario, so there is nothing to compare")
    each = [histories(run, replicates) for run in runs]
    parts = {name: parting(worlds[0], world) for name, world in zip(names, worlds, strict=True)}
    condition = condition_of(runs[0], replicates, {name: parts[name] for name in names[1:]})
    weights = None if condition is None else condition.weights
    tables = {name: _tables(name, k, worlds, each, weights) for k, name in enumerate(names) if k}
    ranking = sorted(tables, key=lambda name: weight(tables[name]), reverse=True)
    endings, outcomes, falls = (
        _stacked([getattr(its, name) for its in tables.values()]) for name in ("endings", "outcomes", "falls")
    )
    reference, manifest = worlds[0], runs[0].manifest
    sure = stays_first([found.endings for found in each], names.index(ranking[0]), weights)
    return Comparison(
        scenarios=tuple(map(_scenario, names, worlds, runs)),
        replicates=len(replicates),
        seed=manifest.seed,
        days=manifest.days,
        endings=endings,
        outcomes=outcomes,
        falls=falls,
        moves=_stacked([moves(name, each[0], each[k], weights) for k, name in enumerate(names) if k]),
        differing={name: its.changes for name, its in tables.items()},
        answer_findings=answer_findings([tables[name] for name in ranking], sure),
        scenario_findings={name: scenario_findings(tables[name]) for name in ranking},
        pairing=pairing_finding(len(replicates), endings, outcomes),
        meanings={ending.id: ending.meaning for ending in reference.seeds.endings},
        clauses={ending.id: ending.within_sentence for ending in reference.seeds.endings},
        actors={actor.id: actor.short for actor in reference.seeds.actors},
        left_out=tuple(left_out),
        condition=condition,
    )


def _scenario(name: str, world: World, run: Results) -> ComparedScenario:
    known = world.scenario
    return ComparedScenario(
        name=name, title=known.title, question=known.question, lesson=known.lesson, run=run
    )


def _tables(
    name: str, at: int, worlds: Sequence[World], each: Sequence[Histories], weights: Weights
) -> ScenarioTables:
    differing = changes(worlds[0], worlds[at])
    tables = contrasts(name, each[0], each[at], ending_names(worlds[0]), weights, same=not differing)
    return ScenarioTables(name=name, replicates=len(each[0].endings), changes=differing, **tables)


def _stacked(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)
