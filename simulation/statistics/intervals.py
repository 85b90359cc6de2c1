"""The statistics of one run: shares with intervals, spreads, times to a fall, fans, rank correlations.

Where histories have weights, `weights` are f8 (n,) as in `weighted`; None, or equal weights, count each history once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.statistics import weighted
from simulation.statistics.related import related, worth_in_groups
from simulation.statistics.weighted import uneven

if TYPE_CHECKING:
    import pandas as pd

QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
"""The quantiles that stand for a distribution, with their names in documents."""
NINE_TENTHS_FROM = weighted.NINE_TENTHS_FROM
"""Values from which on a range with as many left out at either end can hold 9 of 10 of them and not all."""
WEIGHT = "weight"
"""The column of the table of outcomes that says what a history counts, up to a factor."""
ANCESTOR = "ancestor"
"""The column that says from which history a history goes on, where a run was updated sequentially."""
ORIGIN = "origin"
"""The column that says from which first draw it descends there: those of one are related."""
OF_NO_OUTCOME = {"replicate", "ending", WEIGHT, ANCESTOR, ORIGIN}
"""The columns that tell histories apart and measure nothing."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """`count` of `total` histories, with the 95 % Wilson interval of the share.

    Where histories have weights, `part` is the share by weight, `count` that share of all as a whole number (not 0 or
    all unless the share is), and the interval is that of the effective sample size.
    """

    count: int
    total: int
    low: float
    high: float
    part: float | None = None

    @property
    def share(self) -> float:
        """The share itself, 0 to 1."""
        return self.count / self.total if self.part is None else self.part


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Mean, its standard error and the 5, 25, 50, 75 and 95 % quantiles of `number` values.

    `marks` are the ends and the middle of what is said of them in words, as in `marks_of`.
    """

    number: int
    mean: float
    standard_error: float
    quantiles: tuple[float, ...]
    marks: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class FallCurve:
    """The share of histories in which a place has fallen by each day: steps at `days` up to `shares`."""

    place: str
    days: np.ndarray
    shares: np.ndarray


def wilson(count: int, total: int) -> Share:
    """Return a share with its 95 % Wilson interval; `total` must be at least 1."""
    low, high = weighted.wilson_ends(int(count) / int(total), int(total))
    return Share(count=int(count), total=int(total), low=low, high=high)


def share_of(hits: np.ndarray, weights: np.ndarray | None = None) -> Share:
    """Return the share of histories for which `hits`, bool (n,), holds; n at least 1."""
    weights = uneven(weights)
    if weights is None:
        return wilson(int(hits.sum()), len(hits))
    part, low, high = weighted.share(hits, weights)
    inside = min(max(round(part * len(hits)), 1), len(hits) - 1)
    count = inside if 0 < part < 1 else round(part) * len(hits)
    return Share(count=count, total=len(hits), low=low, high=high, part=part)


def weights_of(outcomes: pd.DataFrame) -> np.ndarray | None:
    """Return what each history of a table of outcomes counts, scaled to their number.

    None where all count alike: without weights, with equal ones, and where no history has any. Histories that descend
    from common first draws are related, and worth less than as many that do not.
    """
    if WEIGHT not in outcomes or not outcomes[WEIGHT].any():
        return None
    weights = outcomes[WEIGHT].to_numpy()
    if ORIGIN in outcomes:
        weights = related(weights, _worth(outcomes, weights))
    return uneven(weights)


def _worth(outcomes: pd.DataFrame, weights: np.ndarray) -> float:
    """Return what a history is worth of an independent one, on average over endings and outcomes."""
    ended = outcomes["ending"].astype(str).to_numpy()
    columns = [ended == name for name in np.unique(ended)]
    for name in outcomes.columns:
        if (
            "." in name or name in OF_NO_OUTCOME
        ):  # inputs and what speakers would say have a point in their names
            continue
        values = outcomes[name].to_numpy(dtype=float)
        if np.isfinite(values).all():
            columns.append(values)
    return worth_in_groups(np.column_stack(columns).astype(float), weights, outcomes[ORIGIN].to_numpy())


def spread(values: np.ndarray, weights: np.ndarray | None = None) -> Spread:
    """Return the spread of the values; NaN means "does not apply to this history" and is left out."""
    kept = np.asarray(values, dtype=float)
    known = ~np.isnan(kept)
    kept = kept[known]
    counting = uneven(None if weights is None else weights[known])
    if not len(kept):
        nothing = (np.nan,) * len(QUANTILES)
        return Spread(number=0, mean=np.nan, standard_error=np.nan, quantiles=nothing, marks=nothing)
    if counting is not None:
        return Spread(
            number=len(kept),
            mean=weighted.mean(kept, counting),
            standard_error=weighted.standard_error(kept, counting),
            quantiles=tuple(weighted.quantiles(kept, counting, [*QUANTILES.values()]).tolist()),
            marks=tuple(weighted.marks(kept, counting).tolist()),
        )
    return Spread(
        number=len(kept),
        mean=float(kept.mean()),
        standard_error=float(np.std(kept, ddof=1) / len(kept) ** 0.5) if len(kept) > 1 else np.nan,
        quantiles=tuple(float(value) for value in np.quantile(kept, [*QUANTILES.values()])),
        marks=tuple(float(value) for value in marks_of(kept)),
    )


