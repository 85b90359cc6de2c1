"""The points of a sweep: what is typed, what a file holds, and one sentence at its place for all that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation import load_scenario, sweep
from simulation.errors import InputError
from simulation.io.yaml_list import values_in
from simulation.parameter_study.design import MOST_POINTS, design_in, grid, parted
from simulation.parameter_study.factor import factor_of, shown
from simulation.parameter_study.scenarios import scenarios_of
from simulation.scenario.archive import Archive


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("20", ("20",)),
        ("20,25, 30", ("20", "25", "30")),
        ("[a, b], {c: 1, d: 2}, 'e, f'", ("[a, b]", "{c: 1, d: 2}", "'e, f'")),
        ("{dist: uniform, loc: 1, scale: 2}", ("{dist: uniform, loc: 1, scale: 2}",)),
        ("1,,2", ("1,,2",)),
        ("1], [2", ("1], [2",)),
        ("{a: 1", ("{a: 1",)),
    ],
)
def test_commas_part_values_but_within_brackets_and_quotes(text: str, values: tuple[str, ...]) -> None:
    assert values_in(text) == values


def test_what_has_several_values_is_parted_from_what_applies_everywhere() -> None:
    several, single = parted(["inputs.a=1,2", "days=4", "measures[0].between=[x, y]"])
    assert several == {"inputs.a": ("1", "2")}
    assert single == ("days=4", "measures[0].between=[x, y]")


def test_in_a_grid_every_value_meets_every_other_and_the_last_changes_first() -> None:
    design = grid({"a": ("1", "2"), "b": ("x", "y", "z"), "c": ("7",)})
    assert [point.values for point in design.points] == [(a, b, "7") for a in "12" for b in "xyz"]
    assert design.full and design.varied == ("a", "b")


def test_a_file_of_points_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    file.write_text(grid({"a": ("1", "{b: 1, c: '2'}"), "d": ('"x"', "y")}).csv(), encoding="utf-8")
    design = design_in(file)
    assert [point.values for point in design.points][:2] == [("1", '"x"'), ("1", "y")]
    assert design.points[2].values == ("{b: 1, c: '2'}", '"x"')
    assert design.full and [point.line for point in design.points] == [2, 3, 4, 5]
    file.write_text("a,b\n1,1\n1,2\n2,1\n", encoding="utf-8")
    assert not design_in(file).full


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (["a=1,2", "a=3,4"], "--set a=3,4: gives several values a second time"),
        (["a=1,2", "a=3"], "--set a=3: is set here to one value and elsewhere to 2"),
    ],
)
def test_a_path_that_is_set_twice_is_refused(settings: list[str], said: str) -> None:
    with pytest.raises(InputError, match=f"^{said}"):
        parted(settings)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "nothing is varied: give an input two values or more"),
        ({"a": ("1",)}, "nothing is varied"),
        ({"a": ("1", "2", "1")}, "--set a=1,2,1: has the value 1 twice"),
        (
            {"a": tuple(map(str, range(20))), "b": tuple(map(str, range(16)))},
            f"20 times 16 values are 320 points, and at most {MOST_POINTS} are allowed",
        ),
    ],
)
def test_a_grid_that_cannot_be_played_is_refused(values: dict[str, tuple[str, ...]], said: str) -> None:
    with pytest.raises(InputError) as caught:
        grid(values)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,\n1,2\n3,4\n", ":1: column 2 has no name"),
        ("a,a\n1,2\n3,4\n", ":1: two columns are called 'a'"),
        ("a\n", ":1: no rows below the header"),
        ("a\n1\n", ": holds 1 point, and from 2 to 300 are allowed"),
        ("a\n" + "".join(f"{k}\n" for k in range(301)), ": holds 301 points, and from 2 to 300 are allowed"),
        ("a,b\n1,2\n3,\n", ":3 b: is empty; write a value in every row"),
        ("# why\na\n1\n\n1\n", ":5: is the same point as line 3"),
        ("a,b\n1,2,3\n4,5\n", ":2: expected 2 fields, got 3"),
    ],
)
def test_a_file_that_holds_no_points_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "points.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        design_in(file)
    assert str(caught.value).startswith(f"{file}{said}")


def errors_of(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "points.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        scenarios_of("duel", (), design_in(file), Archive())
    return [each.removeprefix(f"{file}:") for each in caught.value.lines()]


def test_what_is_wrong_with_a_point_is_said_at_its_line_and_what_is_wrong_everywhere_at_the_header(
    tmp_path: Path,
) -> None:
    text = "inputs.red_fighters,inputs.blue_fihters\n20,18\n-5,19\n"
    assert errors_of(tmp_path, text) == [
        "1 inputs.blue_fihters: unknown input 'blue_fihters'; did you mean 'blue_fighters'?",
        "3 inputs.red_fighters: must be within 0 to 1000000 fighters, not -5",
    ]
    (said,) = errors_of(tmp_path, "inputs.red_fighters\n20\n2e1\n")
    assert said == "3: inputs.red_fighters=2e1 is the same scenario as inputs.red_fighters=20; leave one out"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"inputs.red_fightrs": [1, 2]},
            "--set inputs.red_fightrs=1,2: unknown input 'red_fightrs'; did you mean",
        ),
        (
            {"inputs.red_fighters": [1, -2.5]},
            "--set inputs.red_fighters=-2.5: must be within 0 to 1000000 fighters",
        ),
        (
            {"inputs.red_fighters": 3},
            "values of inputs.red_fighters must be a list of numbers and texts, not 3",
        ),
        (
            {"inputs.red_fighters": [None, 1]},
            "values of inputs.red_fighters must be a finite number, not None",
        ),
        ([1, 2], "values must be a mapping of paths to lists of values, not a list"),
        (
            {"measures[0].strikes": [1, 2]},
            "--set measures[0].strikes=1,2: there is no 'measures' in this scenario",
        ),
    ],
)
def test_what_no_scenario_can_be_set_to_is_refused_before_anything_is_played(
    values: object, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        sweep("duel", values)  # type: ignore[arg-type]
    assert str(caught.value).startswith(said) and len(caught.value.lines()) == 1


def test_points_are_given_once_and_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the points are given twice"):
        sweep("duel", {"inputs.red_fighters": [1, 2]}, design=tmp_path / "points.csv")
    with pytest.raises(InputError, match="only where it is given by file or name"):
        sweep(load_scenario("duel"), {"inputs.red_fighters": [1, 2]})  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no ending 'red'; allowed are"):
        sweep("duel", {"inputs.red_fighters": [1, 2]}, outcomes="ending.red")


def test_an_input_is_called_by_its_label_and_its_numbers_ascend() -> None:
    scenario = load_scenario("aleppo")
    factor = factor_of(scenario, "inputs.hts_fighters", ("15000", "5000"))
    assert (factor.axis, factor.values, factor.words("15000")) == (
        "HTS: fighters", ("5000", "15000"), "HTS: fighters 15,000",
    )  # fmt: skip
    other = factor_of(scenario, "measures[0].strikes", ("b", "a"))
    assert (other.axis, other.values, other.numbers) == ("measures[0].strikes", ("b", "a"), None)
    assert [shown(text) for text in ("5e4", "0.1", "[a, b]")] == ["50,000", "0.1", "[a, b]"]
