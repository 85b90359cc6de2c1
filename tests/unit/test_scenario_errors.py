"""Everything that is wrong with a scenario is said at once, in order, and nothing that only follows from it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli
from simulation.errors import MOST_KEPT, MOST_SHOWN, CombinedInputError, Faults, InputError, united
from simulation.scenario import load_scenario
from simulation.world.consistency import validity_of

SEEDS = Path(__file__).parents[2] / "seeds"
WRONG = """\
extends: two-valleys
days: -3
titel: x
inputs:
  fog: {dist: unifrom, loc: 1, unit: km}
  give_way_rate: many
  free_company_figthers: 12
  seize_open_rate: -4
measures:
  - ceasfire: {between: [a, b]}
  - breach: {between: [free_company, river_counsil], from_day: 3}
  - reinforcement: {of: free_compny, fighters: 10, at: Nowhere, from_day: 99}
"""
SAID = """\
w.yaml:2 days: must be more than 0, not -3
w.yaml:3: unknown field 'titel'; did you mean 'title'?
w.yaml:5 inputs.fog.unit: the unit of fog is 1, not 'km'
w.yaml:5 inputs.fog: 'source' is missing: say where the numbers come from, or 'assumption: why'
w.yaml:5 inputs.fog.dist: unknown distribution 'unifrom'; did you mean 'uniform'?
w.yaml:6 inputs.give_way_rate: must be a number, not the text 'many'
w.yaml:7 inputs: unknown input 'free_company_figthers'; did you mean 'free_company_fighters'?
w.yaml:8 inputs.seize_open_rate: must be within 0 to 1000 1/day, not -4
w.yaml:10 measures[0]: unknown field 'ceasfire'; did you mean 'ceasefire'?
w.yaml:11 measures[1].breach.between[1]: unknown actor 'river_counsil'; did you mean 'river_council'?
w.yaml:12 measures[2].reinforcement.of: unknown actor 'free_compny'; did you mean 'free_company'?
w.yaml:12 measures[2].reinforcement.at: unknown place 'Nowhere'; allowed are Ferry Landing, Larch, Millbridge, \
Old Fort, Reedham, Saddle Pass, South Market, Stonegate, Weirford
"""


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "w.yaml"
    file.write_text(WRONG, encoding="utf-8")
    return file


def simulate(*arguments: object) -> Result:
    return CliRunner().invoke(cli.app, [str(each) for each in arguments])


@pytest.mark.parametrize("command", ["validate", "run", "trace", "show", "sources"])
def test_every_command_says_all_that_is_wrong(command: str, wrong: Path) -> None:
    done = simulate(command, wrong)
    assert done.stderr.replace(f"{wrong.parent}/", "") == SAID
    assert (done.stdout, done.exit_code) == ("", 2)


def test_records_have_place_and_message_apart(wrong: Path) -> None:
    (verdict,) = json.loads(simulate("validate", wrong, "--json").stdout)["scenarios"]
    assert verdict["valid"] is False and verdict["message"].count("\n") == 11
    assert verdict["errors"][0] == {
        "file": str(wrong), "line": 2, "path": "days", "message": "must be more than 0, not -3",
    }  # fmt: skip
    assert verdict["errors"][1]["path"] is None


def test_what_is_inherited_is_named_where_it_was_written(wrong: Path) -> None:
    """Measures of the base come first, so that their places in the merged list are not those in the file."""
    wrong.write_text(
        "extends: two-valleys-ceasefire\nmeasures:\n  - breach: {between: [a, b], from_day: x}\n"
        "  - front: {of: nobody, open: true, from_day: 1}\n",
        encoding="utf-8",
    )
    said = [error.message for error in refused(wrong).every]
    assert said[0] == "must be a number, not the text 'x'"
    assert said[1].startswith("unknown actor 'nobody'")


def refused(file: Path | str, *overrides: str) -> InputError:
    with pytest.raises(InputError) as caught:
        load_scenario(file, overrides)
    return caught.value


def test_all_overrides_that_lead_nowhere_are_named() -> None:
    said = str(refused("duel", "dayz=3", "inputs.fog=0.1", "measures.0.front.open=true", "days"))
    assert [line.split(":")[0] for line in said.split("\n")] == [
        "--set days", "--set dayz=3", "--set measures.0.front.open=true",
    ]  # fmt: skip


def test_days_is_named_as_it_was_given_beside_other_errors() -> None:
    done = simulate("run", "duel", "--days", "-1", "--set", "inputs.fgo=3")
    assert done.stderr == (
        "--days -1: must be more than 0, not -1\n--set inputs.fgo=3: unknown input 'fgo'; did you mean 'fog'?\n"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SEEDS / "two_valleys", tmp_path / "valleys")
    (tmp_path / "here.yaml").write_text(
        "extends: two-valleys\nseeds: valleys\nregion: valleys/region\n", encoding="utf-8"
    )
    return tmp_path


def change(folder: Path, file: str, *pairs: tuple[str, str]) -> None:
    path = folder / "valleys" / file
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def test_seeds_region_and_scenario_are_looked_at_beside_each_other(folder: Path) -> None:
    change(
        folder, "endings.yaml", ("[Weirford]", "[Wierford]"), ("dissolved: river_council", "dissolved: river")
    )
    change(folder, "laydown.yaml", ("actor: highland_league", "actor: lowland_league"))
    change(folder, "region/cells.csv", (",330,20", ",high,20"))
    (folder / "here.yaml").write_text(
        (folder / "here.yaml").read_text(encoding="utf-8") + "inputs: {fgo: 1}\n", encoding="utf-8"
    )
    said = [line.rpartition("/")[2] for line in str(refused(folder / "here.yaml")).split("\n")]
    assert [line.split(" ")[0] for line in said] == [
        "here.yaml:4", "endings.yaml:3", "endings.yaml:4", "laydown.yaml:3", "cells.csv:4",
    ]  # fmt: skip


def test_an_unreadable_file_of_seeds_does_not_make_every_name_unknown(folder: Path) -> None:
    change(folder, "actors.yaml", ("quantities:", "quantitties:"))
    (folder / "here.yaml").write_text(
        (folder / "here.yaml").read_text(encoding="utf-8")
        + "inputs: {river_council_fighters: 1}\n"
        + "measures:\n  - morale: {of: river_council, cohesion: 0.1, from_day: 1}\n",
        encoding="utf-8",
    )
    error = refused(folder / "here.yaml")
    assert {str(each.file).rpartition("/")[2] for each in error.every} == {"actors.yaml"}


def test_several_controllers_that_are_no_actors(folder: Path) -> None:
    change(folder, "region/region.yaml", ("free_company]", "free_company, fre_company, x]"))
    assert validity_of(str(folder / "here.yaml"), ())["message"].count("unknown actor") == 2


@pytest.mark.parametrize("count", [1, 2, MOST_SHOWN, MOST_SHOWN + 7, 5 * MOST_KEPT])
def test_very_many_errors_are_cut_short(count: int, tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    lines = "".join(f"  fgo{k}: 1\n" for k in range(count))
    file.write_text(f"extends: duel\ninputs:\n{lines}", encoding="utf-8")
    told = refused(file).lines()
    more = min(count, MOST_KEPT) - MOST_SHOWN
    assert told[:MOST_SHOWN] == [str(each) for each in refused(file).every[:MOST_SHOWN]]
    assert told[MOST_SHOWN:] == (
        [] if more <= 0 else [f"and {'at least ' if count > MOST_KEPT else ''}{more} more"]
    )


def test_a_single_error_is_itself_and_the_same_one_is_said_once() -> None:
    error = InputError("is wrong", file="a", line=3)
    assert united([error, InputError("is wrong", file="a", line=3)]) is not None
    assert not isinstance(united([error, error]), CombinedInputError)
    both = united(
        [
            InputError("x", file="b", line=1),
            InputError("y", file="a", line=20),
            InputError("z", file="a", line=3),
        ]
    )
    assert str(both) == "a:3: z\na:20: y\nb:1: x"
    assert (both.file, both.line, both.message) == ("a", 3, "z")


def test_what_is_gathered_is_raised_together() -> None:
    faults = Faults()
    faults.refuse()
    for text in "ab":
        with faults.gather():
            raise InputError(text)
    with pytest.raises(CombinedInputError, match=r"^a\nb$"):
        faults.refuse()
