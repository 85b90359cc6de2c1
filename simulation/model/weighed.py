"""The processes of which cases are left out when it is asked which clocks an event may have changed."""

from __future__ import annotations

from simulation.model.registry import Process

WEIGHED = (
    Process.MEASURE, Process.DAY, Process.CASUALTY, Process.GIVE_WAY, Process.RALLY, Process.MARCH,
    Process.SEIZE, Process.COMMAND, Process.SORTIE, Process.INTERDICTION, Process.REINFORCE, Process.TRUCE,
    Process.BREACH, Process.JOIN, Process.FLEE, Process.RETURN_HOME, Process.DISSOLVE, Process.REPORT,
)  # fmt: skip
"""Those whose clocks are left alone where their rate cannot have changed; any other is looked at in every case."""

ALL_WEIGHED = set(Process) <= set(WEIGHED)
"""Whether there is no other; while there is one, a cell is touched whenever the men beside it change."""
