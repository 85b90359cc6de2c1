"""A second opinion on every effect: what one event of each process does to the state, draw by draw.

Each function brings a twin from before the event to after it. The numbers of the slots stand in the address
of every draw and never change.
"""

from __future__ import annotations

from collections.abc import Callable

from simulation.model.registry import Process
from simulation.selftest.effects_of_arms import casualty, interdiction, march, rally, seize, sortie
from simulation.selftest.effects_of_decisions import breach, command, dissolve, join, reinforce, report, truce
from simulation.selftest.effects_of_measures import measure
from simulation.selftest.effects_of_routs import give_way
from simulation.selftest.effects_of_time import day, flee, return_home
from simulation.selftest.twin import Twin

EFFECTS: dict[Process, Callable[[Twin], None]] = {
    Process.MEASURE: measure, Process.DAY: day, Process.CASUALTY: casualty, Process.GIVE_WAY: give_way,
    Process.RALLY: rally, Process.MARCH: march, Process.SEIZE: seize, Process.COMMAND: command,
    Process.SORTIE: sortie, Process.INTERDICTION: interdiction, Process.REINFORCE: reinforce,
    Process.TRUCE: truce, Process.BREACH: breach, Process.JOIN: join, Process.FLEE: flee,
    Process.RETURN_HOME: return_home, Process.DISSOLVE: dissolve, Process.REPORT: report,
}  # fmt: skip
