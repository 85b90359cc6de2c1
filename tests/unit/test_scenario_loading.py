"""Loading: what extends what, where folders lie, what overrides change, and where values come from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simulation.errors import InputError
from simulation.io.folders import bundled
from simulation.model.parameters import PARAMETERS
from simulation.scenario import load_scenario
from simulation.scenario.measures import Breach, Morale

VALID = Path(__file__).parents[1] / "scenarios" / "valid"


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def refused(file: str | Path, *overrides: str) -> str:
    with pytest.raises(InputError) as caught:
        load_scenario(file, overrides)
    return str(caught.value)


def test_the_duel_is_what_the_documentation_says() -> None:
    duel = load_scenario("duel")
    given = {
        name: duel.inputs[name].value
        for name in ("red_fighters", "blue_fighters", "red_kill_rate", "blue_kill_rate")
    }
    assert given == {"red_fighters": 20, "blue_fighters": 18, "red_kill_rate": 1, "blue_kill_rate": 1}
    assert duel.days == 10_000
    assert all(each.dist is None for each in duel.inputs.values())


def test_every_parameter_is_an_input_at_its_default() -> None:
    duel = load_scenario("duel")
    assert list(duel.inputs)[: len(PARAMETERS)] == list(PARAMETERS)
    others = {
        name: each.default
        for name, each in PARAMETERS.items()
        if duel.origin.get(f"inputs.{name}.value") == "default of the model"
    }
    assert others
    assert {name: duel.inputs[name].value for name in others} == others


def test_a_ranged_quantity_is_a_triangle_between_its_ends() -> None:
    strength = load_scenario("aleppo").inputs["hts_fighters"]
    assert strength.dist == "triang"
    assert strength.support() == (10_000, 30_000)
    assert strength.parameters["loc"] + strength.parameters["c"] * strength.parameters["scale"] == 15_000
    assert "Wilson Center" in strength.source


def test_the_order_of_inputs_does_not_depend_on_what_a_scenario_says(tmp_path: Path) -> None:
    plain = load_scenario("duel").inputs
    text = "extends: duel\ninputs:\n  blue_kill_rate: 2\n  flee_rate: 1\n  red_fighters: 3\n"
    changed = load_scenario(write(tmp_path, "a.yaml", text)).inputs
    assert list(plain) == list(changed)


def test_measures_append_and_replace() -> None:
    assert len(load_scenario(VALID / "measures-appended.yaml").measures) == 11
    (only,) = load_scenario(VALID / "measures-replaced.yaml").measures
    assert isinstance(only, Breach) and only.between == ("free_company", "river_council")


def test_measures_keep_their_order_base_first() -> None:
    measures = load_scenario(VALID / "measures-appended.yaml").measures
    assert [each.kind for each in measures][-3:] == ["morale", "morale", "breach"]
    shift = measures[-2]
    assert isinstance(shift, Morale) and (shift.cohesion, shift.confidence) == (0.1, 0.3)


def test_inputs_merge_deeply_but_a_new_distribution_starts_afresh() -> None:
    inputs = load_scenario(VALID / "inputs-changed-again.yaml").inputs
    assert (inputs["red_fighters"].value, inputs["red_fighters"].source) == (12, "given in the scenario")
    assert inputs["blue_fighters"].parameters == {"c": 0, "loc": 10, "scale": 10}
    assert inputs["red_kill_rate"].parameters == {"a": 0.5, "b": 4}
    assert inputs["red_kill_rate"].source == "assumption: half to double"


def test_a_number_over_a_distribution_is_a_constant() -> None:
    fixed = load_scenario("aleppo", ["inputs.hts_fighters=20000"]).inputs["hts_fighters"]
    assert (fixed.dist, fixed.value, fixed.unit) == (None, 20_000, "fighters")


def test_a_part_of_a_default_can_be_overridden() -> None:
    wider = load_scenario("aleppo", ["inputs.hts_fighters.scale=40000"]).inputs["hts_fighters"]
    assert wider.support() == (10_000, 50_000)


def test_a_file_elsewhere_can_extend_a_bundled_scenario_or_its_neighbour(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "extends: duel.yaml\ndays: 5\n")
    child = write(tmp_path, "b.yaml", "extends: a.yaml\ntitle: B\n")
    scenario = load_scenario(child)
    assert (scenario.title, scenario.days, scenario.seeds) == ("B", 5, bundled("seeds") / "duel")


def test_a_neighbour_comes_before_a_bundled_scenario_of_its_name(tmp_path: Path) -> None:
    shutil.copytree(bundled("seeds") / "duel", tmp_path / "seeds" / "duel")
    text = (bundled("scenarios") / "duel.yaml").read_text().replace("../seeds", "seeds").replace("10000", "7")
    write(tmp_path, "duel.yaml", text)
    assert load_scenario(write(tmp_path, "mine.yaml", "extends: duel.yaml\n")).days == 7


def test_a_name_works_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "duel").mkdir()
    assert load_scenario("duel").digest == load_scenario("duel.yaml").digest


def test_an_unknown_name_is_met_with_the_nearest() -> None:
    assert refused("allepo") == (
        "allepo: there is no such file, nor a bundled scenario of that name; did you mean 'aleppo'?"
    )


def test_a_long_chain_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "s0.yaml", "extends: duel\n")
    for k in range(1, 22):
        write(tmp_path, f"s{k}.yaml", f"extends: s{k - 1}.yaml\n")
    assert "more than 20 files extend each other" in refused(tmp_path / "s21.yaml")
    assert load_scenario(tmp_path / "s18.yaml").title == load_scenario("duel").title


def test_origins_name_file_and_line_or_the_override(tmp_path: Path) -> None:
    child = write(tmp_path, "child.yaml", "extends: duel\n# a remark\ndays: 5\n")
    origin = load_scenario(child, ["inputs.red_fighters=21"]).origin
    assert origin["days"] == f"{child}:3"
    assert origin["title"] == "scenarios/duel.yaml:2"
    assert origin["inputs.red_fighters"] == "--set inputs.red_fighters=21"
    assert origin["inputs.flee_rate.value"] == "default of the model"


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("days", "must be path=value, such as inputs.red_fighters=20"),
        ("=3", "must be path=value, such as inputs.red_fighters=20"),
        ("days=", "must be path=value, such as inputs.red_fighters=20"),
        ("a b=3", "must be path=value, such as inputs.red_fighters=20"),
        ("dayz=3", "there is no 'dayz'; did you mean 'days'?"),
        ("days=abc", "must be a number, not the text 'abc'"),
        ("days=.nan", "'.nan' is not a finite number"),
        ("days=[1", "not valid YAML: the text ends too early; is a bracket or a quote not closed?"),
        ("inputs" + 300 * ".fog" + "=3", "a path of 1,206 letters leads nowhere in a scenario"),
        (f"measures[{'9' * 5000}]=3", "a path of 5,010 letters leads nowhere in a scenario"),
        ("days.hours=3", "nothing is at 'hours' of 'days': it is 30"),
        ("extends=duel", "what a scenario extends cannot be overridden; write a scenario file"),
        ("inputs.front_widht=3", "unknown input 'front_widht'; did you mean 'front_width'?"),
        ("inputs.front_width=-3", "must be within"),
        ("inputs.front_width.unit=km", "the unit of front_width is fighters, not 'km'"),
        ("measures.0.ceasefire.complience=1", "unknown field 'complience'; did you mean 'compliance'?"),
        ("measures.0.ceasefire.compliance=2", "must be at most 1, not 2"),
        (
            "measures.0.ceasefires.compliance=1",
            "there is no 'measures[0].ceasefires'; did you mean 'ceasefire'?",
        ),
        ("measures.44.breach.from_day=1", "nothing is at '44' of 'measures': it has the items 0 to 9"),
        ("measures[0].ceasefire.between[1]=nobody", "unknown actor 'nobody'; allowed are"),
        ("measures.1.breach.from_day=500", "day 500 is not within the run, which ends on day 30"),
        ("claims.0.disbelieve=C01", "there is no 'claims' in this scenario"),
    ],
)
def test_a_wrong_override_names_itself_and_the_fault(override: str, message: str) -> None:
    said = refused(VALID / "every-measure.yaml", override)
    assert said.startswith(f"--set {override}"[:500])
    assert f": {message}" in said and len(said) < 1300


def test_overrides_reach_into_measures_and_later_ones_win() -> None:
    overrides = [
        "measures.0.ceasefire.compliance=0.5",
        "days=20",
        "days=10",
        "measures[2].guarantee.until_day=4",
    ]
    scenario = load_scenario(VALID / "every-measure.yaml", overrides)
    assert scenario.days == 10
    assert scenario.measures[0].compliance == 0.5  # type: ignore[attr-defined]
    assert scenario.measures[2].until_day == 4  # type: ignore[attr-defined]


def test_an_override_may_be_a_whole_table() -> None:
    override = 'inputs.red_fighters={dist: uniform, loc: 10, scale: 5, source: "assumption: ten to fifteen"}'
    assert load_scenario("duel", [override]).inputs["red_fighters"].support() == (10, 15)


def test_disbelieving_a_claim_changes_the_number_that_rests_on_it() -> None:
    believed = load_scenario("aleppo").inputs["government_sorties_per_day"]
    doubted = load_scenario("aleppo", ["claims=[{disbelieve: C25}]"]).inputs["government_sorties_per_day"]
    assert doubted.support() != believed.support()
