"""The resolved scenario: it can be run again, and its digest names the content and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from simulation.io.folders import bundled
from simulation.scenario import load_scenario
from simulation.scenario.digest import canonical
from simulation.scenario.resolution import resolved_text, short_text
from simulation.scenario.schema import json_schema

ROOT = Path(__file__).parents[2]
VALID = ROOT / "tests" / "scenarios" / "valid"


@pytest.mark.parametrize(
    "name", ["duel", "aleppo", "every-measure", "inputs-of-every-kind", "claims-edited", "other-scripts"]
)
@pytest.mark.parametrize("origins", [True, False])
def test_the_resolved_text_is_the_same_scenario(name: str, origins: bool, tmp_path: Path) -> None:
    file = VALID / f"{name}.yaml"
    scenario = load_scenario(file if file.exists() else name)
    again = tmp_path / "again.yaml"
    again.write_text(resolved_text(scenario, tmp_path, origins=origins), encoding="utf-8")
    assert load_scenario(again).digest == scenario.digest
    assert canonical(load_scenario(again)) == canonical(scenario)


def test_the_digest_changes_with_whatever_changes_the_result() -> None:
    shift = "measures=[{morale: {of: red, cohesion: 0.1, from_day: 1}}]"
    numbers = [["days=9999"], ["inputs.red_fighters=21"], ["inputs.front_width=9"], ["start=2024-01-02"]]
    overrides = [[], *numbers, [shift], ["claims=[{disbelieve: C01}]"]]
    digests = {load_scenario("duel", each).digest for each in overrides}
    assert len(digests) == len(overrides)


def test_the_digest_does_not_depend_on_where_things_lie(tmp_path: Path) -> None:
    shutil.copytree(bundled("seeds") / "duel", tmp_path / "deep" / "world")
    text = (
        (bundled("scenarios") / "duel.yaml")
        .read_text(encoding="utf-8")
        .replace("../seeds/duel", "deep/world")
    )
    (tmp_path / "other-name.yaml").write_text(text, encoding="utf-8", newline="\r\n")
    actors = tmp_path / "deep" / "world" / "actors.yaml"
    actors.write_text(actors.read_text(encoding="utf-8"), encoding="utf-8", newline="\r\n")
    assert load_scenario(tmp_path / "other-name.yaml").digest == load_scenario("duel").digest


def test_the_digest_follows_the_content_of_the_seeds(tmp_path: Path) -> None:
    shutil.copytree(bundled("seeds") / "duel", tmp_path / "world")
    text = (bundled("scenarios") / "duel.yaml").read_text(encoding="utf-8").replace("../seeds/duel", "world")
    (tmp_path / "duel.yaml").write_text(text, encoding="utf-8")
    with (tmp_path / "world" / "laydown.yaml").open("a", encoding="utf-8") as laydown:
        laydown.write("# a remark\n")
    assert load_scenario(tmp_path / "duel.yaml").digest != load_scenario("duel").digest


def test_the_same_value_from_a_file_or_an_option_is_the_same_scenario() -> None:
    assert load_scenario("duel", ["inputs.red_fighters=20"]).digest == load_scenario("duel").digest


def test_the_order_of_a_distributions_parameters_does_not_count() -> None:
    orders = ("loc: 10, scale: 5", "scale: 5, loc: 10")
    overrides = [f"inputs.red_fighters={{dist: uniform, {order}, source: a guess}}" for order in orders]
    assert len({load_scenario("duel", [each]).digest for each in overrides}) == 1


def test_canonical_data_are_json() -> None:
    data = canonical(load_scenario(VALID / "every-measure.yaml"))
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_the_short_text_shows_what_the_scenario_sets() -> None:
    text = short_text(load_scenario("duel", ["inputs.front_width=7"]))
    assert "red_fighters: 20 fighters" in text
    assert "front_width: 7 fighters" in text
    assert "flee_rate" not in text


def test_the_short_text_leaves_out_what_other_files_set() -> None:
    text = short_text(load_scenario("army-of-2015", ["inputs.fog=0.5"]))
    assert "set here: 4\n  fog: 0.5\n  government_cohesion: evenly from 0.8 to 0.92\n" in text
    assert "give_way_rate" not in text


def test_the_short_text_shows_a_measure_as_it_is_written_and_why() -> None:
    text = short_text(load_scenario("truce-holds"))
    assert (
        "\n  guarantee: {between: [israel, hezbollah], from_day: 0}\n    assumption: the truce in force"
        in text
    )


def test_the_published_schema_is_in_step() -> None:
    published = json.loads((ROOT / "docs" / "scenario.schema.json").read_text(encoding="utf-8"))
    assert published == json_schema(), "write it again: simulate schema > docs/scenario.schema.json"
