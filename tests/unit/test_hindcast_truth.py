"""Files of truth and of naive forecasts: what they may say, and the sentence for what they may not."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import code_map
import numpy as np
import pytest

from simulation.errors import InputError
from simulation.scenario import load_scenario
from simulation.scoring.naive import FILE, read_naive
from simulation.scoring.naive_draws import km_from_line
from simulation.scoring.observables import Observable, observables_of
from simulation.scoring.scorecard import MODEL, Score, Scorecard, ScoreRow
from simulation.scoring.sentences import where
from simulation.scoring.terminal import scored_text
from simulation.scoring.truth import read_truth, truth_files
from simulation.statistics.scoring_rules import Crps
from simulation.world.world import World, build_world

ROOT = Path(__file__).parents[2]
HEAD = "title: T\nstart: 2024-11-27\ntruth:\n"


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(load_scenario("aleppo"))


def observable(item: str, world: World, folder: Path, head: str = HEAD) -> Observable:
    file = folder / "truth.yaml"
    file.write_text(f"{head}  - {item}\n", encoding="utf-8")
    return observables_of([read_truth(file)], world)[0]


WRONG = {
    "{place: Hamma, day: 8}": "there is no place 'Hamma'; did you mean 'Hama'?",
    "{place: Hama, falls_to: htss, day: 8}": "there is no actor 'htss'; did you mean 'hts'?",
    "{place: Hama}": "'day' is missing: an item with 'place' needs it",
    "{place: Hama, day: 8.3}": "multiple of 0.5",
    "{place: Hama, day: 8, low: 9}": "low 9, best 8 and high 8 must be in this order",
    "{place: Hama, day: never, low: 9}": "what never happened has no 'low' and 'high'",
    "{place: Hama, day: 8, by_day: 9}": "'by_day' does not go with 'place'",
    "{place: Hama, dey: 8}": "unknown field 'dey'; did you mean 'day'?",
    "{place: Hama, series: killed, day: 8}": "exactly one of place, series, outcome, ending is needed",
    "{series: killd, by_day: 3, value: 1}": "there is no series 'killd'; did you mean 'killed'?",
    "{series: killed, value: 1}": "exactly one of day, by_day is needed",
    "{series: killed, by_day: 3}": "'value' is missing",
    "{series: killd, by_day: 30, value: 1}": "there is no series 'killd'; did you mean 'killed'?",
    "{series: killed, from_day: 5, by_day: 3, value: 1}": "'from_day' 5 comes after day 3",
    "{series: killed, day: 3.5, value: 1}": "the day of a series is a whole number",
    "{series: displaced, actor: hts, day: 3, value: 1}": "counted for all together",
    "{series: confidence, side: hts, day: 3, value: 1}": "cannot be added up; name one 'actor'",
    "{outcome: displaced_peek, value: 1}": "there is no outcome 'displaced_peek'; did you mean 'displaced_peak'?",
    "{ending: truce, day: never}": "an ending that never came about is not the one to name",
    "{ending: goverment_falls}": "there is no ending 'goverment_falls'; did you mean 'government_falls'?",
}


@pytest.mark.parametrize("item", WRONG)
def test_what_is_wrong_is_said_with_its_line(item: str, world: World, tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        observable(item, world, tmp_path)
    assert f"{tmp_path / 'truth.yaml'}:4 truth[0]" in str(raised.value)
    assert WRONG[item] in str(raised.value)


def test_days_counted_from_another_date_are_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"truth.yaml:2 start: day 0 of the scenario is 2024-11-27, not 2024"
    ):
        observable("{place: Hama, day: 8}", world, tmp_path, HEAD.replace("11-27", "11-28"))


def test_a_side_is_its_bloc_and_an_actor_is_not(world: World, tmp_path: Path) -> None:
    side = observable("{series: killed, side: government, by_day: 3, value: 1}", world, tmp_path)
    alone = observable("{series: killed, actor: government, by_day: 3, value: 1}", world, tmp_path)
    everybody = observable("{series: area_km2, day: 3, value: 1}", world, tmp_path)
    assert {"government", "russia", "iran_affiliated"} <= set(side.actors)
    assert "hts" not in side.actors
    member = observable("{series: killed, side: russia, by_day: 3, value: 1}", world, tmp_path)
    assert member.actors == side.actors
    assert alone.actors == ("government",)
    assert {"hts", "government"} <= set(everybody.actors)


def test_never_and_days_after_the_run_are_cut_off_at_its_end(world: World, tmp_path: Path) -> None:
    never = observable("{place: Tartus, day: never}", world, tmp_path)
    late = observable("{place: Tartus, day: 44, low: 29, high: 50}", world, tmp_path)
    assert (never.value, late.value, late.low, late.high) == (30, 30, 29, 30)


def test_the_bundled_truth_is_scored_whole(world: World) -> None:
    found = observables_of([read_truth(file) for file in truth_files(world.scenario.seeds)], world)
    assert [each.kind for each in found].count("fall") == 8
    assert len({each.label for each in found}) == len(found) == 13
    assert all(each.item.source and each.item.confidence for each in found)


def test_a_world_without_truth_says_how_to_give_one() -> None:
    seeds = load_scenario("two-valleys").seeds
    with pytest.raises(InputError, match="name a file with --truth"):
        truth_files(seeds)


def test_every_naive_number_has_a_source_and_its_way_is_measured(world: World) -> None:
    known = {each.id: each for each in read_naive(world.scenario.seeds / FILE, world)}
    assert set(known) == {"nothing_changes", "pace_of_2019_20", "without_cohesion"}
    assert all(each.argument for each in known.values())
    for each in known.values():
        load_scenario("aleppo", list(each.settings))
    ways = [
        km_from_line(world, ["hts", "opposition_factions"], p)
        for p in ("Saraqib", "Hama", "Homs", "Damascus")
    ]
    assert ways == sorted(ways) and 2 < ways[0] < 10 and 200 < ways[3] < 300


def test_a_triangle_is_drawn_by_equal_parts(world: World) -> None:
    rate = read_naive(world.scenario.seeds / FILE, world)[1].rates[0]
    draws = rate.per_day.draws(1000)
    assert np.all(np.diff(draws) > 0)
    ends = rate.per_day
    assert rate.per_day.draws(1) == pytest.approx(np.median(draws), rel=1e-3)
    assert draws.mean() == pytest.approx((ends.low + ends.best + ends.high) / 3, rel=1e-3)


def test_a_forecast_alone_is_not_called_the_best() -> None:
    score = Score(
        quantiles=(1.0,) * 5, marks=(1.0,) * 5, rank=0.5, crps=Crps(value=1, error=0), interval=0, log=None, hits=None,
        draws=30,
    )  # fmt: skip
    ranked: Any = SimpleNamespace(kind="fall")
    alone = ScoreRow(observable=ranked, scores={MODEL: score})
    assert alone.best == ()
    assert ScoreRow(observable=ranked, scores={MODEL: score, "naive": score}).best == (MODEL, "naive")
    scored = Scorecard(title="", rows=(), naive={}, not_scored=(), replicates=30, horizon=30)
    assert where(scored).endswith("on none it is among the outermost 5 of 100 histories on one side")
    assert "the best" not in scored_text(scored)


def test_a_misspelt_actor_of_a_naive_forecast_is_refused(world: World, tmp_path: Path) -> None:
    text = (world.scenario.seeds / FILE).read_text(encoding="utf-8").replace("actor: hts", "actor: htx", 1)
    (tmp_path / "naive.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(
        InputError, match=r"naive.yaml:\d+ forecasts\[0\].rates\[2\].actor: there is no 'htx'"
    ):
        read_naive(tmp_path / "naive.yaml", world)


def test_no_source_behind_a_world_or_a_history_knows_the_truth() -> None:
    guilty = [
        str(file)
        for folder in code_map.BLIND_TO_TRUTH
        for file in (code_map.PACKAGE / folder).rglob("*.py")
        if "simulation.scoring" in (text := file.read_text(encoding="utf-8"))
        or '"truth"' in text
        or "seeds/truth" in text
    ]
    assert guilty == []


def test_the_same_observation_counts_once(tmp_path: Path) -> None:
    file = tmp_path / "truth.yaml"
    file.write_text(f"{HEAD}  - {{ending: truce}}\n  - {{place: Hama, day: 8}}\n  - {{ending: truce}}\n")
    with pytest.raises(InputError, match=r"truth.yaml:6 truth\[2\]: is the same as truth\[0\]"):
        read_truth(file)
