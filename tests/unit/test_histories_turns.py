"""Which happenings of a day share a sentence: what they are decides, never how it is worded."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulation.histories import causes, reasons, turns
from simulation.histories.causes import Break, Departure, Fall, Order, Orders
from simulation.histories.diary import day_sentences
from simulation.histories.observer import Happening
from simulation.histories.turns import (
    Purpose,
    fallen_with,
    is_return,
    orders_of_day,
    places_at,
    turning_points,
)
from simulation.model.registry import Process
from simulation.model.state import EVENT, OrderKind
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world

BROKEN = Break(
    fighters=200, cohesion=0.412, own=300, enemy=900, flanks=0.75, drivers=("cohesion", "odds"), manner="fled"
)
LEFT = Departure(how=causes.BROKE, day=2.0, units=1, breaking=BROKEN)


@pytest.fixture(scope="module")
def valleys() -> World:
    return build_world(load_scenario("two-valleys"))


def happening(process: Process, cause: causes.Cause | None = None, **fields: float) -> Happening:
    (record,) = np.zeros(1, EVENT).view(np.recarray)
    record.process, record.time = process, 2.5
    record.actor, record.other, record.cell, record.place = 0, 1, -1, -1
    for name, value in fields.items():
        record[name] = value
    return Happening(record=record, cause=cause)


def fall(world: World, place: int, left: Departure | None) -> Happening:
    cell = int(world.template.places["cell"][place])
    cause = Fall(entered=True, attackers=900, left=left)
    return happening(Process.SEIZE, cause, cell=cell, place=place)


def two_places(world: World) -> list[int]:
    """Return two places in cells of their own that are both new to actor 0, or both not."""
    cells = [int(cell) for cell in world.template.places["cell"]]
    alone = [place for place, cell in enumerate(cells) if len(places_at(world, cell)) == 1]
    new = [place for place in alone if not is_return(world, place, 0)]
    return new[:2]


@pytest.mark.parametrize(
    ("other", "sentences"),
    [
        (LEFT, 1),
        (replace(LEFT, breaking=replace(BROKEN, fighters=90, cohesion=0.409, own=310)), 1),
        (replace(LEFT, breaking=replace(BROKEN, cohesion=0.2)), 2),
        (replace(LEFT, breaking=replace(BROKEN, drivers=("surprise",))), 2),
        (replace(LEFT, units=2), 2),
        (replace(LEFT, how=causes.DESTROYED), 2),
        (replace(LEFT, day=1.0), 2),
        (None, 2),
    ],
)
def test_places_fall_together_when_what_is_told_of_the_reason_is_the_same(
    valleys: World, other: Departure | None, sentences: int
) -> None:
    first, second = two_places(valleys)
    told = list(turning_points(valleys, [fall(valleys, first, LEFT), fall(valleys, second, other)]))
    assert len(told) == sentences
    assert all(valleys.places[place] in " ".join(told) for place in (first, second))


def test_other_words_do_not_change_what_falls_together(
    valleys: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reasons, "_driver", lambda push: "beaten")
    monkeypatch.setattr(turns, "PURPOSES", dict.fromkeys(Purpose, "sent to"))
    day = [
        fall(valleys, place, replace(LEFT, breaking=replace(BROKEN, cohesion=cohesion)))
        for place, cohesion in zip(two_places(valleys), (0.6, 0.1), strict=True)
    ]
    assert len(list(turning_points(valleys, day))) == 2
    orders = tuple(
        Order(unit=unit, order=kind, target=0, cell=0, fighters=10)
        for unit, kind in enumerate((OrderKind.ADVANCE, OrderKind.MOVE, OrderKind.WITHDRAW))
    )
    assert len(list(orders_of_day(valleys, [happening(Process.COMMAND, Orders(given=orders))]))) == 3


def test_each_strike_is_told_and_arrivals_at_one_place_once(valleys: World) -> None:
    strike = happening(Process.INTERDICTION, amount=2)
    cell = int(valleys.template.places["cell"][0])
    arrival = happening(Process.MARCH, amount=1, cell=cell)
    told = list(turning_points(valleys, [strike, arrival, strike, arrival, happening(Process.DAY)]))
    assert [text.split(" ")[0] for text in told] == ["A", "Fresh", "A"]


def test_an_enclave_is_told_to_fall_only_when_it_does() -> None:
    world = build_world(load_scenario("aleppo"))
    city, quarter = (world.places.index(name) for name in ("Aleppo", "Sheikh Maqsoud"))
    weight, cell = world.template.places.weight, int(world.template.places.cell[city])
    by_itself = happening(Process.SEIZE, cell=cell, place=quarter, value=weight[quarter]).record
    around_it = happening(Process.SEIZE, cell=cell, place=city, value=weight[city]).record
    together = happening(Process.SEIZE, cell=cell, place=city, value=weight[city] + weight[quarter]).record
    assert fallen_with(world, by_itself) == ["Sheikh Maqsoud"]
    assert fallen_with(world, around_it) == ["Aleppo"]
    assert fallen_with(world, together) == ["Aleppo", "Sheikh Maqsoud"]


def test_every_purpose_has_words() -> None:
    assert set(turns.PURPOSES) == set(Purpose)


def test_who_gathers_is_told_with_the_place_that_is_to_be_attacked(valleys: World) -> None:
    moving = Order(unit=0, order=OrderKind.MOVE, target=1, cell=0, fighters=10, aim=0)
    there = Order(unit=1, order=OrderKind.HOLD, target=-1, cell=0, fighters=5, aim=0)
    (text,) = orders_of_day(valleys, [happening(Process.COMMAND, Orders(given=(moving, there)))])
    first, second = valleys.places[0], valleys.places[1]
    who = valleys.seeds.actors[0].short
    assert text in (
        f"15 fighters of {who} are called together to attack {first}, at {second}.",
        f"15 fighters of {who} are called together to retake {first}, at {second}.",
    )


def test_units_that_give_way_are_told_with_how_they_go_and_what_it_costs(valleys: World) -> None:
    day = [
        happening(Process.GIVE_WAY, replace(BROKEN, manner=manner), time=0.5, amount=captured, value=fallen)
        for manner, captured, fallen in ((causes.FLED, 3, 4.0), (causes.REPULSED, 0, 1.0))
    ]
    ((_, lines),) = day_sentences(valleys, day)
    who = valleys.seeds.actors[0].short
    assert [each.text for each in lines] == [
        f"Units that give way: 2 units of {who} (1 fled, 1 broke off an attack; fighters: "
        "3 captured, 5 killed or wounded in the pursuit)."
    ]


def test_a_truce_that_runs_out_and_wounded_who_return_are_told(valleys: World) -> None:
    a, b = (actor.short for actor in valleys.seeds.actors[:2])
    midnight = causes.Midnight(lapsed=((0, 1),), returned=((1, 12),))
    quiet = [happening(Process.DAY, midnight)]
    assert [each.text for _, lines in day_sentences(valleys, quiet) for each in lines] == [
        f"The truce between {a} and {b} runs out."
    ]
    fighting = [happening(Process.DAY, midnight), happening(Process.CASUALTY, amount=1)]
    assert f"Wounded who return to their units: {b} 12." in [
        each.text for _, lines in day_sentences(valleys, fighting) for each in lines
    ]
