"""Naive forecasts have as many draws as the run they stand beside, and an advance speaks only of enemies' places."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulation.scenario import load_scenario
from simulation.scoring.naive import FILE, FrontAdvance, Naive, Range, Rate, read_naive
from simulation.scoring.naive_draws import ForecastBasis, naive_draws
from simulation.scoring.observables import Observable, observables_of
from simulation.scoring.scorecard import score
from simulation.scoring.truth import Truth, TruthFile, TruthItem
from simulation.world.world import World, build_world

SOURCE: Any = None
"""Of items that are right: nobody asks where they were written."""


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(load_scenario("aleppo"))


@pytest.fixture(scope="module")
def naive(world: World) -> dict[str, Naive]:
    return {each.id: each for each in read_naive(world.scenario.seeds / FILE, world)}


def beside(world: World, histories: int) -> ForecastBasis:
    """Return what forecasts beside a run of so many histories start from."""
    results: Any = SimpleNamespace(outcomes=range(histories))
    return ForecastBasis(world=world, results=results)


def observable(world: World, **item: Any) -> Observable:
    file = TruthFile(title="T", start=world.scenario.start, truth=(TruthItem(**item),))
    return observables_of([Truth(source=SOURCE, file=file)], world)[0]


def fall(world: World, *places: str, to: tuple[str, ...] = ("hts",), day: Any = 8) -> Observable:
    return observable(world, place=places, falls_to=to, day=day)


def logarithm(found: Naive, what: Observable, basis: ForecastBasis) -> float | None:
    draws = naive_draws(found, what, basis)
    assert draws is not None
    return score(what, draws).log


@pytest.mark.parametrize("histories", [1, 7, 1000])
@pytest.mark.parametrize("name", ["nothing_changes", "pace_of_2019_20"])
def test_every_naive_forecast_has_as_many_draws_as_the_run(
    name: str, histories: int, world: World, naive: dict[str, Naive]
) -> None:
    asked = (
        fall(world, "Hama"),
        observable(world, ending="government_falls"),
        observable(world, series="killed", side="government", by_day=11, value=380),
    )
    for what in asked:
        draws = naive_draws(naive[name], what, beside(world, histories))
        assert draws is not None and draws.shape == (histories,)


def test_a_rate_without_an_actor_counts_for_amounts_of_all_and_for_no_side(world: World) -> None:
    rate = Rate(series="killed", per_day=Range(low=1.9, best=2, high=2.1), source="S")
    calm = Naive(id="n", title="N", argument="A", rates=(rate,))
    basis = beside(world, 3)
    of_all = naive_draws(calm, observable(world, series="killed", by_day=9, value=1), basis)
    of_a_side = naive_draws(calm, observable(world, series="killed", side="hts", by_day=9, value=1), basis)
    assert of_all is not None and of_all.tolist() == pytest.approx([20] * 3, rel=0.06)
    assert of_a_side is None


@pytest.mark.parametrize("histories", [1, 50, 1000])
def test_a_point_forecast_that_misses_pays_what_a_run_of_as_many_histories_pays(
    histories: int, world: World, naive: dict[str, Naive]
) -> None:
    calm, basis = naive["nothing_changes"], beside(world, histories)
    missed = -math.log(0.5 / (histories + 1))
    assert logarithm(calm, fall(world, "Hama"), basis) == pytest.approx(missed, abs=1e-12)
    assert logarithm(calm, observable(world, ending="government_falls"), basis) == pytest.approx(
        missed, abs=1e-12
    )
    hit = -math.log((histories + 0.5) / (histories + 1))
    assert logarithm(calm, fall(world, "Tartus", day="never"), basis) == pytest.approx(hit, abs=1e-12)


def test_of_1000_histories_a_miss_costs_7_60(world: World, naive: dict[str, Naive]) -> None:
    found = logarithm(naive["nothing_changes"], fall(world, "Hama"), beside(world, 1000))
    assert found is not None and round(found, 2) == 7.60


def test_the_pace_speaks_of_every_place_of_an_enemy_and_of_no_other(
    world: World, naive: dict[str, Naive]
) -> None:
    """HTS and its allies are at war with the government's side alone among those who hold places."""
    spoken = {place.control: 0 for place in world.region.places}
    for place in world.region.places:
        draws = naive_draws(naive["pace_of_2019_20"], fall(world, place.name, to=()), beside(world, 3))
        holder = world.actors[world.template.places[world.places.index(place.name)].holder0]
        assert (draws is not None) == (holder == place.control == "government"), place.name
        spoken[place.control] += draws is not None
    assert spoken.pop("government") > 200 and set(spoken) > {"hts", "sna", "sdf"} and not any(spoken.values())


@pytest.mark.parametrize("place", ["Idlib", "Afrin", "Kobani", "Sheikh Maqsoud", "Al-Tanf garrison"])
def test_the_pace_takes_neither_own_nor_allied_land_nor_that_of_people_it_is_not_at_war_with(
    place: str, world: World, naive: dict[str, Naive]
) -> None:
    for takers in ((), ("hts",), ("government",)):
        what = fall(world, place, to=takers, day="never")
        assert naive_draws(naive["pace_of_2019_20"], what, beside(world, 10)) is None


def test_the_pace_does_not_say_when_a_place_falls_to_others(world: World, naive: dict[str, Naive]) -> None:
    pace, basis = naive["pace_of_2019_20"], beside(world, 10)
    assert naive_draws(pace, fall(world, "Hama", to=("southern_factions",)), basis) is None
    assert naive_draws(pace, fall(world, "Hama", to=("sna",)), basis) is not None  # of the bloc of HTS
    assert naive_draws(pace, fall(world, "Hama", to=("hts", "southern_factions")), basis) is not None


def test_of_several_places_the_pace_counts_those_of_enemies(world: World, naive: dict[str, Naive]) -> None:
    pace, basis = naive["pace_of_2019_20"], beside(world, 100)
    both, alone = (
        naive_draws(pace, fall(world, *names), basis) for names in (("Idlib", "Saraqib"), ("Saraqib",))
    )
    assert both is not None and alone is not None and np.array_equal(both, alone)


def test_who_is_at_war_with_others_speaks_of_their_places(world: World) -> None:
    advance = FrontAdvance(of=("sna",), km_per_day=Range(low=1, best=2, high=3), source="assumption: made up")
    own = Naive(id="own", title="T", argument="A", advance=advance)
    assert naive_draws(own, fall(world, "Kobani", to=("sna",)), beside(world, 5)) is not None
    assert naive_draws(own, fall(world, "Idlib", to=("sna",)), beside(world, 5)) is None
    assert naive_draws(own, fall(world, "Afrin", to=("sna",)), beside(world, 5)) is None
