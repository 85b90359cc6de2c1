"""Items of truth that lie after the end of a run: they are left out, and that is said."""

from __future__ import annotations

from collections.abc import Iterable

from simulation.errors import InputError
from simulation.io.origin import where
from simulation.scenario.notice import Notice, notice_at
from simulation.scoring.truth import Truth, TruthItem, Unscored
from simulation.wording.phrases import counted, listed


def is_late(item: TruthItem, days: float) -> bool:
    """Return whether a run of so many days ends before the day is over that a series or an ending is of.

    A fall is never late: days are cut off at the end of the run, and "not in the run" is scored.
    """
    dated = item.series is not None or (item.ending is not None and item.day is not None)
    return dated and item.last_day + 1 > days


def late_items(truths: Iterable[Truth], days: float) -> tuple[Unscored, ...]:
    """Return what is left out of a run of so many days, as what is not scored and why."""
    late = [item for truth in truths for item in truth.file.truth if is_late(item, days)]
    return tuple(Unscored(what=f"{_name(item)}:", why=_why(item, days)) for item in late)


def late_notices(truths: Iterable[Truth], days: float) -> tuple[Notice, ...]:
    """Return one notice for each file of which something is left out: how many items, and which.

    InputError where all items of all files lie after the run, since nothing is left to score then.
    """
    known = tuple(truths)
    found = [(truth, _late(truth, days)) for truth in known]
    if all(len(late) == len(truth.file.truth) for truth, late in found):
        least = min(item.last_day for truth in known for item in truth.file.truth) + 1
        raise InputError(
            f"nothing of it lies within the run of {counted(days, 'day')}; run at least {counted(least, 'day')}",
            file=known[0].source.origin_of(()).file,
        )
    return tuple(_notice(truth, late, days) for truth, late in found if late)


def _late(truth: Truth, days: float) -> list[int]:
    return [k for k, item in enumerate(truth.file.truth) if is_late(item, days)]


def _notice(truth: Truth, late: list[int], days: float) -> Notice:
    lie = "lies" if len(late) == 1 else "lie"
    which = listed([f"truth[{k}]" for k in late])
    return notice_at(
        where(truth.source.origin_of(("truth", late[0]))),
        "truth",
        f"{len(late)} of {counted(len(truth.file.truth), 'item')} {lie} after the run of {counted(days, 'day')} and "
        f"{'is' if len(late) == 1 else 'are'} left out: {which}",
    )


def _name(item: TruthItem) -> str:
    return item.label or f"{item.series or item.ending} of day {item.last_day}"


def _why(item: TruthItem, days: float) -> str:
    return f"the run of {counted(days, 'day')} ends before day {item.last_day} is over."
