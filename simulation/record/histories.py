"""The amounts and events of a record in every history of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.model.daily_series import DailySeries
from simulation.outcomes.participants import with_blocs
from simulation.record.advance import advances, depths_of
from simulation.record.measure import Amount, Event
from simulation.record.reader import Record
from simulation.results.folder import Results
from simulation.statistics.intervals import fall_days, weights_of

Of = tuple[str, tuple[str, ...]]
"""A daily series, and the actors over whom it is added up, () for all together."""


@dataclass(frozen=True, kw_only=True)
class Histories:
    """A run seen through a record: each amount and event as f8 (replicates,), NaN where a history has none.

    An event is 1 where it happened and 0 where it did not.
    """

    record: Record
    results: Results

    @property
    def number(self) -> int:
        """How many histories finished."""
        return len(self.results.replicates)

    @cached_property
    def weights(self) -> np.ndarray | None:
        """What each history counts after reports, f8 (replicates,); None where all count alike."""
        return weights_of(self.results.columns("replicate"))

    @cached_property
    def amounts(self) -> Mapping[str, np.ndarray]:
        """The amounts by name."""
        found: dict[str, np.ndarray] = {}
        for name, amount in self.record.file.amounts.items():
            found[name] = self._amount(name, amount, found)
        return found

    @cached_property
    def events(self) -> Mapping[str, np.ndarray]:
        """The events by name."""
        found: dict[str, np.ndarray] = {}
        for name, event in self.record.file.events.items():
            found[name] = self._event(event, found)
        return found

    def _amount(self, name: str, amount: Amount, before: Mapping[str, np.ndarray]) -> np.ndarray:
        if amount.series is not None:
            return self._of_series[name]
        if amount.fall is not None:
            return np.asarray(np.minimum(self._first_fall(amount.fall, ()), float(amount.by_day or 0)))
        if amount.advance is not None:
            return self._advance(amount.advance, amount)
        if amount.ratio is not None:
            return ratio(*(before[name] for name in amount.ratio))
        column = amount.outcome if amount.outcome is not None else f"input.{amount.input}"
        found: np.ndarray = self.results.columns(column)[column].to_numpy(dtype=float)
        return found

    def _event(self, event: Event, before: Mapping[str, np.ndarray]) -> np.ndarray:
        if event.amount is not None:
            return _compared(self.amounts[event.amount], event)
        if event.fell is not None:
            days = self._first_fall(event.fell, event.falls_to)
            return np.asarray(days <= (event.by_day or 0), dtype=float)
        if event.taken_by is not None:
            return self._taken(event)
        if event.ending is not None:
            endings = self.results.columns("ending")["ending"].astype(str)
            return np.asarray(endings.isin(event.ending), dtype=float)
        return combined(event, before)

    def _first_fall(self, places: tuple[str, ...], falls_to: tuple[str, ...]) -> np.ndarray:
        """Return the day on which the first of some places falls, inf where none does; see `fall_days`."""
        manifest, first = self.results.manifest, np.full(self.number, np.inf)
        holders = {name: manifest.places[name] for name in places}
        ends = self.results.columns("replicate", "ending", "end_day")
        for some, changes in self.results.changes():
            kept = changes[changes["place"].isin(places)]
            if falls_to:
                kept = kept[kept["to_actor"].isin(with_blocs(self.record.world, falls_to))]
            days = fall_days(kept, ends.iloc[some], holders, manifest.dissolves)
            first[some] = days.min(axis=1).to_numpy(dtype=float)
        return first

    def _advance(self, actors: tuple[str, ...], amount: Amount) -> np.ndarray:
        side, found = with_blocs(self.record.world, actors), np.zeros(self.number)
        depth, at = depths_of(self.record.world, side), {k: n for n, k in enumerate(self.results.replicates)}
        for _, changes in self.results.changes():
            kept = changes[changes["to_actor"].isin(side) & (changes["day"] <= (amount.by_day or 0))]
            for replicate, speed in advances(kept, depth, amount.within or 1).items():
                found[at[replicate]] = speed
        return found

    def _taken(self, event: Event) -> np.ndarray:
        side, found = with_blocs(self.record.world, event.taken_from), np.zeros(self.number)
        for some, changes in self.results.changes():
            kept = changes[
                changes["to_actor"].isin(event.taken_by or ())
                & changes["from_actor"].isin(side)
                & (changes["day"] <= (event.by_day or 0))
            ]
            found[some] = np.isin(self.results.replicates[some], kept["replicate"].to_numpy())
        return found

    def _of(self, amount: Amount) -> Of:
        side = with_blocs(self.record.world, amount.side) if amount.side else ()
        return amount.series or "", tuple(dict.fromkeys([*amount.actor, *side]))

    @cached_property
    def _of_series(self) -> Mapping[str, np.ndarray]:
        """The amounts that are taken of a series, f8 (replicates,); some whole histories at a time are in memory."""
        wanted = {name: each for name, each in self.record.file.amounts.items() if each.series}
        found = {name: np.full(self.number, np.nan) for name in wanted}
        for some, panels in self.results.panels(*{str(each.series): None for each in wanted.values()}):
            empty = np.zeros((some.stop - some.start, len(self.results.days)))
            sums: dict[Of, np.ndarray] = {}
            for name, amount in wanted.items():
                of = self._of(amount)
                if of not in sums:
                    sums[of] = self._added_up(panels[of[0]], of, empty)
                found[name][some] = taken(sums[of], amount)
        return found

    def _added_up(self, panel: Mapping[str, np.ndarray], of: Of, empty: np.ndarray) -> np.ndarray:
        _, actors = of
        everybody = [name for name in panel if name in self.record.world.actors] or [""]
        kept = [panel[name] for name in actors or everybody if name in panel]
        total: np.ndarray = np.sum(kept, axis=0) if kept else empty
        return total


def taken(panel: np.ndarray, amount: Amount) -> np.ndarray:
    """Return what an amount takes of a series, f8 (replicates,), from its values at midnights (replicates, days).

    A history that ended keeps its last value; the column of a day after the last is the last.
    """
    last = panel.shape[1] - 1
    start, end = (min(int(day or 0), last) for day in (amount.from_day, amount.by_day))
    path = panel[:, start : end + 1] - panel[:, start : start + 1]
    gain, most = path[:, -1], path.max(axis=1)
    if amount.take == "most":
        return np.asarray(most)
    if amount.take == "kept":
        return ratio(gain, most)
    if amount.take == "undone":
        return _undone(path, amount)
    return np.asarray(gain / ((amount.by_day or 1) - amount.from_day) if amount.per_day else gain)


def _undone(path: np.ndarray, amount: Amount) -> np.ndarray:
    """Return the first midnight after the most at which at most `left` of it is kept, inf for none, NaN for no gain."""
    days = np.arange(path.shape[1])
    most, peak = path.max(axis=1), path.argmax(axis=1)
    lost = (path <= (amount.left or 0) * most[:, None]) & (days > peak[:, None])
    first = np.where(lost.any(axis=1), amount.from_day + lost.argmax(axis=1), np.inf)
    return np.where(most > 0, first, np.nan)


def ratio(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return one amount for each of another; NaN where that is not above 0."""
    found = np.full(len(one), np.nan)
    np.divide(one, other, out=found, where=other > 0)
    return found


def _compared(amount: np.ndarray, event: Event) -> np.ndarray:
    happened = amount >= event.at_least if event.at_least is not None else amount <= (event.at_most or 0)
    return np.where(np.isnan(amount), np.nan, happened)


def combined(event: Event, before: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return whether all, any or none of some events happened; NaN where one of them has no answer."""
    parts = np.stack([before[name] for name in event.all or event.any or event.none or ()])
    happened = parts.min(axis=0) if event.all is not None else parts.max(axis=0)
    return 1 - happened if event.none is not None else happened


def unit_of(amount: Amount, record: Record) -> str:
    """Return the unit of an amount, "1" for a share or ratio."""
    if amount.series is not None:
        unit = DailySeries[amount.series.upper()].unit
        if amount.take in ("kept", "undone"):
            return "1" if amount.take == "kept" else "day"
        return f"{unit} a day" if amount.per_day else unit
    if amount.fall is not None:
        return "day"
    if amount.advance is not None:
        return "km a day"
    if amount.ratio is not None:
        return "1"
    if amount.input is not None:
        return record.world.scenario.inputs[amount.input].unit
    from simulation.outcomes.labels import describe

    return describe(amount.outcome or "").unit
