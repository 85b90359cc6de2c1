"""How many clocks each process has; light, so that a world can be built without compiling anything."""

from __future__ import annotations

import numpy as np

from simulation.process import Process


def clock_counts(*, cells: int, actors: int, units: int, links: int, measures: int) -> np.ndarray:
    """Return the number of clocks of each process, i8 (number of processes,)."""
    per = {
        Process.MEASURE: measures, Process.DAY: 1, Process.CASUALTY: cells * actors, Process.GIVE_WAY: units,
        Process.RALLY: units, Process.MARCH: units, Process.SEIZE: cells, Process.COMMAND: actors,
        Process.SORTIE: actors, Process.INTERDICTION: actors, Process.REINFORCE: links,
        Process.TRUCE: actors * actors, Process.BREACH: actors * actors, Process.JOIN: actors,
        Process.FLEE: cells, Process.RETURN_HOME: cells, Process.DISSOLVE: actors, Process.REPORT: actors + 1,
    }  # fmt: skip
    return np.array([per[process] for process in Process], np.int64)