def marks_of(values: np.ndarray) -> np.ndarray:
    """Return low, lower, middle, upper and high, (5, …), of the values (n, …); NaN is left out.

    From low to high lie at least 9 of 10 of the values, from lower to upper at least half, with as many left out
    below as above. All four are values that occur, so that a count has no fractions; of fewer than 20 values low is
    the lowest and high the highest. The middle is the median. Interpolated quantiles hold less than they say of a
    small sample: between those of 5 and 95 % lies neither of two values.
    """
    ordered, number = np.sort(values, axis=0), (~np.isnan(values)).sum(axis=0)
    far, near = number // NINE_TENTHS_FROM, number // 4
    at = np.stack([far, near, (number - 1) // 2, number // 2, number - 1 - near, number - 1 - far])
    low, lower, below, above, upper, high = np.take_along_axis(
        ordered, np.clip(at, 0, len(values) - 1), axis=0
    )
    return np.stack([low, lower, (below + above) / 2, upper, high])


def counted_as(outcomes: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Return outcomes that count as those of the same rows of a reference: by its weights, as related as it is."""
    shared = [name for name in (WEIGHT, ORIGIN) if name in reference]
    return outcomes.assign(**{name: reference[name].to_numpy() for name in shared})


def ending_shares(outcomes: pd.DataFrame, endings: Sequence[str]) -> dict[str, Share]:
    """Return the share of every ending, those that never occurred included, in the scenario's order."""
    ended, weights = outcomes["ending"].astype(str), weights_of(outcomes)
    names = [*endings, *(name for name in ended.value_counts().index if name not in endings)]
    return {name: share_of((ended == name).to_numpy(), weights) for name in names}


def fall_days(
    places: pd.DataFrame, outcomes: pd.DataFrame, holders: Mapping[str, str], dissolves: Mapping[str, str]
) -> pd.DataFrame:
    """Return the day on which each place first left its holder's hands (rows as `outcomes`; inf: it did not).

    A history stops when the government falls. From that day no government holds anything, so each place it
    still held counts as fallen on that day: asking how long it would have held on has no meaning. `dissolves`
    maps such endings to the actor that is gone. `holders` gives the holder of each place on day 0.
    """
    table = first_changes(places).pivot(index="replicate", columns="place", values="day")
    days = table.reindex(index=outcomes["replicate"], columns=list(holders)).astype(float).fillna(np.inf)
    gone = outcomes["ending"].astype(str).map(dissolves).to_numpy()
    ends = outcomes["end_day"].to_numpy(dtype=float)
    fallen_with = gone[:, None] == np.array(list(holders.values()), dtype=object)
    return days.where(~fallen_with, np.minimum(days, ends[:, None]))


def first_changes(places: pd.DataFrame) -> pd.DataFrame:
    """Return for each replicate and place the first time it changed hands."""
    return places.sort_values("day", kind="stable").drop_duplicates(["replicate", "place"])


def taken(
    places: pd.DataFrame, holders: Mapping[str, str], replicates: np.ndarray
) -> Mapping[str, np.ndarray]:
    """Return for each place in which of some histories somebody took it from its holder, bool (replicates,)."""
    rows = {str(place): each for place, each in places.groupby("place", observed=True)["replicate"]}
    return {place: np.isin(replicates, rows.get(place, ())) for place in holders}


def fall_curve(
    place: str, falls: np.ndarray, ends: np.ndarray, weights: np.ndarray | None = None
) -> FallCurve:
    """Return the share fallen by each day (Kaplan-Meier).

    `falls` are days, inf where the place had not fallen when its history ended on day `ends`. Histories that
    ended early without settling the place (a truce) are censored there; without any, this is the plain share.
    """
    counting = uneven(weights)
    days, shares = weighted.fallen(falls, ends, np.ones(len(falls)) if counting is None else counting)
    return FallCurve(place=place, days=days, shares=shares)


def fan(panel: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Return the marks by day, (5, days), of a panel (replicates, days); see `marks_of`."""
    counting = uneven(weights)
    if counting is None:
        return marks_of(panel)
    return np.stack([weighted.marks(day, counting) for day in panel.T], axis=1)
