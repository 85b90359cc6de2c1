"""Counts of changes of control are found again in the table that is made from them, land of nobody too."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulation.model.state import CHANGE, OF_CELL
from simulation.outcomes import cell_counts
from simulation.outcomes.cell_counts import CellCounts
from simulation.outcomes.tables import CELLS, to_arrow


class Cells(SimpleNamespace):
    def __len__(self) -> int:
        return len(self.sub_id)


def world(days: float) -> Any:
    """Return two actors on five cells, whose numbers are in no order and of which two belong to nobody."""
    cells = SimpleNamespace(control=np.array([0, 1, -1, 0, -1]))
    return SimpleNamespace(
        actors=("red", "blue"),
        template=SimpleNamespace(cells=cells),
        region=SimpleNamespace(cells=Cells(sub_id=np.array([50, 10, 40, 20, 30]))),
        scenario=SimpleNamespace(days=days),
    )


def histories(number: int, days: float, seed: int) -> list[Any]:
    """Return made-up histories in which cells pass to and fro."""
    luck, found = np.random.default_rng(seed), []
    for _ in range(number):
        holder, rows = [0, 1, -1, 0, -1], []
        for day in np.sort(luck.uniform(0, days, luck.integers(0, 9))):
            cell, after = int(luck.integers(5)), int(luck.integers(2))
            if holder[cell] != after:
                rows.append((OF_CELL, cell, holder[cell], after, day))
                holder[cell] = after
        found.append(
            SimpleNamespace(
                replicate=len(found),
                outcome=SimpleNamespace(changes=np.array(rows, CHANGE).view(np.recarray)),
            )
        )
    return found


@pytest.mark.parametrize("fewest", [1, 30, 4096])
@pytest.mark.parametrize("days", [4.0, 3.5, 0.5])
def test_parts_add_up_to_the_whole(days: float, fewest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_counts, "FEWEST", fewest)
    place = world(days)
    every = histories(23, days, 1)
    whole, joined = CellCounts(place), CellCounts(place)
    whole.add(every)
    for some in (every[:1], every[1:10], every[10:]):
        part = CellCounts(place)
        part.add(some)
        joined.merge(CellCounts.of_table(place, to_arrow(part.table(), CELLS), len(some)))
    assert joined.histories == 23
    assert to_arrow(joined.table(), CELLS).equals(to_arrow(whole.table(), CELLS))
