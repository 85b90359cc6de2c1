"""Naive forecasts as data: what one would have said without a model."""

from __future__ import annotations

from collections.abc import Iterable
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
    """How fast a series grows: for every amount that includes the actor, or without one for amounts of all."""

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


def _check(
    source: YamlSource, path: tuple[str | int, ...], names: Iterable[str], known: Iterable[str]
) -> None:
    allowed = list(known)
    for name in names:
        if name not in allowed:
            raise wrong(source, path, f"there is no '{name}' here{suggestion(name, allowed)}")
