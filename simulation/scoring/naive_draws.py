"""What naive forecasts say of each observable, started on the first day or, on reports, on the day after them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.outcomes.participants import with_blocs
from simulation.region.travel import days_to
from simulation.results.folder import Results
from simulation.scoring.as_of import drawn_rows
from simulation.scoring.naive import Naive, Rate
from simulation.scoring.observables import Observable, draws_of, so_far
from simulation.statistics.intervals import weights_of
from simulation.world.world import World

MOST_HISTORIES = 0.5
"""A place counts as taken where it is in more than this share of the histories, by weight."""


@dataclass(frozen=True, kw_only=True)
class ForecastBasis:
    """What forecasts start from: the world, the run for how things stand, and the calendar day `since` on which.

    Without reports that is day 0. After them it is the first day of which they do not tell: nobody knows how things
    stand then, and what the updated histories say of it is what all forecasts start from.
    """

    world: World
    results: Results
    since: int = 0

    @property
    def histories(self) -> int:
        """The number of histories of the run, and so of the draws of every forecast beside it.

        With fewer draws than the run a forecast that misses would score a better logarithm for that alone: k = 0
        of 1 draw counts as 1/4, of 1,000 as 1/2002.
        """
        return len(self.results.outcomes)

    @cached_property
    def rows(self) -> np.ndarray:
        """Which histories stand for what is known, i8 (histories,): each once, or as often as its weight says."""
        return drawn_rows(weights_of(self.results.outcomes), self.histories)

    def model(self, observable: Observable) -> np.ndarray:
        """Return the observable in the histories that stand for what is known, f8 (histories,)."""
        return np.asarray(draws_of(observable, self.results, self.world)[self.rows])

    def plain(self, observable: Observable) -> np.ndarray:
        """Return the observable in all histories before any report, f8 (histories,)."""
        return draws_of(observable, self.results.before, self.world)


def naive_draws(naive: Naive, observable: Observable, setting: ForecastBasis) -> np.ndarray | None:
    """Return equally likely values, f8 (histories of the run,), or None where the forecast says nothing of it.

    A forecast of one number has as many draws as any other, all of them equal.
    """
    if observable.kind == "fall":
        return _day_reached(naive, observable, setting)
    if observable.kind == "ending":
        return np.zeros(setting.histories)
    rates = [rate for rate in naive.rates if _bears_on(rate, observable)]
    if rates:
        item = observable.item
        days = item.last_day + 1 - max(item.from_day or 0, setting.since)
        more = np.sum([rate.per_day.draws(setting.histories) for rate in rates], axis=0) * days
        return more + _so_far(observable, setting) if setting.since else more
    as_before = naive.otherwise == "as_on_day_0" and observable.item.series is not None
    return _so_far(observable, setting) if as_before else None


def _so_far(observable: Observable, setting: ForecastBasis) -> np.ndarray:
    found: np.ndarray = so_far(observable, setting.results, setting.since)[setting.rows]
    return found


def km_from_line(world: World, actors: Iterable[str], place: str, taken: Iterable[str] = ()) -> float:
    """Return the shortest way over the grid from the nearest land that the actors hold on day 0, in km.

    `taken` are places that are theirs by now too.
    """
    held = np.isin(world.template.cells.control, [world.actors.index(name) for name in actors])
    held[[world.region.place(each).cell for each in taken]] = True
    ways = days_to(world.region, [world.region.place(place).cell], world.region.step_km)[0]
    return float(ways[held].min()) if held.any() else np.inf


def _taken(setting: ForecastBasis, actors: Iterable[str]) -> list[str]:
    """Return the places that some actors or their blocs hold when the forecast starts, in most histories by weight."""
    changes, results = setting.results.places, setting.results
    last = changes[changes["day"] <= setting.since].drop_duplicates(["replicate", "place"], keep="last")
    ours = last[last["to_actor"].isin(with_blocs(setting.world, actors))]
    weights = weights_of(results.outcomes)
    counting = np.ones(setting.histories) if weights is None else weights
    at = np.searchsorted(results.replicates, ours["replicate"].to_numpy())
    held = ours.assign(weight=counting[at]).groupby("place", observed=True)["weight"].sum() / counting.sum()
    return [str(place) for place in held.index[held > MOST_HISTORIES]]


def at_war_for(world: World, actors: Iterable[str], place: str) -> bool:
    """Return whether somebody holds the place on day 0 with whom one of the actors is at war then.

    Where the map names another holder of the place than its cell has, they must be at war with both.
    """
    named, holder = (
        world.region.place(place).control,
        world.template.places[world.places.index(place)].holder0,
    )
    if holder < 0:
        return False
    holders = {int(holder), *([world.actors.index(named)] if named in world.actors else [])}
    hostile = world.template.pairs.hostile.reshape(len(world.actors), -1) != 0
    return bool(hostile[[world.actors.index(name) for name in actors]].any(axis=0)[[*holders]].all())


def _day_reached(naive: Naive, observable: Observable, setting: ForecastBasis) -> np.ndarray | None:
    """Return the calendar day on which the first of the places falls, f8 (histories,)."""
    if naive.advance is None:
        return _unless_fallen(np.full(setting.histories, float(observable.horizon)), observable, setting)
    advance, world, takers = naive.advance, setting.world, observable.item.falls_to
    if takers and set(with_blocs(world, takers)).isdisjoint(with_blocs(world, advance.of)):
        return None  # whether the place falls to others is not for this advance to say
    ahead = [place for place in observable.item.place or () if at_war_for(world, advance.of, place)]
    if not ahead:
        return None
    taken = _taken(setting, advance.of) if setting.since else []
    way = min(km_from_line(world, advance.of, place, taken) for place in ahead)
    with np.errstate(divide="ignore"):
        days = setting.since + np.floor(way / advance.km_per_day.draws(setting.histories))
    return _unless_fallen(np.minimum(days, observable.horizon), observable, setting)


def _unless_fallen(days: np.ndarray, observable: Observable, setting: ForecastBasis) -> np.ndarray:
    """Return the days, but that of its fall where a history has seen it before the forecast starts."""
    if not setting.since:
        return days
    seen = setting.model(observable)
    return np.where(seen < setting.since, seen, days)


def _bears_on(rate: Rate, observable: Observable) -> bool:
    item = observable.item
    of_all = not (item.actor or item.side)
    return item.series == rate.series and (rate.actor in observable.actors if rate.actor else of_all)
