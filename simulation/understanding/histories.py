"""What was seen in the histories of a run: in how many a shot was fired, and whether all are alike."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.outcomes.labels import INPUT_PREFIX
from simulation.results.folder import Results

HURT = ("fighters_killed_", "fighters_wounded_", "civilians_killed")
"""Outcomes that are above 0 where a shot hit somebody begin so."""
ENOUGH = 20
"""Histories from which on it tells that all are alike: of so many, 1 try in 20 misses what comes in 1 of 7."""


@dataclass(frozen=True, kw_only=True)
class Played:
    """Of so many histories a shot hit somebody in `shots`; `ending` is the one of all, "" where there are several.

    They are `alike` where all end so and no place changes hands in any.
    """

    histories: int
    shots: int
    ending: str
    alike: bool


def played_in(results: Results) -> Played:
    """Return what was seen in the histories of a run."""
    names = [
        name for name in results.outcome_names if name.startswith(HURT) and not name.startswith(INPUT_PREFIX)
    ]
    outcomes = results.columns("ending", *names)
    endings = outcomes["ending"].unique()
    one = str(endings[0]) if len(endings) == 1 else ""
    count = len(outcomes)
    alike = bool(one) and count >= ENOUGH and not any(len(rows) for _, rows in results.changes())
    return Played(
        histories=count,
        shots=int((outcomes[names].to_numpy() > 0).any(axis=1).sum()),
        ending=one,
        alike=alike,
    )
