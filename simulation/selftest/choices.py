"""The rules behind a commander's choices, by themselves: known answers, and a second opinion over a grid.

An error that makes every objective look better by the same part changes no order; here it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np

from simulation.model.planning.attack import axes_at_most, felt_km, objective_score, pause_after
from simulation.model.planning.commitment import committed_share, relieved
from simulation.model.planning.threats import threat_share
from simulation.selftest.agreement import worst
from simulation.selftest.check import CheckResult, by_error
from simulation.selftest.format import number

SHARES = (0.0, 0.1, 0.35, 0.5, 0.8, 1.0)
FIGHTERS = (0, 1, 40, 260, 3000)

Rule = Callable[..., float]


def _pull(weight: float, own: float, enemy: float, odds: float, km: float, cell_km: float) -> float:
    """Return weight x chance of success / distance; the chance is even where the odds sought are just met."""
    return weight / (1 + odds * enemy / own) / (km + cell_km) if own else 0.0


def _committed(appetite: float, exploitation: float, lost: float, restraint: float) -> float:
    """Return what is not withheld, of which restraint leaves a part."""
    withheld = (1 - appetite) * (1 - exploitation * lost)
    return (1 - withheld) * (1 - restraint)


def _threat(enemies: float, defenders: float) -> float:
    """Return enemies for each defender, at most 1; a place without defenders counts as having one."""
    return float(min(1, enemies / max(1, defenders)))


def _pause(days: float, exploitation: float, lost: float, won: float) -> float:
    """Return what is left of the pause, first by exploiting, which takes a victory, and then as the rival runs."""
    unexploited = days - exploitation * days if won else days
    return unexploited - lost * unexploited


def _most_axes(axes: float, pursuit_axes: float, lost: float) -> float:
    """Return the objectives pursued at once: those of before, and more as the rival loses heart."""
    return (axes + axes * pursuit_axes * lost) // 1


def _felt(km: float, pursuit_depth: float, lost: float) -> float:
    """Return the way that counts: all of it but the part that a rival who runs no longer bars."""
    return km - lost * pursuit_depth * km


def _relieved(share: float, relief: float, spent: float) -> float:
    """Return the share whose fresh part, if the spent are relieved, is what was wanted of all."""
    fresh = 1 - relief * spent
    return min(1.0, share / fresh) if fresh > 0 else float(share > 0)


KNOWN = (
    ("pull of weight 0.6, 300 against 200 at odds 1.5, 24 km away", objective_score, (0.6, 300, 200, 1.5, 24, 6), 0.01),
    ("pull of weight 0.5, nobody there, in its own cell", objective_score, (0.5, 10, 0, 2, 0, 5), 0.1),
    ("pull of a place for somebody without fighters", objective_score, (1, 0, 50, 1.5, 10, 6), 0),
    ("share committed against a confident rival", committed_share, (0.4, 0.5, 0, 0), 0.4),
    ("share committed when the rival has lost half", committed_share, (0.4, 0.5, 0.5, 0), 0.55),
    ("the same under restraint of 0.2", committed_share, (0.4, 0.5, 0.5, 0.2), 0.44),
    ("share committed under full restraint", committed_share, (1, 1, 1, 1), 0),
    ("share drawn on with half of the men spent and half of those relieved", relieved, (0.3, 0.5, 0.5), 0.4),
    ("axes against a rival who has lost half, twice as many more at most", axes_at_most, (3, 2, 0.5), 6),
    ("80 km to a rival who has lost half, where a quarter counts for nothing at most", felt_km, (80, 0.25, 0.5), 70),
    ("threat of 30 to 40 defenders", threat_share, (30, 40), 0.75),
    ("threat of 90 to 40 defenders", threat_share, (90, 40), 1),
    ("threat of 30 to nobody", threat_share, (30, 0), 1),
    ("pause of 4 days after a blow that failed", pause_after, (4, 0.75, 0, False), 4),
    ("the same after one that won", pause_after, (4, 0.75, 0, True), 1),
    ("the same against a rival who has lost half", pause_after, (4, 0.75, 0.5, True), 0.5),
    ("pause against a rival in full flight", pause_after, (4, 0, 1, False), 0),
)  # fmt: skip
"""What, the rule, what it is given, and the answer worked out by hand."""

GRIDS: tuple[tuple[str, Rule, Rule, list[tuple[float, ...]]], ...] = (
    ("pull of an objective", objective_score, _pull,
     list(product((0.05, 1.0), FIGHTERS, FIGHTERS, (0.1, 1.5, 20.0), (0.0, 11.0, 60.0), (1.0, 6.0)))),
    ("share committed to attacks", committed_share, _committed, list(product(SHARES, SHARES, SHARES, SHARES))),
    ("threat to a place", threat_share, _threat, list(product(FIGHTERS, FIGHTERS))),
    ("share drawn on with relief", relieved, _relieved, list(product(SHARES, SHARES, SHARES))),
    ("axes at once", axes_at_most, _most_axes, list(product((1.3, 3.7, 6.9), (0.0, 1.25, 4.0), SHARES))),
    ("distance that counts", felt_km, _felt, list(product((0.0, 11.0, 150.0), SHARES, SHARES))),
    ("pause after a blow", pause_after, _pause, list(product((0.0, 2.0, 60.0), SHARES, SHARES, (False, True)))),
)  # fmt: skip
"""What, the rule, the second opinion, and what both are given."""


def results() -> Iterator[CheckResult]:
    """Check the rules against known answers and a second opinion."""
    for name, rule, given, answer in KNOWN:
        yield by_error(name, "one case", rule(*given), answer)
    for name, rule, second, grid in GRIDS:
        error = max(_error(rule(*given), second(*given)) for given in grid)
        yield by_error(f"{name}: by a second program", f"{number(len(grid))} cases, largest error", error, 0)


def _error(found: float, expected: float) -> float:
    """Return the error as a share of what is expected; small numbers count as much as large ones."""
    scale = expected or 1.0
    return worst(np.array(found / scale), np.array(expected / scale))
