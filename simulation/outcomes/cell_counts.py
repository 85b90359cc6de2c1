"""In how many histories each cell passed on which day, from whom to whom: what the table of cells is made from."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Self

import numpy as np
import pyarrow as pa

from simulation.engine.ensemble import History
from simulation.model.state import OF_CELL
from simulation.outcomes.records import changes_of
from simulation.outcomes.tables import Columns, Words
from simulation.world.world import World

FEWEST = 4096
"""Rows that wait before they are counted."""


class CellCounts:
    """Counts of changes of control. Those of two sets of histories add up, so that tables of parts can be joined.

    Of each change (picture day, cell, before, after) there is one number that stands for it, and how many there were.
    Numbers wait until there are as many as are counted already, so that each is looked at a few times, however many
    histories there are.
    """

    def __init__(self, world: World) -> None:
        """Begin without a history of a world."""
        self.world = world
        self.histories = 0
        self._keys, self._numbers = np.empty(0, np.int64), np.empty(0, np.int64)
        self._waiting: list[tuple[np.ndarray, np.ndarray]] = []
        self._counting = threading.Lock()  # what is written in a thread is added up in another

    @classmethod
    def of_table(cls, world: World, table: pa.Table, histories: int) -> Self:
        """Return the counts from which a table of cells over so many histories was made."""
        counts = cls(world)
        counts.histories = histories
        counts._take([*_changes_in(world, table, histories), np.empty((0, 5), np.int64)])
        return counts

    @property
    def changes(self) -> np.ndarray:
        """The rows (picture day, cell, before, after, number of histories), i8 (n, 5), each of the first four once.

        They are in order; -1 is nobody.
        """
        self._count()
        held, cells = len(self.world.actors) + 1, len(self.world.region.cells)
        rest, after = np.divmod(self._keys, held)
        rest, before = np.divmod(rest, held)
        return np.column_stack([*np.divmod(rest, cells), before - 1, after, self._numbers])

    def add(self, histories: Sequence[History]) -> None:
        """Count the changes of some histories."""
        self.histories += len(histories)
        rows, _ = changes_of(histories)
        rows = rows[rows["kind"] == OF_CELL]
        day = np.ceil(rows["day"]).astype(np.int64)
        once = np.ones(len(rows), np.int64)
        self._take([np.column_stack([day, rows["index"], rows["before"], rows["after"], once])])

    def merge(self, other: CellCounts) -> None:
        """Add what was counted in other histories of the same world."""
        self.add_changes(other.histories, other.changes)

    def add_changes(self, histories: int, changes: np.ndarray) -> None:
        """Add the changes of so many other histories, rows as those of `changes`."""
        self.histories += histories
        self._take([changes])

    def _take(self, more: Sequence[np.ndarray]) -> None:
        self._waiting += [(self._key(rows), rows[:, 4]) for rows in more]
        if sum(len(keys) for keys, _ in self._waiting) >= max(FEWEST, len(self._keys)):
            self._count()

    def _key(self, rows: np.ndarray) -> np.ndarray:
        """Return one number a row, in the order of the columns.

        numpy compares rows in a way that turns a signal's exception into a complaint of its own.
        """
        held = len(self.world.actors) + 1
        day, cell, before, after = rows[:, :4].T
        return np.asarray(((day * len(self.world.region.cells) + cell) * held + before + 1) * held + after)

    def _count(self) -> None:
        with self._counting:
            if self._waiting:
                self._add_up()

    def _add_up(self) -> None:
        keys, numbers = map(np.concatenate, zip((self._keys, self._numbers), *self._waiting, strict=True))
        self._waiting = []
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        self._keys = keys[first]
        self._numbers = np.add.reduceat(numbers[order], first) if len(first) else self._numbers

    def table(self) -> Columns:
        """Return the probability of control by day, cell and actor; later days where one differs."""
        control = self.world.template.cells.control
        start = np.flatnonzero(control >= 0)
        first = (np.zeros(len(start)), start, control[start], np.ones(len(start)))
        days, cells, actors, shares = zip(first, *self._later_days(control), strict=True)
        return {
            "day": np.concatenate(days),
            "sub_id": self.world.region.cells.sub_id[np.concatenate(cells)],
            "actor": Words(codes=np.concatenate(actors), names=self.world.actors),
            "probability": np.concatenate(shares),
        }

    def _later_days(self, control: np.ndarray) -> Iterator[tuple[np.ndarray, ...]]:
        """Yield (day, cell, actor, share of histories) of each day's cells that some history saw pass.

        The last day is that on which the run ends, whole or not.
        `held` counts the histories in which each actor, or at last nobody (-1), has each such cell.
        """
        changes = self.changes
        moved = np.unique(changes[:, 1])
        held = np.zeros((len(moved), len(self.world.actors) + 1), np.int64)
        held[np.arange(len(moved)), control[moved]] = self.histories
        last = int(np.ceil(self.world.scenario.days))
        ends = np.searchsorted(changes[:, 0], np.arange(last + 1), side="right")
        for day in range(1, last + 1):
            _, cell, before, after, number = changes[ends[day - 1] : ends[day]].T
            at = np.searchsorted(moved, cell)
            np.add.at(held, (at, before), -number)
            np.add.at(held, (at, after), number)
            passed = held[np.arange(len(moved)), control[moved]] < self.histories
            row, actor = np.nonzero(held[:, :-1] * passed[:, None])
            moments = np.full(len(row), min(float(day), self.world.scenario.days))
            yield moments, moved[row], actor, held[row, actor] / self.histories


def _changes_in(world: World, table: pa.Table, histories: int) -> Iterator[np.ndarray]:
    """Yield for each day of a table the rows of `changes` that lead from the day before to it.

    A cell that is not listed on a day is its first holder's, or nobody's, in all histories. The way is not told, only
    the sums: every change counts as one from the first holder, or back to it below zero; from it to itself it is none.
    """
    control = world.template.cells.control
    numbers = np.argsort(world.region.cells.sub_id)
    cell = numbers[np.searchsorted(world.region.cells.sub_id, table["sub_id"].to_numpy(), sorter=numbers)]
    words = table["actor"].combine_chunks()
    names = [world.actors.index(name) for name in words.dictionary.to_pylist()]
    actor = np.array(names, np.int64)[words.indices.to_numpy()]
    day = np.ceil(table["day"].to_numpy()).astype(np.int64)
    count = np.rint(table["probability"].to_numpy() * histories).astype(np.int64)
    moved = np.unique(cell[day > 0])
    before = np.zeros((len(moved), len(world.actors)), np.int64)
    for k in range(1, int(np.ceil(world.scenario.days)) + 1):
        now, listed = np.zeros_like(before), day == k
        now[np.searchsorted(moved, cell[listed]), actor[listed]] = count[listed]
        row, to = np.nonzero(now - before)
        change = (now - before)[row, to]
        yield np.column_stack([np.full(len(row), k), moved[row], control[moved[row]], to, change])
        before = now
