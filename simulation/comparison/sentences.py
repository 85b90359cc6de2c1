"""What a comparison says of one scenario in sentences: what can be told from the reference, what not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from simulation.comparison.contrasts import HIGHER, IDENTICAL, LOWER, UNCLEAR
from simulation.outcomes.labels import describe, spell
from simulation.wording.phrases import clause, listed, number, sentence
from simulation.wording.plain import Row, rows_of

ALWAYS = ("civilians_killed", "displaced_peak")
"""Outcomes that every comparison speaks of."""
TOLD = ("fighters_left_", "fighters_killed_", "people_held_", "area_km2_", "end_day")
"""Beginnings of the other outcomes worth a sentence; the clearest of them is told."""
MOST_TOLD = 3
CLEAR = (HIGHER, LOWER)
SHARE_WAYS, MEAN_WAYS = ("fewer", "more"), ("lower", "higher")


@dataclass(frozen=True, kw_only=True)
class Told:
    """One scenario's rows of the tables, and what it takes to put them into words; as in `Comparison`."""

    name: str
    reference: str
    replicates: int
    endings: pd.DataFrame
    outcomes: pd.DataFrame
    falls: pd.DataFrame
    changes: pd.DataFrame
    meanings: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)

    @property
    def identical(self) -> bool:
        """Whether every pair of histories is equal in all that is measured."""
        tables = (self.endings, self.outcomes, self.falls)
        return all(bool((table["verdict"] == IDENTICAL).all()) for table in tables)


def tell(told: Told) -> str:
    """Return the sentences on a scenario, beginning with its name and a colon; what is clear comes first."""
    if told.identical:
        return f"{told.name}: {nothing_words(told)}"
    parts = [*(ending_words(told, row) for row in largest_first(told.endings)), *clear_outcomes(told)]
    parts += clear_falls(told)
    if not parts:
        parts = [f"nothing that is shown can be told from {told.reference}"]
    elif not largest_first(told.endings) and not _of_civilians(told):
        parts[0] = f"nothing that is shown can be told from {told.reference} but {parts[0]}"
    return f"{told.name}: " + " ".join(f"{sentence(part)}." for part in [*parts, *_not_clear(told)])


def _of_civilians(told: Told) -> bool:
    return bool(_clear(told.outcomes[told.outcomes["outcome"].isin(ALWAYS)]))


def nothing_words(told: Told) -> str:
    """Return the sentence on a scenario all of whose histories are the reference's."""
    cause = "Nothing that decides a history differs" if told.changes.empty else "What differs changes nothing"
    return (
        f"{cause}: all {told.replicates:,} histories are the same as under {told.reference}, to the last "
        "digit, and every difference is exactly zero."
    )


def pairing_words(pairs: int, endings: pd.DataFrame, outcomes: pd.DataFrame) -> str:
    """Return in a sentence what pairing saved for the endings and for civilians, or nothing where no pair differs."""
    told = outcomes[outcomes["outcome"].isin(ALWAYS)]
    gains = pd.concat([endings["gain"], told["gain"]]).to_numpy(dtype=float)
    gains = gains[np.isfinite(gains)]
    if not len(gains):
        return ""
    gain = float(np.median(gains))
    return (
        f"Because each pair of histories shares its unknown numbers and its luck, {pairs:,} pairs tell as much as "
        f"about {number(pairs * gain)} histories of each scenario without pairing (the middle of all endings and of "
        "what happens to civilians)."
    )


def ending_words(told: Told, row: Row) -> str:
    """Return "the government … in 48 instead of 40 of 100 histories (95 %: 5 to 12 more)"."""
    meaning = clause(told.meanings.get(row["ending"], f"the ending is {spell(row['ending'])}"))
    return f"{meaning}{',' if ',' in meaning else ''} in {instead_words(row)} ({_interval(row)})"


def clear_outcomes(told: Told) -> Iterator[str]:
    """Yield what is clear of the outcomes: what happens to civilians, then what differs most clearly."""
    rows = clearest_first(told.outcomes)
    others = [row for row in rows if row["outcome"].startswith(TOLD)]
    for row in [*(row for row in rows if row["outcome"] in ALWAYS), *others][:MOST_TOLD]:
        label, way = describe(row["outcome"], told.actors).label, MEAN_WAYS[int(row["difference"] > 0)]
        by = f"{way} by {number(abs(row['difference']))} on average"
        yield f"{label}: {by} (95 %: {mean_span(row)})"


