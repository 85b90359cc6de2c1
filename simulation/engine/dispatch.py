"""The table of processes: the one place where the engine meets the domain.

Each process module has `fire` and either `rate` (1/day, zero or more) or, for a timed process, `due`
(days). To add a process: one file, one member of `Process`, one row in `call`.
"""

from __future__ import annotations

from simulation.engine.dependencies import settle, touch_everything
from simulation.engine.pending import pend_clock
from simulation.model.compilation import State, njit
from simulation.model.effects.ending import decide, is_over
from simulation.model.effects.muster import muster
from simulation.model.effects.picture import take_picture
from simulation.model.processes import (
    breach,
    casualty,
    command,
    day,
    dissolve,
    flee,
    give_way,
    interdiction,
    join,
    march,
    measure,
    rally,
    reinforce,
    report,
    return_home,
    seize,
    sortie,
    truce,
)
from simulation.model.registry import Process

__all__ = [
    "call", "decide", "is_over", "muster", "pend_clock", "settle", "take_picture", "touch_everything",
]  # fmt: skip


@njit
def tell(s: State, value: float) -> None:
    """Leave the answer of a rate or a due time where the engine reads it."""
    s.world[0].told = value


@njit
def call(process: int, e: int, s: State, firing: bool | None) -> None:
    """Fire entity `e` of a process or, if `firing` is None, tell its rate (1/day) or due time (days).

    None, because the compiler drops the branches that a None rules out: asking for rates then compiles no
    effect.
    """
    if process == Process.MEASURE:
        measure.fire(s, e) if firing is not None else tell(s, measure.due(s, e))
    elif process == Process.DAY:
        day.fire(s, e) if firing is not None else tell(s, day.due(s, e))
    elif process == Process.CASUALTY:
        casualty.fire(s, e) if firing is not None else tell(s, casualty.rate(s, e))
    elif process == Process.GIVE_WAY:
        give_way.fire(s, e) if firing is not None else tell(s, give_way.rate(s, e))
    elif process == Process.RALLY:
        rally.fire(s, e) if firing is not None else tell(s, rally.rate(s, e))
    elif process == Process.MARCH:
        march.fire(s, e) if firing is not None else tell(s, march.due(s, e))
    elif process == Process.SEIZE:
        seize.fire(s, e) if firing is not None else tell(s, seize.rate(s, e))
    elif process == Process.COMMAND:
        command.fire(s, e) if firing is not None else tell(s, command.due(s, e))
    elif process == Process.SORTIE:
        sortie.fire(s, e) if firing is not None else tell(s, sortie.rate(s, e))
    elif process == Process.INTERDICTION:
        interdiction.fire(s, e) if firing is not None else tell(s, interdiction.rate(s, e))
    elif process == Process.REINFORCE:
        reinforce.fire(s, e) if firing is not None else tell(s, reinforce.rate(s, e))
    elif process == Process.TRUCE:
        truce.fire(s, e) if firing is not None else tell(s, truce.rate(s, e))
    elif process == Process.BREACH:
        breach.fire(s, e) if firing is not None else tell(s, breach.rate(s, e))
    elif process == Process.JOIN:
        join.fire(s, e) if firing is not None else tell(s, join.rate(s, e))
    elif process == Process.FLEE:
        flee.fire(s, e) if firing is not None else tell(s, flee.rate(s, e))
    elif process == Process.RETURN_HOME:
        return_home.fire(s, e) if firing is not None else tell(s, return_home.rate(s, e))
    elif process == Process.DISSOLVE:
        dissolve.fire(s, e) if firing is not None else tell(s, dissolve.rate(s, e))
    elif process == Process.REPORT:
        report.fire(s, e) if firing is not None else tell(s, report.due(s, e))
