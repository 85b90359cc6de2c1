"""A forecast as a film: the same measures scored as of one date after the other, as long as they are open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulation.scoring.as_of import BEFORE
from simulation.scoring.observables import Observable
from simulation.scoring.scorecard import MODEL, Scorecard, ScoreRow


@dataclass(frozen=True, kw_only=True)
class FilmRow:
    """A measure, with its scores as of each date on which it was still open, in the order of the dates."""

    observable: Observable
    frames: Mapping[str, ScoreRow]


@dataclass(frozen=True)
class ScoredFilm:
    """Scorecards as of several dates, by date in their order."""

    cards: Mapping[str, Scorecard]

    @property
    def first(self) -> Scorecard:
        """The scorecard as of the first date: it has every measure that any has."""
        return next(iter(self.cards.values()))

    @property
    def rows(self) -> tuple[FilmRow, ...]:
        """The measures that were open as of the first date."""
        by_date = {
            date: {row.observable.label: row for row in card.rows} for date, card in self.cards.items()
        }
        return tuple(
            FilmRow(
                observable=row.observable,
                frames={
                    date: rows[row.observable.label]
                    for date, rows in by_date.items()
                    if row.observable.label in rows
                },
            )
            for row in self.first.rows
        )

    @property
    def naive(self) -> Mapping[str, str]:
        """The titles of the naive forecasts by name, without that of the model before the reports."""
        return {name: title for name, (title, _) in self.first.naive.items() if name != BEFORE}

    def wins(self, date: str, other: str) -> tuple[int, int]:
        """Return on how many measures the updated model does better than another forecast, and of how many."""
        found = self.cards[date].tally(other)
        return found.better, found.observables

    def table(self) -> Iterator[dict[str, Any]]:
        """Yield a row for each date, measure and forecast: as_of, measure, forecast, truth, middle, crps, log_score."""
        for date, card in self.cards.items():
            for row in card.rows:
                for name, each in row.scores.items():
                    yield {
                        "as_of": date,
                        "measure": row.observable.label,
                        "forecast": name,
                        "truth": row.observable.value,
                        "middle": each.quantiles[2],
                        "crps": each.crps.value,
                        "log_score": each.log,
                    }


def best_naive(row: ScoreRow) -> tuple[str, float] | None:
    """Return the naive forecast with the least CRPS and that, None where none speaks of it."""
    known = {name: each.crps.value for name, each in row.scores.items() if name not in (MODEL, BEFORE)}
    if not known:
        return None
    name = min(known, key=lambda each: known[each])
    return name, known[name]
