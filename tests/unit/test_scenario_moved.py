"""A resolved scenario is the same scenario wherever its folder is moved, or it is refused."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from simulation.errors import InputError
from simulation.io.folders import bundled
from simulation.results.packed_inputs import write_resolved
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.resolution import resolved_text
from simulation.scenario.world_folder import bundled_folders


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A scenario with seeds of its own, which are those of the duel."""
    shutil.copytree(bundled("seeds") / "duel", tmp_path / "m" / "seeds")
    text = (bundled("scenarios") / "duel.yaml").read_text(encoding="utf-8")
    file = tmp_path / "m" / "own.yaml"
    file.write_text(text.replace("../seeds/duel", "seeds"), encoding="utf-8")
    return file


def moved(scenario: Scenario, folder: Path) -> Path:
    """Write a scenario into a results folder, move that, and return the file."""
    first = folder / "results" / "run"
    first.mkdir(parents=True)
    write_resolved(scenario, first)
    return shutil.move(first, folder / "elsewhere") / "scenario.yaml"


@pytest.mark.parametrize(("name", "seeds"), [("duel", "seeds/duel"), ("aleppo", "seeds")])
def test_bundled_seeds_are_named_as_bundled(name: str, seeds: str, tmp_path: Path) -> None:
    scenario = load_scenario(name)
    file = moved(scenario, tmp_path)
    assert f'\nseeds: "bundled:{seeds}"' in file.read_text(encoding="utf-8")
    again = load_scenario(file)
    assert (again.name, again.digest, again.seeds) == (name, scenario.digest, scenario.seeds)
    assert [each.name for each in file.parent.iterdir()] == ["scenario.yaml"]


def test_own_seeds_are_packed(own: Path, tmp_path: Path) -> None:
    scenario = load_scenario(own)
    file = moved(scenario, tmp_path)
    shutil.rmtree(own.parent)
    again = load_scenario(file)
    assert (again.name, again.digest) == ("own", scenario.digest)
    assert again.seeds == file.parent / "inputs" / "seeds"
    once_more = moved(again, tmp_path / "again")
    assert load_scenario(once_more).digest == scenario.digest


def test_what_was_read_is_packed_whatever_has_been_edited_since(own: Path, tmp_path: Path) -> None:
    scenario = load_scenario(own)
    with (own.parent / "seeds" / "laydown.yaml").open("a", encoding="utf-8") as file:
        file.write("# a later thought\n")
    assert load_scenario(own).digest != scenario.digest
    assert load_scenario(moved(scenario, tmp_path)).digest == scenario.digest


@pytest.mark.parametrize("overrides", [[], ["inputs.red_fighters=21"]])
@pytest.mark.parametrize("base", ["", "extends"])
def test_another_world_under_the_same_name_is_refused(
    own: Path, tmp_path: Path, base: str, overrides: list[str]
) -> None:
    file = moved(load_scenario(own), tmp_path)
    named = file
    if base:
        named = file.parent / "mine.yaml"
        named.write_text("extends: scenario.yaml\ndays: 10\n", encoding="utf-8")
    assert load_scenario(named, overrides).name == ("mine" if base else "own")
    with (file.parent / "inputs" / "seeds" / "laydown.yaml").open("a", encoding="utf-8") as laydown:
        laydown.write("# a remark\n")
    with pytest.raises(
        InputError, match=r"scenario\.yaml:1: this line says .* have changed.* remove the line"
    ):
        load_scenario(named, overrides)
    first, _, rest = file.read_text(encoding="utf-8").partition("\n")
    assert "digest" in first
    file.write_text(rest, encoding="utf-8")
    load_scenario(named, overrides)


def test_a_moved_file_without_its_seeds_is_refused(own: Path, tmp_path: Path) -> None:
    file = moved(load_scenario(own), tmp_path)
    shutil.rmtree(file.parent / "inputs")
    with pytest.raises(InputError, match="there is no folder 'inputs/seeds' here"):
        load_scenario(file)


def test_what_is_shown_to_be_edited_is_held_to_nothing(tmp_path: Path) -> None:
    text = resolved_text(load_scenario("duel"), tmp_path, binding=False)
    file = tmp_path / "mine.yaml"
    file.write_text(text.replace("days: 10000", "days: 9"), encoding="utf-8")
    assert (load_scenario(file).name, load_scenario(file).days) == ("mine", 9)


@pytest.mark.parametrize("field", ["seeds", "region"])
@pytest.mark.parametrize(
    "written", ["bundled:seeds/dual", "bundled:../seeds", "bundled:", "bundled:seeds/claims"]
)
def test_an_unknown_bundled_folder_is_refused(tmp_path: Path, field: str, written: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"extends: duel\n{field}: '{written}'\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=rf"mine\.yaml:2 {field}: no folder '{written}' comes with the program; "
    ):
        load_scenario(file)


def test_the_bundled_folders() -> None:
    assert list(bundled_folders()) == [
        "bundled:seeds", "bundled:seeds/duel", "bundled:seeds/duel/region", "bundled:seeds/goma",
        "bundled:seeds/goma/region", "bundled:seeds/region", "bundled:seeds/tripoli", "bundled:seeds/tripoli/region",
        "bundled:seeds/two_valleys", "bundled:seeds/two_valleys/region",
    ]  # fmt: skip


def test_a_strange_name_makes_no_second_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    scenario = dataclasses.replace(load_scenario("duel"), name="a\nb: c")
    file.write_text(resolved_text(scenario, tmp_path), encoding="utf-8")
    assert "\n" not in load_scenario(file).name
