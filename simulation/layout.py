"""How many clocks each process has; light, so that a world can be built without compiling anything."""

from __future__ import annotations

import numpy as np

from simulation.process import Per, Process


def clock_counts(*, cells: int, actors: int, units: int, links: int, measures: int) -> np.ndarray:
    """Return the number of clocks of each process, i8 (number of processes,)."""
    of = {
        Per.HISTORY: 1, Per.MEASURE: measures, Per.CELL: cells, Per.SIDE: cells * actors, Per.UNIT: units,
        Per.ACTOR: actors, Per.PAIR: actors * actors, Per.LINK: links, Per.REPORTER: actors + 1,
    }  # fmt: skip
    return np.array([of[process.per] for process in Process], np.int64)
