"""Rounds of orders in which a choice is just about to tip, so that a small error in any number shows.

Orders are whole: most come out the same if a number behind them is a bit off. So a number is turned until the
orders change, and both sides of the change are looked at, which lie `CLOSE` apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from simulation.engine.loop import fire
from simulation.model.state import copy_state
from simulation.selftest.moments import Snapshot

NUMBERS = {
    "params": (
        "attack_odds", "attack_reach", "attack_axes", "pursuit_axes", "pursuit_depth", "exploitation",
        "spent_share", "spent_cohesion", "in_flight", "guard_weight", "relief",
        "threat_reach", "reserve_reach", "defence_odds", "counter_odds", "counter_share", "counter_reach",
        "evacuate_odds", "evacuate_confidence", "cut_off_reach", "gather_share", "gather_days", "pause_days",
    ),
    "actors": ("appetite", "restraint", "confidence", "availability", "momentum", "next_blow"),
    "world": ("cell_km",),
    "places": ("weight",),
    "units": ("falls_due",),
}  # fmt: skip
"""The numbers behind a choice: those of the rules and of the map, and what actors, places and units bring to it."""

TIMED = ("gather_days", "pause_days", "momentum")
"""The numbers that move the time of a blow or the end of a pause, while the orders of the round stay as they are."""

FACTORS = (0.02, 0.15, 0.5, 0.8, 1, 1.3, 2, 5, 20)
CLOSE = 1e-3
"""Relative distance of the two sides of a change: far less than the errors to be found, far more than rounding."""

FROM_ONE = 2
"""Changes looked at as one number of one round is turned: more rounds differ in more ways than more changes do."""


@dataclass(frozen=True)
class Dial:
    """One number of the state before a round of orders, which can be turned."""

    moment: Snapshot
    array: str
    name: str
    row: int

    def turned(self, factor: float) -> Snapshot:
        """Return the moment with the number multiplied."""
        state = copy_state(self.moment.before)
        getattr(state, self.array)[self.name][self.row] *= factor
        return replace(self.moment, before=state)

    def orders(self, factor: float) -> tuple[bytes, ...]:
        """Return everybody's orders and aims, or the times set, after the event with the number multiplied."""
        state = self.turned(factor).before
        fire(state, self.moment.clock)
        if self.name in TIMED:
            return state.units.falls_due.tobytes(), state.actors.next_blow.tobytes()
        return state.units.order.tobytes(), state.units.target.tobytes(), state.units.aim.tobytes()

    def tips(self) -> Iterator[tuple[Snapshot, Snapshot]]:
        """Yield both sides of the changes of the orders as the number is turned."""
        given = {factor: self.orders(factor) for factor in FACTORS}
        for low, high in pairwise(FACTORS):
            if given[low] != given[high]:
                low, high = self._closed_in(low, high)
                yield self.turned(low), self.turned(high)

    def _closed_in(self, low: float, high: float) -> tuple[float, float]:
        """Return two factors close together between which the orders change, from two between which they do."""
        below = self.orders(low)
        while high / low > 1 + CLOSE:
            middle = (low * high) ** 0.5
            low, high = (middle, high) if self.orders(middle) == below else (low, middle)
        return low, high


def tips(moments: Iterable[Snapshot], most: int) -> Iterator[tuple[str, Snapshot]]:
    """Yield numbers and moments that they are about to tip: both sides of `most` changes for each commander."""
    found: Counter[tuple[int, str, int]] = Counter()
    for moment in moments:
        for dial in _dials(moment):
            key = (moment.entity, dial.name, dial.row)
            for sides in islice(dial.tips(), min(FROM_ONE, most - found[key])):
                found[key] += 1
                yield from ((dial.name, side) for side in sides)


def _dials(moment: Snapshot) -> Iterator[Dial]:
    """Yield the numbers that can be turned: all that are not zero, and the times set for units that gather."""
    gathers = moment.before.units.aim >= 0
    for array, names in NUMBERS.items():
        for name in names:
            for row, number in enumerate(getattr(moment.before, array)[name]):
                if number != 0 and (array != "units" or gathers[row]):
                    yield Dial(moment, array, name, row)
