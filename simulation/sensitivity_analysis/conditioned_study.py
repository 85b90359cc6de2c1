"""A study of histories that were updated on reports: from a table of them to the tables of a study."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from simulation.errors import InputError
from simulation.io.pydantic_messages import suggestion
from simulation.outcomes.labels import INPUT_PREFIX
from simulation.outcomes.targets import Target
from simulation.results.folder import Results
from simulation.scenario import Scenario
from simulation.sensitivity_analysis.conditioned import Conditioned, nothing, shares
from simulation.sensitivity_analysis.entries import study_entries
from simulation.sensitivity_analysis.estimates import IndexEstimate
from simulation.sensitivity_analysis.finding import Trouble, TroubleKind
from simulation.sensitivity_analysis.indices import ranked, share_columns, troubles
from simulation.sensitivity_analysis.study import GIVEN, StudyResult
from simulation.statistics.intervals import ANCESTOR, WEIGHT, fall_days, weights_of
from simulation.statistics.related import worth_of

FEWEST = 50
"""An effective sample size below which nothing is said: bins would hold some six histories each."""
WORTH = "worth"
"""What a history counts of an independent one: those that descend from one first draw are related."""
RANKS = ("group", "best_rank", "worst_rank")


def inputs_of(names: Sequence[str], scenario: Scenario) -> tuple[str, ...]:
    """Return uncertain inputs of some names, or without names all; a group stands for all its inputs.

    After reports all inputs hang together, so that those of a group are asked about one by one as well.
    InputError for another name.
    """
    entries = study_entries(scenario.inputs, scenario.together)
    members = {name: (name,) for name, each in scenario.inputs.items() if each.dist is not None}
    known = members | {name: tuple(entry.signs) for name, entry in entries.items()}
    for name in names:
        if name not in known:
            raise InputError(f"no uncertain input {name!r}{suggestion(name, known)}", file=f"--inputs {name}")
    if not members:
        raise InputError("this scenario has no uncertain input: all differences between histories are chance")
    asked = {each for name in names for each in known[name]}
    return tuple(name for name in members if not names or name in asked)


def histories_table(results: Results, targets: Sequence[Target]) -> pd.DataFrame:
    """Return the table `histories` of a run on reports: outcomes asked for, inputs, weights and ancestors."""
    outcomes, manifest = results.outcomes, results.manifest
    fallen = fall_days(results.places, outcomes, manifest.places, manifest.dissolves) < np.inf
    ended = outcomes["ending"].astype(str)

    def values(target: Target) -> np.ndarray:
        if target.kind == "outcome":
            return outcomes[target.name].to_numpy(dtype=float)
        hits = ended == target.name if target.kind == "ending" else fallen[target.name]
        return np.asarray(hits, dtype=float)

    number = np.arange(len(outcomes))
    head = {"step": GIVEN, "luck": outcomes["replicate"].to_numpy(), "point": number}
    ancestors = outcomes[ANCESTOR].to_numpy() if ANCESTOR in outcomes else number
    known = weights_of(outcomes)
    worth = 1.0 if known is None else worth_of(known)
    tail = {WEIGHT: outcomes[WEIGHT].to_numpy(), ANCESTOR: ancestors, WORTH: np.full(len(outcomes), worth)}
    inputs = {name: outcomes[name].to_numpy() for name in outcomes if str(name).startswith(INPUT_PREFIX)}
    return pd.DataFrame(head | {each.text: values(each) for each in targets} | tail | inputs)


def conditioned_result(
    histories: pd.DataFrame, outcomes: Sequence[str], inputs: Sequence[str], seed: int
) -> StudyResult:
    """Return what the histories of such a table say: the shares of every input alone, or why nothing is said."""
    x = histories[[f"{INPUT_PREFIX}{name}" for name in inputs]].to_numpy(dtype=float)
    y = histories[list(outcomes)].to_numpy(dtype=float)
    weights, ancestors = histories[WEIGHT].to_numpy(dtype=float), histories[ANCESTOR].to_numpy()
    whole = np.isfinite(y).all(axis=1) & (weights > 0)
    found = StudyResult(histories=len(histories), tables={"histories": histories})
    said: list[Trouble | None] = [_few(0.0) for _ in outcomes]
    good: list[int] = []
    if whole.any():
        given = Conditioned.of(
            x[whole], y[whole], weights[whole], ancestors[whole], float(histories[WORTH].iloc[0])
        )
        found.cases, found.effective = len(given.weights), given.effective
        said = _troubles(given, y[whole])
        good = [k for k, trouble in enumerate(said) if trouble is None]
    found.troubles = {name: why for name, why in zip(outcomes, said, strict=True) if why is not None}
    tables = _tables(given, outcomes, inputs, good, seed) if good else ([], [])
    for name, parts, head in zip(("first_order", "overall"), tables, ((["outcome"]), ()), strict=True):
        columns = [*head, "input", "share", "low", "high", "reference", *RANKS]
        found.tables[name] = pd.concat(parts, ignore_index=True)[columns] if parts else _empty(columns)
    return found


def _troubles(given: Conditioned, y: np.ndarray) -> list[Trouble | None]:
    if given.effective < FEWEST:
        return [_few(given.effective) for _ in range(y.shape[1])]
    return troubles(y[:, None, :])


def _few(effective: float) -> Trouble:
    return Trouble(kind=TroubleKind.FEW, numbers={"effective": effective})


def _tables(
    given: Conditioned, outcomes: Sequence[str], inputs: Sequence[str], good: list[int], seed: int
) -> tuple[list[pd.DataFrame], list[pd.DataFrame]]:
    """Return the tables of each outcome, and of all of them together, strongest first."""
    share, marks = shares(given), nothing(given, seed)
    parts = []
    for k in good:
        one = IndexEstimate(value=share.value[:, k], error=share.error[:, k])
        parts.append(_ranked(one, inputs, float(marks[k]), outcome=outcomes[k]))
    joint = given.only(good).standardised()
    found = shares(joint, as_one=True)
    overall = IndexEstimate(value=found.value[:, 0], error=found.error[:, 0])
    return parts, [_ranked(overall, inputs, float(nothing(joint, seed, as_one=True)[0]))]


def _ranked(share: IndexEstimate, inputs: Sequence[str], mark: float, **head: str) -> pd.DataFrame:
    rows = pd.DataFrame({**head, "input": list(inputs), **share_columns(share), "reference": mark})
    return ranked(rows, share, share.value > mark)


def _empty(columns: Sequence[str]) -> pd.DataFrame:
    kinds = {"outcome": "str", "input": "str", **dict.fromkeys(RANKS, "int64")}
    return pd.DataFrame({name: pd.Series([], dtype=kinds.get(name, "float64")) for name in columns})
