"""From histories to the rows of the four tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from simulation.engine.ensemble import History
from simulation.model.state import OF_CELL, OF_PLACE, SERIES, Stance
from simulation.outcomes.labels import measured
from simulation.outcomes.tables import Columns, Words
from simulation.world.world import World

NOBODY = "nobody"
UNDECIDED = "undecided"
PER_ACTOR = (
    "area_km2", "people_held", "fighters_present", "killed", "wounded", "captured", "deserted", "sorties",
    "confidence", "cohesion", "villages_taken", "claimed_villages", "claimed_killed",
)  # fmt: skip
FOR_ALL = ("displaced", "civilians_killed", "left_country")
MONITOR = "monitor"
FINAL = {
    "fighters_killed": "killed", "fighters_wounded": "wounded", "fighters_captured": "captured",
    "fighters_deserted": "deserted", "fighters_left": "present",
}  # fmt: skip


def ending_names(world: World) -> tuple[str, ...]:
    """Return the endings by index; where none need hold, a last one stands for "undecided" (index -1)."""
    sure = any(ending.when.always for ending in world.seeds.endings)
    return world.endings if sure else (*world.endings, UNDECIDED)


class Collector:
    """Turns chunks of histories into table columns and counts who held which cell on which day."""

    def __init__(self, world: World) -> None:
        """Prepare for the histories of a world."""
        self.world = world
        self.histories = 0
        self._changes = np.empty((0, 5), np.int64)

    @cached_property
    def shown(self) -> list[int]:
        """Indices of the actors that fight on the map or hold part of it."""
        template = self.world.template
        held = set(template.cells.control.tolist())
        return [k for k, row in enumerate(template.actors) if row.fights or k in held]

    @property
    def outcome_names(self) -> tuple[str, ...]:
        """The columns that measure a history."""
        return tuple(measured(self._outcomes([])))

    def add(self, histories: Sequence[History]) -> dict[str, Columns]:
        """Return the rows of `outcomes`, `places` and `daily` for some histories, and count their cells."""
        self.histories += len(histories)
        self._count(histories)
        return {
            "outcomes": self._outcomes(histories),
            "places": self._places(histories),
            "daily": self._daily(histories),
        }

    def _outcomes(self, histories: Sequence[History]) -> Columns:
        worlds, names = [h.outcome.world for h in histories], ending_names(self.world)
        numbers = np.array([h.replicate for h in histories], np.int32)
        endings = np.array([w.ending for w in worlds], np.int32)
        columns: dict[str, object] = {
            "case": numbers,
            "replicate": numbers,
            "ending": Words(codes=endings % len(names), names=names),
            "end_day": np.array([w.end_day for w in worlds], np.float64),
            "events": np.array([w.events for w in worlds], np.int64),
        }
        for k in self.shown:
            columns |= self._of_actor(histories, k)
        columns |= self._of_all(histories) | self._first_days(histories)
        inputs = np.array([h.inputs for h in histories]).reshape(
            len(histories), len(self.world.scenario.inputs)
        )
        for column, name in enumerate(self.world.scenario.inputs):
            columns[f"input.{name}"] = inputs[:, column]
        return columns  # type: ignore[return-value]

    def _of_actor(self, histories: Sequence[History], k: int) -> dict[str, object]:
        name = self.world.actors[k]
        found: dict[str, object] = {}
        if self.world.template.actors[k].fights:
            for column, field in FINAL.items():
                found[f"{column}_{name}"] = np.array(
                    [h.outcome.actors[k][field] for h in histories], np.int64
                )
        for series in ("area_km2", "people_held"):
            found[f"{series}_{name}"] = np.array([self._last(h, series, k) for h in histories])
        return found

    def _last(self, history: History, series: str, k: int) -> float:
        return float(history.outcome.daily[-1, SERIES.index(series), k])

    def _of_all(self, histories: Sequence[History]) -> dict[str, object]:
        everybody, displaced = len(self.world.actors), SERIES.index("displaced")
        return {
            "civilians_killed": np.array([h.outcome.world.civilians_killed for h in histories], np.int64),
            "displaced_peak": np.array([h.outcome.daily[:, displaced, everybody].max() for h in histories]),
            "displaced_end": np.array([h.outcome.daily[-1, displaced, everybody] for h in histories]),
            "sorties_total": np.array([h.outcome.actors.sorties.sum() for h in histories], np.int64),
        }

    def _first_days(self, histories: Sequence[History]) -> dict[str, object]:
        """Return what the documents speak of: the first 24 and 48 hours."""
        attackers = [
            k
            for k, row in enumerate(self.world.template.actors)
            if row.stance not in (Stance.NONE, Stance.DEFENSIVE)
        ]
        sources = {
            "villages_taken_day2": ("villages_taken", 2, attackers),
            "bases_taken_day2": ("bases_taken", 2, attackers),
            "fighters_captured_day2": ("captured", 2, self._defenders(attackers)),
            "displaced_day2": ("displaced", 2, [len(self.world.actors)]),
            "fighters_killed_day1": ("killed", 1, list(range(len(self.world.actors)))),
        }
        return {name: np.array([_after(h, *source) for h in histories]) for name, source in sources.items()}

    def _defenders(self, attackers: Sequence[int]) -> list[int]:
        rivals = {int(self.world.template.actors[k].rival) for k in attackers}
        blocs = {int(self.world.template.actors[k].bloc) for k in rivals if k >= 0}
        return [k for k, row in enumerate(self.world.template.actors) if int(row.bloc) in blocs]

    def _places(self, histories: Sequence[History]) -> Columns:
        parts = [(h.replicate, h.outcome.changes[h.outcome.changes.kind == OF_PLACE]) for h in histories]
        rows = np.concatenate([part for _, part in parts])
        actors = (*self.world.actors, NOBODY)
        return {
            "replicate": np.repeat([number for number, _ in parts], [len(part) for _, part in parts]).astype(
                np.int32
            ),
            "place": Words(codes=rows["index"], names=self.world.places),
            "day": rows["day"],
            "from_actor": Words(codes=rows["before"] % len(actors), names=actors),
            "to_actor": Words(codes=rows["after"], names=actors),
        }

    @cached_property
    def _wanted(self) -> list[tuple[int, int]]:
        """(series, actor column) of every daily row; the last column is everybody or the monitor."""
        pairs = [(SERIES.index(s), k) for s in PER_ACTOR for k in self.shown if self._applies(s, k)]
        everybody = len(self.world.actors)
        pairs += [(SERIES.index(s), everybody) for s in FOR_ALL]
        return [*pairs, (SERIES.index("claimed_killed"), everybody)]

    def _applies(self, series: str, k: int) -> bool:
        row = self.world.template.actors[k]
        if series == "sorties":
            return (
                bool(row.fights) and f"{self.world.actors[k]}_sorties_per_day" in self.world.scenario.inputs
            )
        if series in ("villages_taken", "claimed_villages", "claimed_killed"):
            return bool(row.stance != Stance.NONE)
        return bool(row.fights) or series in ("area_km2", "people_held")

    def _daily(self, histories: Sequence[History]) -> Columns:
        series, columns = (np.array(each) for each in zip(*self._wanted, strict=True))
        days = np.array([len(h.outcome.daily) for h in histories])
        values = np.concatenate([h.outcome.daily[:, series, columns].ravel() for h in histories])
        per_day, rows = len(series), int(days.sum())
        names = (*self.world.actors, "", MONITOR)
        is_monitor = (columns == len(self.world.actors)) & (series == SERIES.index("claimed_killed"))
        return {
            "replicate": np.repeat([h.replicate for h in histories], days * per_day).astype(np.int32),
            "day": np.repeat(np.concatenate([np.arange(n) for n in days]), per_day).astype(np.int16),
            "series": Words(codes=np.tile(series, rows), names=SERIES),
            "actor": Words(codes=np.tile(columns + is_monitor, rows), names=names),
            "value": values,
        }

    def _count(self, histories: Sequence[History]) -> None:
        """Add the changes of control as rows (picture day, cell, before, after, number of histories)."""
        rows = np.concatenate([h.outcome.changes[h.outcome.changes.kind == OF_CELL] for h in histories])
        day = np.ceil(rows["day"]).astype(np.int64)
        new = np.column_stack(
            [day, rows["index"], rows["before"], rows["after"], np.ones(len(rows), np.int64)]
        )
        both = np.concatenate([self._changes, new])
        keys, place = np.unique(both[:, :4], axis=0, return_inverse=True)
        self._changes = np.column_stack(
            [keys, np.bincount(place.ravel(), both[:, 4], len(keys)).astype(np.int64)]
        )

    def cells(self) -> Columns:
        """Return the probability of control by day, cell and actor; later days where one differs."""
        control = self.world.template.cells.control
        start = np.flatnonzero(control >= 0)
        first = (np.zeros(len(start), np.int64), start, control[start], np.ones(len(start)))
        days, cells, actors, shares = zip(first, *self._later_days(control), strict=True)
        return {
            "day": np.concatenate(days).astype(np.int16),
            "sub_id": self.world.region.cells.sub_id[np.concatenate(cells)],
            "actor": Words(codes=np.concatenate(actors), names=self.world.actors),
            "probability": np.concatenate(shares),
        }

    def _later_days(self, control: np.ndarray) -> Iterator[tuple[np.ndarray, ...]]:
        """Yield (day, cell, actor, share of histories) of each day's cells that some history saw pass.

        `held` counts the histories in which each actor, or at last nobody (-1), has each such cell.
        """
        moved = np.unique(self._changes[:, 1])
        held = np.zeros((len(moved), len(self.world.actors) + 1), np.int64)
        held[np.arange(len(moved)), control[moved]] = self.histories
        last = int(np.ceil(self.world.scenario.days))
        ends = np.searchsorted(self._changes[:, 0], np.arange(last + 1), side="right")
        for day in range(1, last + 1):
            _, cell, before, after, number = self._changes[ends[day - 1] : ends[day]].T
            at = np.searchsorted(moved, cell)
            np.add.at(held, (at, before), -number)
            np.add.at(held, (at, after), number)
            passed = held[np.arange(len(moved)), control[moved]] < self.histories
            row, actor = np.nonzero(held[:, :-1] * passed[:, None])
            yield np.full(len(row), day), moved[row], actor, held[row, actor] / self.histories


def _after(history: History, series: str, day: int, who: Sequence[int]) -> float:
    """Return the sum of a series over some columns on a day, or on the last day of a shorter history."""
    daily = history.outcome.daily
    return float(daily[min(day, len(daily) - 1), SERIES.index(series)][list(who)].sum())
