"""What enters the engine is checked at its door, whoever made it; and its digest is that of what it holds."""

from __future__ import annotations

import dataclasses
import datetime
import math
from typing import Any

import numpy as np
import pytest

from simulation.errors import InputError
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.inputs import Input
from simulation.scenario.measures import Bombardment
from simulation.scenario.schema import ClaimItem
from simulation.world.world import World, build_world

STRIKES = Bombardment(by="river_council", sorties_per_day=40, from_day=2)


@pytest.fixture(scope="module")
def valleys() -> Scenario:
    return load_scenario("two-valleys")


@pytest.fixture(scope="module")
def world(valleys: Scenario) -> World:
    return build_world(valleys)


def changed(valleys: Scenario, **fields: Any) -> Scenario:
    """Return the scenario with fields of its input of the League's fighters changed."""
    name = "highland_league_fighters"
    return dataclasses.replace(
        valleys, inputs={**valleys.inputs, name: dataclasses.replace(valleys.inputs[name], **fields)}
    )


def constant(value: Any, **fields: Any) -> dict[str, Any]:
    return {"dist": None, "parameters": {}, "value": value} | fields


@pytest.mark.parametrize(
    ("field", "value"),
    [("days", each) for each in (-3, 0, math.nan, math.inf, 1e9, 10**400, "x", None, True, [3])]
    + [("start", each) for each in ("2024-11-27", None, 5, datetime.datetime(2024, 1, 1), datetime.date(1, 1, 1))]
    + [("name", each) for each in ("", "../x", "a\0", None, 5)]
    + [("title", None), ("title", ""), ("question", b"x"), ("lesson", "x"), ("file", None)]
    + [(name, each) for name in ("region", "seeds") for each in ("/nowhere", None, 5, "")]
    + [("inputs", each) for each in (None, [], {}, {"a": 1})]
    + [("origin", each) for each in (None, 5, {1: 2})]
    + [("archive", None), ("measures", None), ("measures", "x"), ("measures", {STRIKES}), ("measures", ["x"])]
    + [
        ("measures", [STRIKES.model_copy(update=change)])
        for change in (
            {"sorties_per_day": -5}, {"sorties_per_day": math.nan}, {"sorties_per_day": "x"}, {"by": "nobody"},
            {"from_day": 1e9}, {"from_day": object()}, {"until_day": 0.5},
        )
    ]
    + [("measures", [Bombardment.model_construct(by="river_council")])]
    + [("claim_edits", each) for each in (None, "x", [5], [ClaimItem(disbelieve="C999")], [ClaimItem(add={"x": 1})])]
    + [("claim_edits", [ClaimItem.model_construct(add={"x": object()})])],
)  # fmt: skip
def test_nonsense_is_refused_in_one_sentence(valleys: Scenario, field: str, value: Any) -> None:
    with pytest.raises(InputError) as raised:
        build_world(dataclasses.replace(valleys, **{field: value}))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "fields",
    [
        constant(-5), constant(math.nan), constant("x"), constant(-5, low=-10.0), {"name": "other"}, {"dist": "foo"},
        {"dist": [1]}, {"parameters": None}, {"parameters": {}}, {"unit": "km"}, {"source": ""}, {"low": "x"},
        {"low": math.nan}, {"dist": "norm", "parameters": {}}, {"value": 5.0},
    ],
)  # fmt: skip
def test_an_input_that_no_file_could_give_is_refused(valleys: Scenario, fields: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        build_world(changed(valleys, **fields))


def test_inputs_are_all_there_in_their_order(valleys: Scenario) -> None:
    fewer = dict(list(valleys.inputs.items())[1:])
    more = {**valleys.inputs, "foo": dataclasses.replace(next(iter(valleys.inputs.values())), name="foo")}
    for inputs in (fewer, more, dict(reversed(valleys.inputs.items()))):
        with pytest.raises(InputError, match="scenario two-valleys inputs"):
            build_world(dataclasses.replace(valleys, inputs=inputs))


def test_the_digest_is_of_what_the_scenario_holds(valleys: Scenario) -> None:
    by_hand = dataclasses.replace(valleys, days=np.float64(7), measures=[STRIKES])
    text = "measures=[{bombardment: {by: river_council, sorties_per_day: 40, from_day: 2}}]"
    assert by_hand.digest == load_scenario("two-valleys", ["days=7", text]).digest != valleys.digest
    assert build_world(by_hand).template.world.days[0] == 7


def test_a_world_belongs_to_its_scenario(valleys: Scenario, world: World) -> None:
    other = build_world(load_scenario("duel"))
    for change in (
        {"scenario": dataclasses.replace(valleys, days=3)}, {"scenario": other.scenario}, {"scenario": None},
        {"template": other.template}, {"template": None}, {"seeds": None}, {"region": "x"},
    ):  # fmt: skip
        with pytest.raises(InputError, match="world"):
            dataclasses.replace(world, **change)  # type: ignore[arg-type]


def test_what_python_prints_is_one_short_line(valleys: Scenario, world: World) -> None:
    long = dataclasses.replace(valleys, title="a\nb" * 500)
    shown = (valleys, long, world, world.seeds, world.region, world.template, *valleys.inputs.values())
    for each in map(repr, shown):
        assert len(each) <= 200 and "\n" not in each
    assert repr(valleys) == "<Scenario two-valleys: Two valleys; 30 days, 0 measures>"


def test_a_notebook_shows_question_length_and_measures_escaped(valleys: Scenario) -> None:
    shown = dataclasses.replace(valleys, title="<b>A & B</b>", measures=[STRIKES])._repr_html_()
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in shown and "<b>" not in shown
    assert valleys.question.split(".")[0] in shown
    assert f"30 from {valleys.start}" in shown
    assert "the bombardment by Council: 40 strikes a day from day 2" in shown


def test_a_scenario_is_what_it_was_when_nothing_is_changed(valleys: Scenario) -> None:
    assert dataclasses.replace(valleys) == valleys
    assert isinstance(valleys.inputs["highland_league_fighters"], Input)
