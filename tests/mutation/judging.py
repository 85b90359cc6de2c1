"""Compares recorded moments with the second opinion, in a program of its own: `judging.py FOLDER PROCESS KIND`.

It runs without compiling, so that a planted error costs seconds. Prints what was wrong first, or nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from recording import begun, moments_for

from simulation.model.registry import Process
from simulation.selftest import choices
from simulation.selftest.check import ROUNDING
from simulation.selftest.second_opinion import Opinion, Tally


def first_error(folder: Path, process: Process, kind: str) -> str:
    """Return the name of the first line of the table that fails, and after how many events; empty if none does."""
    if kind == "rule":
        return next((f"choices, {result.check}" for result in choices.results() if not result.passed), "")
    opinion = Opinion()
    if kind == "wait":
        opinion.begin(begun(folder))
    for count, moment in enumerate(moments_for(folder, process, kind), start=1):
        opinion.look(moment, [process])
        for respect in ("rates", "effects", "waits"):
            tally: Tally = getattr(opinion, respect)[process]
            if not tally.error <= ROUNDING:
                what = f" ({tally.what})" if tally.what else ""
                return f"{respect[:-1]}{what}, event {count}, off by {tally.error:.2g}"
    return ""


if __name__ == "__main__":
    print(first_error(Path(sys.argv[1]), Process[sys.argv[2]], sys.argv[3]))