def clear_falls(told: Told) -> Iterator[str]:
    """Yield the place whose fall differs most, and how many others differ."""
    rows = largest_first(told.falls)
    if rows:
        first, others = rows[0], [row["verdict"] for row in rows[1:]]
        counts = [(others.count(HIGHER), "more often"), (others.count(LOWER), "less often")]
        also = [f"{count} other place{'s' if count > 1 else ''} {often}" for count, often in counts if count]
        rest = f"; clearly too, {listed(also)}" if also else ""
        yield f"{first['place']} falls in {share_words(first)} ({_interval(first)}){rest}"


def instead_words(row: Row) -> str:
    """Return a share and the reference's in natural frequencies: "48 instead of 40 of 100 histories"."""
    scale = _scale(row)
    here, there = (round(scale * row[name]) for name in ("share", "share_reference"))
    return f"{here} instead of {there} of {scale:,} histories"


def share_words(row: Row) -> str:
    """Return a difference of shares in natural frequencies: "8 more of 100 histories"."""
    difference, scale = row["difference"], _scale(row)
    return f"{round(scale * abs(difference))} {SHARE_WAYS[int(difference > 0)]} of {scale:,} histories"


def share_span(row: Row, scale: int) -> str:
    """Return the interval of a difference of shares: "5 to 12 more", or "2 fewer to 3 more"."""
    return _span([str(round(abs(scale * row[end]))) for end in ("low", "high")], row, SHARE_WAYS)


def mean_span(row: Row) -> str:
    """Return the interval of a difference of means: "5 to 12 higher", or "2 lower to 3 higher"."""
    return _span([number(abs(row[end])) for end in ("low", "high")], row, MEAN_WAYS)


def count_span(row: Row) -> str:
    """Return the interval of a difference of means of what is counted: "5 to 12 fewer"."""
    return _span([number(abs(row[end])) for end in ("low", "high")], row, SHARE_WAYS)


def clearest_first(table: pd.DataFrame) -> list[Row]:
    """Return the rows with a verdict, the largest difference for the width of its interval first."""
    return sorted(
        _clear(table), key=lambda row: -abs(row["difference"]) / (row["high"] - row["low"] or 1e-300)
    )


def largest_first(table: pd.DataFrame) -> list[Row]:
    """Return the rows with a verdict, the largest difference first."""
    return sorted(_clear(table), key=lambda row: -abs(row["difference"]))


def _clear(table: pd.DataFrame) -> list[Row]:
    return rows_of(table[table["verdict"].isin(CLEAR)])


def _not_clear(told: Told) -> Iterator[str]:
    """Yield what cannot be told apart, and what is the same."""
    means = told.outcomes[told.outcomes["outcome"].isin(ALWAYS) & (told.outcomes["verdict"] == UNCLEAR)]
    endings = told.endings[told.endings["verdict"] == UNCLEAR]
    if len(endings) or len(means):
        yield f"{UNCLEAR} at {told.replicates:,} histories: {_things(told, endings, means)}"
    same = told.endings[(told.endings["verdict"] == IDENTICAL) & (told.endings["share"] > 0)]
    if len(same):
        yield f"the same in every history: {_endings([spell(each) for each in same['ending']])}"


def _things(told: Told, endings: pd.DataFrame, means: pd.DataFrame) -> str:
    ways = [f"{spell(row['ending'])} ({share_span(row, 100)} of 100)" for row in rows_of(endings)]
    labels = [f"{describe(row['outcome'], told.actors).label} ({mean_span(row)})" for row in rows_of(means)]
    return listed([*([_endings(ways)] if ways else []), *labels])


def _endings(words: list[str]) -> str:
    return f"the ending{'s' if len(words) > 1 else ''} {', '.join(words)}"


def _interval(row: Row) -> str:
    return f"95 %: {share_span(row, _scale(row))}"


def _span(ends: list[str], row: Row, ways: tuple[str, str]) -> str:
    low, high = ends
    if row["low"] >= 0:
        return f"{low} to {high} {ways[1]}"
    return f"{high} to {low} {ways[0]}" if row["high"] <= 0 else f"{low} {ways[0]} to {high} {ways[1]}"


def _scale(row: Row) -> int:
    return 100 if abs(row["difference"]) >= 0.01 else 1000
