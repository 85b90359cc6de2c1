"""The numbers of a contrast as a comparison says them: natural frequencies, ratios, differences, intervals."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.wording.phrases import amount, number

HUNDREDTHS = {"share": "hundredths", "share_reference": "hundredths_reference"}
"""What a finding calls the share of an ending in whole hundredths, which add up to 100 with those of the others."""
SHARE_WAYS, MEAN_WAYS = ("fewer", "more"), ("lower", "higher")


def times(row: Mapping[str, float]) -> str:
    """Return ", 1.9 times as many" where both means are at least 1: of next to nothing a multiple says nothing."""
    here, there = float(row["mean"]), float(row["mean_reference"])
    if not min(here, there) >= 1 or number(here / there) == "1":
        return ""
    return f", {number(here / there)} times as many"


def means(row: Mapping[str, float], unit: str) -> str:
    """Return a mean and the reference's: "75 instead of 40"; means below 10 have decimals, whatever is counted."""
    told = (
        amount(mean, unit) if mean >= 10 else number(mean) for mean in (row["mean"], row["mean_reference"])
    )
    return " instead of ".join(told)


def instead(row: Mapping[str, float]) -> str:
    """Return a share and the reference's in natural frequencies: "48 instead of 40 of 100 histories"."""
    scale = _scale(row)
    here, there = (_of(scale, row, name) for name in ("share", "share_reference"))
    return f"{here} instead of {there} of {scale:,} histories"


def _of(scale: int, row: Mapping[str, float], name: str) -> int:
    """Return a share as histories of so many; of 100 as the parts of a whole add up, where that is known."""
    return (
        int(row.get(HUNDREDTHS[name], round(100 * row[name]))) if scale == 100 else round(scale * row[name])
    )


def share_difference(row: Mapping[str, float]) -> str:
    """Return a difference of shares in natural frequencies: "8 more of 100 histories"."""
    difference, scale = row["difference"], _scale(row)
    return f"{round(scale * abs(difference))} {SHARE_WAYS[int(difference > 0)]} of {scale:,} histories"


def mean_difference(row: Mapping[str, float]) -> str:
    """Return a difference of means: "lower by 12 on average"."""
    difference = row["difference"]
    return f"{MEAN_WAYS[int(difference > 0)]} by {number(abs(difference))} on average"


def share_interval(row: Mapping[str, float]) -> str:
    """Return the interval of a difference of shares as `instead` counts them: "5 to 12 more"."""
    return share_span(row, _scale(row))


def share_span(row: Mapping[str, float], scale: int) -> str:
    """Return the interval of a difference of shares: "5 to 12 more", or "2 fewer to 3 more"."""
    return _span([str(round(abs(scale * row[end]))) for end in ("low", "high")], row, SHARE_WAYS)


def mean_span(row: Mapping[str, float]) -> str:
    """Return the interval of a difference of means: "5 to 12 higher", or "2 lower to 3 higher"."""
    return _span([number(abs(row[end])) for end in ("low", "high")], row, MEAN_WAYS)


def count_span(row: Mapping[str, float]) -> str:
    """Return the interval of a difference of means of what is counted: "5 to 12 fewer"."""
    return _span([number(abs(row[end])) for end in ("low", "high")], row, SHARE_WAYS)


def _span(ends: list[str], row: Mapping[str, float], ways: tuple[str, str]) -> str:
    low, high = ends
    if row["low"] >= 0:
        return f"{low} to {high} {ways[1]}"
    return f"{high} to {low} {ways[0]}" if row["high"] <= 0 else f"{low} {ways[0]} to {high} {ways[1]}"


def _scale(row: Mapping[str, float]) -> int:
    """Return of how many histories a difference is said: so many that it is at least one."""
    size = abs(row["difference"])
    return next(
        (scale for scale in (100, 1000, 10_000, 100_000) if scale * size >= 1), 1_000_000 if size else 100
    )
