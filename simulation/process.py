"""The numbers of the processes. They stand in the address of every draw: append, never renumber."""

from __future__ import annotations

from enum import IntEnum


class Process(IntEnum):
    """One kind of thing that can happen; at the same instant the lower number goes first."""

    MEASURE = 0
    DAY = 1
    CASUALTY = 2
    GIVE_WAY = 3
    RALLY = 4
    MARCH = 5
    SEIZE = 6
    COMMAND = 7
    SORTIE = 8
    INTERDICTION = 9
    REINFORCE = 10
    TRUCE = 11
    BREACH = 12
    JOIN = 13
    FLEE = 14
    RETURN_HOME = 15
    DISSOLVE = 16
    REPORT = 17


TIMED = frozenset({Process.MEASURE, Process.DAY, Process.MARCH, Process.COMMAND, Process.REPORT})
"""Processes whose clocks are set to a time; all others burn a hazard at a rate."""
