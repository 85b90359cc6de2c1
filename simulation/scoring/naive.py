"""Naive forecasts: what one would have said without a model, in the same observables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, model_validator
from scipy import stats

from simulation.documents.seed_model import SEVERAL, SeedModel, Text, Word
from simulation.io.origin import wrong
from simulation.io.pydantic_messages import suggestion
from simulation.io.yaml_file import YamlSource, parse, read_yaml
from simulation.model.daily_series import SHOWN
from simulation.outcomes.participants import with_blocs
from simulation.region.travel import days_to
from simulation.results.folder import Results
from simulation.scoring.observables import Observable, at_start
from simulation.world.world import World

FILE = "naive/forecasts.yaml"


class Range(SeedModel):
    """A triangular distribution from low to high with its peak at best."""

    low: Annotated[float, Field(ge=0)]
    best: float
    high: float

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        if not (self.low <= self.best <= self.high and self.low < self.high):
            raise ValueError("low, best and high must be in this order, and low below high")
        return self

    def draws(self, number: int) -> np.ndarray:
        """Return equally likely values in rising order, f8 (number,): the middles of as many equal parts of it."""
        width = self.high - self.low
        shares = (np.arange(number) + 0.5) / number
        found: np.ndarray = stats.triang.ppf(shares, (self.best - self.low) / width, self.low, width)
        return found


class Rate(SeedModel):
    """How fast a series grows; it counts for every amount that includes the actor."""

    series: Word
    actor: Word | None = None
    per_day: Range
    source: Text


class FrontAdvance(SeedModel):
    """How fast the line of some actors moves towards every place whose holder they are at war with on day 0."""

    of: Annotated[tuple[Word, ...], SEVERAL, Field(min_length=1)]
    km_per_day: Range
    source: Text


class Naive(SeedModel):
    """One naive forecast: rates and an advance, or the model itself with some `settings` changed.

    Where it gives no rate, an amount is left out of the comparison, or stays `otherwise` as on day 0. Without an
    advance no place falls; an advance says nothing of places that its actors are not at war for.
    """

    id: Word
    title: Text
    argument: Text
    otherwise: Literal["no_forecast", "as_on_day_0"] = "no_forecast"
    advance: FrontAdvance | None = None
    rates: tuple[Rate, ...] = ()
    settings: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _is_one_kind(self) -> Naive:
        if self.settings and (self.rates or self.advance):
            raise ValueError("'settings' run the model and go with neither 'rates' nor 'advance'")
        return self


class NaiveFile(SeedModel):
    """The file of naive forecasts."""

    forecasts: Annotated[tuple[Naive, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class ForecastBasis:
    """What naive forecasts start from: the world, and the run for its amounts on day 0."""

    world: World
    results: Results

    @property
    def histories(self) -> int:
        """The number of histories of the run, and so of the draws of every forecast beside it.

        With fewer draws than the run a forecast that misses would score a better logarithm for that alone: k = 0
        of 1 draw counts as 1/4, of 1,000 as 1/2002.
        """
        return len(self.results.outcomes)


def read_naive(path: Path, world: World) -> tuple[Naive, ...]:
    """Return the naive forecasts of a file; InputError for a word that the world does not know."""
    source = read_yaml(path)
    forecasts = parse(source, NaiveFile).forecasts
    for k, forecast in enumerate(forecasts):
        for r, rate in enumerate(forecast.rates):
            path_of = ("forecasts", k, "rates", r)
            _check(source, (*path_of, "series"), [rate.series], [each.key for each in SHOWN])
            _check(source, (*path_of, "actor"), [rate.actor] if rate.actor else [], world.actors)
        if forecast.advance is not None:
            _check(source, ("forecasts", k, "advance", "of"), forecast.advance.of, world.actors)
    return forecasts


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
        days = item.last_day + 1 - (item.from_day or 0)
        return np.sum([rate.per_day.draws(setting.histories) for rate in rates], axis=0) * days
    as_before = naive.otherwise == "as_on_day_0" and observable.item.series is not None
    return at_start(observable, setting.results) if as_before else None


def km_from_line(world: World, actors: Iterable[str], place: str) -> float:
    """Return the shortest way over the grid from the nearest land that the actors hold on day 0, in km."""
    held = np.isin(world.template.cells.control, [world.actors.index(name) for name in actors])
    ways = days_to(world.region, [world.region.place(place).cell], world.region.step_km)[0]
    return float(ways[held].min()) if held.any() else np.inf


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
        return np.full(setting.histories, float(observable.horizon))
    advance, world, takers = naive.advance, setting.world, observable.item.falls_to
    if takers and set(with_blocs(world, takers)).isdisjoint(with_blocs(world, advance.of)):
        return None  # whether the place falls to others is not for this advance to say
    ahead = [place for place in observable.item.place or () if at_war_for(world, advance.of, place)]
    if not ahead:
        return None
    way = min(km_from_line(world, advance.of, place) for place in ahead)
    with np.errstate(divide="ignore"):
        days = np.floor(way / advance.km_per_day.draws(setting.histories))
    return np.minimum(days, observable.horizon)


def _bears_on(rate: Rate, observable: Observable) -> bool:
    same = observable.item.series == rate.series
    return same and (rate.actor in observable.actors if rate.actor else not observable.actors)


def _check(
    source: YamlSource, path: tuple[str | int, ...], names: Iterable[str], known: Iterable[str]
) -> None:
    allowed = list(known)
    for name in names:
        if name not in allowed:
            raise wrong(source, path, f"there is no '{name}' here{suggestion(name, allowed)}")
