"""What `--until` may say, when it looks, and the words in which it tells why it stopped."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from fakes import fake_manifest

from simulation.errors import InputError
from simulation.outcomes.collector import Collector
from simulation.outcomes.tables import Words
from simulation.outcomes.targets import Target, allowed_names, check_names, targets_of, values_of
from simulation.results.manifest_reader import read_manifest
from simulation.results.monitor import TargetMonitor, reached, reached_differences
from simulation.results.sequential import run_until
from simulation.results.stopping_rule import Rule, StoppingRecord, TargetState, rounded, rule_of
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(load_scenario("two-valleys"))


def test_a_target_is_read() -> None:
    (found,) = targets_of(["place.Tell: Rifaat:0.02"])
    assert (found.kind, found.name, found.width, found.is_share) == ("place", "Tell: Rifaat", 0.02, True)
    assert targets_of(["outcome.end_day:1e3"])[0].width == 1000
    assert targets_of(["ending.truce:.5"])[0].label == "ending.truce"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "write ending.NAME:W"),
        ("ending.truce", "write ending.NAME:W"),
        ("truce:0.1", "write ending.NAME:W"),
        ("ending.:0.1", "write ending.NAME:W"),
        ("endings.truce:0.1", "no kind 'endings'; did you mean 'ending'?"),
        ("ending.truce:x", "'x' is not a number"),
        ("ending.truce:2%", "'2%' is not a number"),
        ("ending.truce:0", "W must be from 1e-09 to 1e+12"),
        ("outcome.end_day:-1", "W must be from 1e-09 to 1e+12"),
        ("outcome.end_day:nan", "W must be from 1e-09 to 1e+12"),
        ("outcome.end_day:1e300", "W must be from 1e-09 to 1e+12"),
        ("outcome.end_day:inf", "W must be from 1e-09 to 1e+12"),
        ("ending.truce:2", "W must be less than 1"),
        ("place.Hama:1", "W must be less than 1"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        targets_of(["ending.a:0.1", text])
    assert str(error.value).startswith(f"--until {text}: ") and message in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ending.truse:0.1", "no ending 'truse'; did you mean 'truce'?"),
        ("outcome.end_days:1", "no outcome 'end_days'; did you mean 'end_day'?"),
        ("outcome.ending:1", "no outcome 'ending'"),
        ("outcome.input.fog:1", "no outcome 'input.fog'"),
        ("place.Nowhere:0.1", "no place 'Nowhere'; allowed are "),
    ],
)
def test_a_name_the_world_lacks_gets_the_nearest(text: str, message: str, world: World) -> None:
    with pytest.raises(InputError) as error:
        check_names(targets_of([text]), world)
    assert str(error.value).startswith(f"--until {text}: {message}")


def test_every_name_a_world_has_is_allowed(world: World) -> None:
    names = allowed_names(world)
    assert set(names["ending"]) >= set(world.endings) and names["place"] == tuple(world.places)
    assert {"end_day", "events", "displaced_peak"} <= set(names["outcome"])
    assert not any(name.startswith("input.") or name in ("case", "replicate") for name in names["outcome"])
    check_names(targets_of([f"{kind}.{name}:0.1" for kind in names for name in names[kind]]), world)


def test_looks_grow_by_a_tenth_and_end_at_the_bound() -> None:
    assert list(Rule(targets=(), first=100, most=200).looks()) == [
        100, 110, 121, 134, 148, 163, 180, 198, 200,
    ]  # fmt: skip
    assert list(Rule(targets=(), first=1, most=5).looks()) == [1, 2, 3, 4, 5]
    assert list(Rule(targets=(), first=7, most=7).looks()) == [7]


def test_numbers_when_left_out_and_when_they_contradict() -> None:
    targets = targets_of(["ending.truce:0.1"])
    assert rule_of((), None, None) == Rule(targets=(), first=1000, most=1000)
    assert rule_of((), 7, None) == Rule(targets=(), first=7, most=7)
    assert rule_of(targets, None, None) == Rule(targets=targets, first=100, most=20_000)
    assert rule_of(targets, None, 50) == Rule(targets=targets, first=50, most=50)
    assert rule_of(targets, 300, 400) == Rule(targets=targets, first=300, most=400)
    with pytest.raises(InputError, match="--max-replicates bounds --until"):
        rule_of((), None, 50)
    with pytest.raises(InputError, match="--replicates 500, which is more than --max-replicates 400"):
        rule_of(targets, 500, 400)


def _reached(**changes: Any) -> TargetState:
    values = {"target": "ending.truce", "asked": 0.02, "value": 0.31, "low": 0.292, "high": 0.3298}
    return TargetState(**(values | changes))


def _stopping(*found: TargetState, histories: int = 1340) -> StoppingRecord:
    return StoppingRecord(
        until=("ending.truce:0.02",), first=100, most=20_000, histories=histories, reached=found
    )


def test_it_says_why_it_stopped() -> None:
    assert _stopping(_reached()).reason() == (
        "stopped at 1,340 histories: the 95 % interval of ending.truce is 0.3100 ± 0.0198 (asked: 0.02)"
    )
    wide = _reached(target="place.Hama", high=0.34)
    assert _stopping(_reached(), wide, histories=20_000).reason() == (
        "stopped at --max-replicates 20,000: the 95 % interval of ending.truce is 0.3100 ± 0.0198 (asked: 0.02); "
        "of place.Hama is still 0.3100 ± 0.03 (asked: 0.02)"
    )
    other = _reached(scenario="truce", value=0.01, low=-0.01, high=0.02)
    assert (
        "interval of the difference in ending.truce under truce is +0.0100 ± 0.02"
        in _stopping(other).reason()
    )


def test_large_numbers_are_written_out() -> None:
    many = _reached(target="outcome.displaced_peak", value=76_735.4, low=57_500, high=95_970, asked=20_000)
    assert many.words() == "outcome.displaced_peak is 76,735 ± 19,235 (asked: 20,000)"


def test_what_has_no_interval_is_not_met_and_says_so() -> None:
    endless = _reached(low=-math.inf, high=math.inf)
    assert not endless.met and "too few histories differ in it" in _stopping(endless).reason()
    nothing = _reached(value=math.nan, low=-math.inf, high=math.inf)
    assert not nothing.met and nothing.half_width == math.inf
    assert "applies to none of these histories" in _stopping(nothing).reason()
    assert "± unknown" in endless.short() and "± unknown" in nothing.short()


def test_the_half_width_is_the_longer_side() -> None:
    assert _reached(value=0.01, low=0.0, high=0.03).half_width == pytest.approx(0.02)
    assert (rounded(1234.5, 600), rounded(0.5, 0.0198), rounded(0, 0)) == ("1,234", "0.5000", "0.000000")


def test_the_manifest_keeps_it(tmp_path: Any) -> None:
    endless = _reached(value=math.nan, low=-math.inf, high=math.inf)
    for stopping in (_stopping(_reached()), _stopping(_reached(), endless), None):
        manifest = fake_manifest().settled(stopping)
        manifest.write(tmp_path / "manifest.json")
        assert str(read_manifest(tmp_path / "manifest.json")) == str(manifest)
    document = _stopping(_reached()).document()
    assert document["until"] == ["ending.truce:0.02"] and document["met"] is True
    assert (
        document["reached"][0]["half_width"] == pytest.approx(0.0198) and "stopped at" in document["reason"]
    )
    json.dumps(_stopping(endless).document(), allow_nan=False)


def test_a_settled_run_is_the_run_of_that_many() -> None:
    plain, asked = fake_manifest(1340), fake_manifest(100, stopping=_stopping(histories=0))
    settled = asked.settled(_stopping(_reached()))
    assert settled.identity == plain.identity and settled.folder_name == plain.folder_name
    assert asked.is_open and not settled.is_open
    assert asked.folder_name != fake_manifest(100).folder_name
    assert asked.is_one_with(settled.document()) and not asked.is_one_with(plain.document())
    assert settled.is_one_with(plain.document())


def _rows(world: World, endings: list[str], fallen: list[int], days: list[float]) -> dict[str, Any]:
    names = tuple(dict.fromkeys(endings))
    outcomes = {
        "replicate": np.arange(len(endings)),
        "ending": Words(codes=np.array([names.index(each) for each in endings]), names=names),
        "end_day": np.array(days),
    }
    place = Words(codes=np.zeros(len(fallen), int), names=(world.places[0],))
    return {"outcomes": outcomes, "places": {"replicate": np.array(fallen, int), "place": place}, "daily": {}}


def test_values_are_read_from_the_rows(world: World) -> None:
    ending = next(each for each in world.seeds.endings if each.when.dissolved)
    holders = world.template.places.holder0
    held = next(k for k, holder in enumerate(holders) if world.actors[holder] == ending.when.dissolved)
    other = next(each for each in world.endings if each != ending.id)
    rows = _rows(world, [other, ending.id, other], [2, 2], [1.0, 2.0, np.nan])
    texts = (f"ending.{other}:0.1", "outcome.end_day:1", f"place.{world.places[0]}:0.1")
    first, second, third = (values_of(each, world, rows) for each in targets_of(texts))
    assert first.tolist() == [1, 0, 1]
    assert second.tolist()[:2] == [1, 2] and math.isnan(second[2])
    gone = held == 0
    assert third.tolist() == [0, float(gone), 1]
    (place,) = targets_of([f"place.{world.places[held]}:0.1"])
    assert values_of(place, world, rows)[1] == 1


def test_differences_pair_histories_by_their_number(world: World) -> None:
    other = world.endings[0]
    targets = targets_of([f"ending.{other}:0.1", "outcome.end_day:1"])
    watches = [TargetMonitor(targets, world) for _ in range(3)]
    many = [other, "x"] * 40
    for watch in watches[:2]:
        watch.take(_rows(world, many, [], list(np.arange(80.0))))
    shorter = _rows(world, ["x"] * 79, [], list(np.arange(79.0) + 3))
    shorter["outcomes"]["replicate"] = np.arange(1, 80)
    watches[2].take(shorter)
    names = ("a", "b", "c")
    found = {(each.scenario, each.target): each for each in reached_differences(names, watches)}
    assert found["c", f"ending.{other}"].value == pytest.approx(-39 / 79)
    assert found["c", "outcome.end_day"].value == pytest.approx(2.0)
    assert found["b", "outcome.end_day"].half_width == math.inf  # not one pair differs, and none need
    known = reached_differences(names, watches, ["b"])
    assert [each.met for each in known if each.scenario == "b"] == [True, True]
    assert [each.value for each in reached(watches[0])] == [0.5, 39.5]


def test_sampling_extends_until_all_are_met() -> None:
    rule = Rule(targets=targets_of(["ending.truce:0.02"]), first=100, most=1000)
    asked: list[range] = []
    seen: list[tuple[str, bool]] = []

    def look() -> list[TargetState]:
        wide = _reached(high=0.4 if asked[-1].stop < 120 else 0.32)
        return [_reached(), wide]

    stopping = run_until(rule, asked.append, look, lambda words, last: seen.append((words, last)))
    assert asked == [range(0, 100), range(100, 110), range(110, 121)]
    assert stopping is not None and stopping.histories == 121 and stopping.met
    assert [last for _, last in seen] == [False, False, True]
    assert run_until(Rule(targets=(), first=9, most=9), asked.append, lambda: (), seen.append) is None  # type: ignore[arg-type]
    assert asked[-1] == range(0, 9)


def test_the_names_of_outcomes_are_the_columns(world: World) -> None:
    assert Collector(world).outcome_names[0] == "end_day"


def test_a_target_without_a_history_is_unknown(world: World) -> None:
    target = Target(text="", kind="ending", name=world.endings[0], width=0.1)
    watch = TargetMonitor((target,), world)
    assert [each.half_width for each in reached(watch)] == [math.inf]
