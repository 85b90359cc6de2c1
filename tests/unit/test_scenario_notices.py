"""What can have no effect is said before anything is run, and of what has one nothing is said.

That each notice is true, whatever is drawn, is tested by playing: tests/integration/test_notices_are_true.py.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import shutil
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import cli
from simulation.errors import InputError
from simulation.scenario import load_scenario
from simulation.scenario.catalogue import names
from simulation.scenario.notice import Notice, notice_at, tell
from simulation.world.consistency import bodies_of, region_and_seeds
from simulation.world.notices import notices_of

SEEDS = Path(__file__).parents[2] / "seeds"


def notices(file: Path | str, *overrides: str) -> list[str]:
    scenario = load_scenario(file, overrides)
    region, seeds = region_and_seeds(scenario)
    return [str(each) for each in notices_of(scenario, region, seeds, bodies_of(region, seeds))]


def of_measures(base: str, tmp_path: Path, *measures: str, head: str = "") -> list[str]:
    file = tmp_path / "w.yaml"
    lines = "".join(f"  - {each}\n" for each in measures)
    file.write_text(f"extends: {base}\n{head}measures:\n{lines}", encoding="utf-8")
    return [each.removeprefix(f"{file}:") for each in notices(file)]


@pytest.mark.parametrize("name", names())
def test_of_what_comes_with_the_program_there_is_nothing_to_say(name: str) -> None:
    assert notices(name) == []


@pytest.mark.parametrize(
    ("base", "measure", "message"),
    [
        ("aleppo", "bombardment: {by: hts, sorties_per_day: 200, from_day: 1}", "no strike will be flown"),
        ("aleppo", "bombardment: {by: united_states, sorties_per_day: 9, from_day: 1}", "no strike will be flown"),
        ("two-valleys", "bombardment: {by: river_council, sorties_per_day: 0, from_day: 2}",
         "has no effect: without it, too, the strikes of river_council are 0"),
        ("two-valleys", "restraint: {of: highland_league, by: free_company, strength: 0, from_day: 2}",
         "has no effect: without it, too, the restraint of highland_league is 0"),
        ("two-valleys", "restraint: {of: highland_league, by: river_council, strength: 0.5, from_day: 2}",
         "river_council is or may come to be at war with highland_league; the restraint works"),
        ("aleppo", "restraint: {of: israel, by: turkey, strength: 0.5, from_day: 1}", "israel gives no orders"),
        ("aleppo", "distraction: {of: hts, availability: 0.1, from_day: 1}", "hts sends nobody fighters"),
        ("aleppo", "front: {of: hts, open: true, from_day: 1}", "has no effect: hts has no front to open"),
        ("aleppo", "front: {of: russia, open: false, from_day: 1}", "russia neither attacks nor lies low"),
        ("aleppo", "morale: {of: hts, cohesion: 0, from_day: 1}", "has no effect: it shifts nothing"),
        ("aleppo", "breach: {between: [sdf, islamic_state], from_day: 1}", "no truce of sdf and islamic_"),
        ("aleppo", "guarantee: {between: [sdf, islamic_state], from_day: 1}", "no truce of sdf and islamic_"),
        ("aleppo", "ceasefire: {between: [israel, russia], compliance: 1, from_day: 1}", "are not at war"),
    ],
)  # fmt: skip
def test_a_measure_that_can_have_no_effect(base: str, measure: str, message: str, tmp_path: Path) -> None:
    (said,) = of_measures(base, tmp_path, measure)
    kind = measure.partition(":")[0]
    assert said.startswith(f"3 measures[0].{kind}: ") and message in said


@pytest.mark.parametrize(
    ("base", "measure"),
    [
        ("aleppo", "bombardment: {by: government, sorties_per_day: 0, from_day: 1}"),
        ("aleppo", "bombardment: {by: israel, sorties_per_day: 9, from_day: 1}"),
        ("two-valleys", "bombardment: {by: river_council, sorties_per_day: 40, from_day: 1}"),
        ("aleppo", "restraint: {of: hts, by: turkey, strength: 0, from_day: 1}"),
        ("aleppo", "restraint: {of: southern_factions, by: turkey, strength: 0.2, from_day: 1}"),
        ("aleppo", "distraction: {of: russia, availability: 1, from_day: 1}"),
        ("aleppo", "front: {of: southern_factions, open: true, from_day: 1}"),
        ("aleppo", "front: {of: hts, open: false, from_day: 1}"),
        ("aleppo", "morale: {of: hts, confidence: -0.1, from_day: 1}"),
        ("aleppo", "breach: {between: [hts, government], from_day: 1}"),
        ("aleppo", "guarantee: {between: [israel, hezbollah], from_day: 0}"),
        ("aleppo", "ceasefire: {between: [hts, government], compliance: 0, from_day: 1}"),
        ("aleppo", "reinforcement: {of: iran_affiliated, fighters: 2000, at: Aleppo, from_day: 2}"),
    ],
)
def test_of_a_measure_that_may_have_an_effect_nothing_is_said(
    base: str, measure: str, tmp_path: Path
) -> None:
    assert of_measures(base, tmp_path, measure) == []


def test_a_number_set_back_among_others_has_an_effect(tmp_path: Path) -> None:
    pause = [
        f"bombardment: {{by: river_council, sorties_per_day: {number}, from_day: {day}}}"
        for number, day in ((40, 1), (0, 5))
    ]
    assert ["overlap" in each for each in of_measures("two-valleys", tmp_path, *pause)] == [True]


def test_a_breach_is_of_no_use_only_before_any_ceasefire(tmp_path: Path) -> None:
    pair = "between: [sdf, islamic_state], from_day: "
    peace = f"ceasefire: {{{pair}4, compliance: 1}}"
    assert of_measures("aleppo", tmp_path, peace, f"breach: {{{pair}9}}") == []
    assert len(of_measures("aleppo", tmp_path, peace, f"breach: {{{pair}3}}")) == 1


def test_an_end_after_the_end_of_the_run(tmp_path: Path) -> None:
    ends = "ceasefire: {between: [highland_league, river_council], compliance: 1, from_day: 2, until_day: %d}"
    assert of_measures("two-valleys", tmp_path, ends % 30) == []
    (said,) = of_measures("two-valleys", tmp_path, ends % 60)
    assert said == (
        "3 measures[0].ceasefire.until_day: day 60 is after the end of the run on day 30; it lasts to the end"
    )


def test_an_actor_without_fighters_and_an_ending_that_holds_at_the_start() -> None:
    without, ends = notices("duel", "inputs.red_fighters=0")
    assert without == (
        "--set inputs.red_fighters=0 inputs.red_fighters: red stands in the laydown and has no fighters on the map at "
        "the start"
    )
    assert ends.endswith("endings[1]: every history ends on day 0 with 'blue_wins': red has no fighters")
    assert len(notices("two-valleys", "inputs.free_company_fighters=0")) == 1


@pytest.fixture
def valleys(tmp_path: Path) -> Path:
    shutil.copytree(SEEDS / "two_valleys", tmp_path / "valleys")
    file = tmp_path / "here.yaml"
    file.write_text("extends: two-valleys\nseeds: valleys\nregion: valleys/region\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "measures", "why"),
    [
        ("by: river_council}, stops: true", "by: highland_league}, stops: true", "",
         "highland_league does not hold Weirford at the start"),
        ("by agreement", "by agreement", "", ""),
        ("[highland_league, river_council]}, stops: false", "[highland_league, river_council]}, stops: true",
         "measures:\n  - ceasefire: {between: [river_council, highland_league], compliance: 1, from_day: 0}\n",
         "the truce is in force from the start"),
        ("[highland_league, river_council]}, stops: false", "[highland_league, river_council]}, stops: true",
         "measures:\n  - ceasefire: {between: [river_council, highland_league], compliance: 1, from_day: 1}\n", ""),
    ],
)  # fmt: skip
def test_endings_of_which_every_history_has_no_length(
    old: str, new: str, measures: str, why: str, valleys: Path
) -> None:
    endings = valleys.parent / "valleys" / "endings.yaml"
    endings.write_text(endings.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    valleys.write_text(valleys.read_text(encoding="utf-8") + measures, encoding="utf-8")
    assert [said.rpartition(": ")[2] for said in notices(valleys)] == ([why] if why else [])


def test_enemies_between_whom_no_land_lies() -> None:
    scenario = load_scenario("two-valleys")
    region, seeds = region_and_seeds(scenario)
    bodies = bodies_of(region, seeds)
    apart = dataclasses.replace(region, neighbours=np.full_like(region.neighbours, -1))
    (said,) = notices_of(scenario, apart, seeds, bodies)
    assert said.path == "region" and said.message.startswith("no units of enemies can ever meet")


def test_a_setting_that_a_later_one_undoes() -> None:
    said = notices("duel", "days=10", "inputs.red_fighters=5", "inputs.red_fighters = 6", "days=20")
    assert said == [
        "--set days=10 days: is set again later, and the last counts: 20",
        "--set inputs.red_fighters=5 inputs.red_fighters: is set again later, and the last counts: 6",
    ]
    assert len(notices("duel", "inputs.fog.value=0.2", "inputs.fog=0.3")) == 1
    assert notices("duel", "inputs.fog.value=0.2", "inputs.fog.source=x") == []


def test_a_shortened_run_is_without_what_would_begin_later() -> None:
    whole, short = load_scenario("bombardment-late"), load_scenario("bombardment-late", ["days=3"])
    assert (len(whole.measures), len(short.measures)) == (2, 0)
    text = Path("scenarios/bombardment-late.yaml").read_text(encoding="utf-8").splitlines()
    lines = [k for k, line in enumerate(text, 1) if line.startswith("  - bombardment:")]
    assert short.digest == load_scenario("bombardment-late", ["days=3.0", "measures=[]"]).digest
    assert not [path for path in short.origin if path.startswith("measures[")]
    assert [str(each) for each in short.notices] == [
        f"scenarios/bombardment-late.yaml:{line} measures[{k}].bombardment: begins on day 3, and the run now ends on "
        "day 3; it is left out"
        for k, line in enumerate(lines)
    ]
    assert load_scenario("bombardment-late", ["days=3.1"]).measures == whole.measures


def test_what_stays_keeps_its_place_of_origin(tmp_path: Path) -> None:
    file = tmp_path / "w.yaml"
    file.write_text(
        "extends: duel\nmeasures:\n  - morale: {of: red, cohesion: -0.1, from_day: 9}\n"
        "  - morale: {of: blue, cohesion: -0.1, from_day: 1}\n",
        encoding="utf-8",
    )
    scenario = load_scenario(file, ["days=5"])
    assert [measure.from_day for measure in scenario.measures] == [1]
    assert scenario.origin["measures[0].morale.of"] == f"{file}:4"


def test_a_file_that_does_not_reach_its_measures_stays_an_error(tmp_path: Path) -> None:
    file = tmp_path / "w.yaml"
    file.write_text("extends: bombardment-late\ndays: 3\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(file)
    assert (
        f"day 3 is not within the run, which ends on day 3 ({file}:2); inherited measures are dropped by an item "
        "{replace: all}"
    ) in str(caught.value)
    with pytest.raises(InputError, match="day 5 is not within the run, which ends on day 4"):
        load_scenario("bombardment-late", ["days=4", "measures.0.bombardment.from_day=5"])


def test_notices_follow_the_verdict_and_change_no_status() -> None:
    done = CliRunner().invoke(cli.app, ["validate", "duel", "--set", "days=9", "--set", "days=8"])
    assert done.exit_code == 0 and done.stderr == ""
    assert (
        done.stdout.splitlines()[1]
        == "  notice: --set days=9 days: is set again later, and the last counts: 8"
    )
    done = CliRunner().invoke(cli.app, ["validate", "duel", "--json", "--set", "days=9", "--set", "days=8"])
    (verdict,) = json.loads(done.stdout)["scenarios"]
    assert verdict["notices"] == [
        {
            "file": "--set days=9",
            "line": None,
            "path": "days",
            "message": "is set again later, and the last counts: 8",
        }
    ]


def test_a_notice_is_told_once_in_a_program(caplog: pytest.LogCaptureFixture) -> None:
    notice = notice_at("told.yaml:4", "days", "is told once")
    assert notice == Notice(file="told.yaml", line=4, path="days", message="is told once")
    with caplog.at_level(logging.WARNING, logger="simulation"):
        tell([notice, notice])
        tell([notice])
    assert caplog.messages == ["notice: told.yaml:4 days: is told once"]
    assert notice_at("--set a=1:2", "a", "").file == "--set a=1:2"


def test_notices_come_by_file_and_line(tmp_path: Path) -> None:
    campaign = "bombardment: {{by: river_council, sorties_per_day: 40, from_day: {}, until_day: 90}}"
    said = of_measures("two-valleys", tmp_path, *(campaign.format(day) for day in (1, 2, 3)))
    lines = [int(each.partition(" ")[0]) for each in said]
    assert len(lines) == 6 and lines == sorted(lines)


def test_measures_that_overlap_say_which_counts(tmp_path: Path) -> None:
    campaign = "bombardment: {{by: river_council, sorties_per_day: {}, from_day: {}, until_day: {}}}"
    apart = [campaign.format(40, 2, 4), campaign.format(80, 4, 6)]
    assert of_measures("two-valleys", tmp_path, *apart) == []
    (said,) = of_measures("two-valleys", tmp_path, campaign.format(40, 2, 10), apart[1])
    assert said.startswith("4 measures[1].bombardment: ") and "overlap from day 4 to day 6" in said
