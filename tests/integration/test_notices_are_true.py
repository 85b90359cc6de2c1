"""Measures of which a notice says that they have no effect change nothing, and strikes that cannot be flown are not."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

import simulation
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world

HISTORIES = 8
IDLE = ("has no effect", "no strike will be flown")


def of_all(world: World, kind: str) -> list[dict[str, object]]:
    """Return measures of a kind by every actor or pair."""
    actors = world.actors
    others = zip(actors, (*actors[1:], actors[0]), strict=True)
    pairs = [list(pair) for pair in itertools.combinations(actors, 2)]
    made: dict[str, list[dict[str, object]]] = {
        "bombardment": [{"by": a, "sorties_per_day": 80} for a in actors],
        "distraction": [{"of": a, "availability": 0.1} for a in actors],
        "restraint": [{"of": a, "by": b, "strength": 0.6} for a, b in others],
        "front": [{"of": a, "open": True} for a in actors],
        "ceasefire": [{"between": pair, "compliance": 0.7} for pair in pairs],
        "breach": [{"between": pair} for pair in pairs],
        "guarantee": [{"between": pair} for pair in pairs],
    }
    return [{kind: {**fields, "from_day": 1}} for fields in made[kind]]


def world_of(base: str, measures: list[dict[str, object]], days: float, folder: Path) -> World:
    file = folder / "w.yaml"
    text = {"extends": base, "title": "w", "days": days, "measures": [{"replace": "all"}, *measures]}
    file.write_text(json.dumps(text), encoding="utf-8")
    return build_world(load_scenario(file))


def idle(base: str, kind: str, days: float, folder: Path) -> list[dict[str, object]]:
    """Return the measures of a kind that are said to have no effect."""
    every = of_all(build_world(load_scenario(base)), kind)
    world = world_of(base, every, days, folder)
    paths = {notice.path for notice in world.notices if notice.message.startswith(IDLE)}
    return [measure for k, measure in enumerate(every) if f"measures[{k}].{kind}" in paths]


@pytest.mark.parametrize(("base", "days"), [("aleppo", 4), ("two-valleys", 12)])
def test_what_is_said_to_have_no_effect_has_none(base: str, days: float, tmp_path: Path) -> None:
    kinds = ("bombardment", "distraction", "restraint", "front", "ceasefire", "breach", "guarantee")
    found = {kind: idle(base, kind, days, tmp_path) for kind in kinds}
    assert all(found.values())
    plain = world_of(base, [], days, tmp_path).scenario
    changed = world_of(base, [each for kind in found.values() for each in kind], days, tmp_path).scenario
    tables = [
        simulation.run(each, replicates=HISTORIES, report=False, out=tmp_path / each.digest).outcomes
        for each in (plain, changed)
    ]
    assert tables[0].equals(tables[1])


def test_the_first_history_that_an_ending_stops_at_once_has_no_length(tmp_path: Path) -> None:
    scenario = load_scenario("duel", ["inputs.red_fighters=0"])
    world = build_world(scenario)
    assert any("every history ends on day 0 with 'blue_wins'" in each.message for each in world.notices)
    outcomes = simulation.run(scenario, replicates=4, report=False, out=tmp_path / "o").outcomes
    assert set(outcomes["ending"]) == {"blue_wins"}
