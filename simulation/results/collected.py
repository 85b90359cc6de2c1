"""What is kept of some histories of a run: their rows, their changes of cells, and which of them failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.engine.ensemble import History
from simulation.observation.conditions import Conditions
from simulation.outcomes.cell_counts import CellCounts
from simulation.outcomes.collector import Collector
from simulation.outcomes.tables import Columns, Words
from simulation.results.manifest_head import Failure
from simulation.world.world import World


@dataclass(frozen=True, kw_only=True, eq=False)
class Collected:
    """Histories before number `stop` that follow those collected before.

    `rows` has the columns of `outcomes`, `places` and `daily`, nothing where all failed; `changes` (n, 5) are those of
    `CellCounts`.
    """

    stop: int
    failed: tuple[Failure, ...]
    rows: Mapping[str, Columns]
    changes: np.ndarray

    @property
    def endings(self) -> list[str]:
        """How each history ended that did not fail."""
        if not self.rows:
            return []
        endings = self.rows["outcomes"]["ending"]
        assert isinstance(endings, Words)
        return [endings.names[code] for code in endings.codes]


class Collecting:
    """Collects histories of a world, wherever they are played: the `Measure` of a run."""

    def __init__(self, world: World) -> None:
        """Prepare for the histories of a world."""
        self._world, self._collector = world, Collector(world)
        self._conditions = Conditions.of(world)

    def __call__(self, histories: Sequence[History]) -> Collected:
        """Return what is kept of some histories that follow each other."""
        good = [history for history in histories if not history.trouble]
        self._collector.counts = CellCounts(self._world)
        rows = self._collector.add(good) if good else {}
        if good:
            rows["outcomes"] = dict(rows["outcomes"]) | self._conditions.columns(good)
        return Collected(
            stop=histories[-1].replicate + 1,
            failed=tuple(Failure(replicate=h.replicate, reason=h.trouble) for h in histories if h.trouble),
            rows=rows,
            changes=self._collector.counts.changes,
        )
