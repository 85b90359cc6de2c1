"""Which outcomes of a comparison are drawn: the people first, then fighters and land, then what else varies."""

from __future__ import annotations

import pandas as pd

from simulation.outcomes.labels import columns_named
from simulation.outcomes.variables import CIVILIAN_OUTCOMES
from simulation.report.comparison.subject import ComparisonSubject

MOST, LEAST = 5, 3
KILLED, FIGHTERS = "fighters_killed_", 2
"""The outcome of which some columns are drawn, and how many."""


def key_outcomes(subject: ComparisonSubject) -> tuple[str, ...]:
    """Return up to five outcome columns that vary: what happens to civilians, fighters killed, land gained."""
    means = _varying(subject)
    people = [name for name in CIVILIAN_OUTCOMES if name in means]
    killed = columns_named([KILLED], map(str, means.index))
    chosen = people + killed[:FIGHTERS] + _land(subject, means)
    spare = [name for name in means.index if name not in chosen] if len(chosen) < LEAST else []
    return tuple(str(name) for name in (chosen + spare)[:MOST])


def _varying(subject: ComparisonSubject) -> pd.Series:
    """Return the larger of the means of each outcome that differs between any two histories, largest first."""
    first = subject.comparison.outcomes.drop_duplicates("outcome").set_index("outcome")
    tables = subject.outcomes.values()
    known = [name for name in first.index if all(name in table for table in tables)]
    varying = [name for name in known if pd.concat([table[name] for table in tables]).nunique() > 1]
    return (
        first.loc[varying, ["mean_reference", "mean"]].max(axis=1).sort_values(ascending=False, kind="stable")
    )


def _land(subject: ComparisonSubject, means: pd.Series) -> list[str]:
    """Return the land of the gaining side's actor for which the scenarios differ most."""
    names = [name for name in means.index if name in {f"area_km2_{actor}" for actor in subject.gainers}]
    table = subject.comparison.outcomes
    sizes = (
        table[table["outcome"].isin(names)].groupby("outcome")["difference"].agg(lambda by: by.abs().max())
    )
    return [str(name) for name in sizes.sort_values(ascending=False, kind="stable").index[:1]]
