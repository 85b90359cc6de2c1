"""A table of events as of UCDP GED becomes a file of truth by stated rules; every event here is invented."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cli
import simulation
from simulation.errors import InputError
from simulation.exchange.ged_truth import truth_text
from simulation.scenario import load_scenario
from simulation.scoring.observables import observables_of
from simulation.scoring.truth import TruthItem, read_truth
from simulation.world.world import World, build_world

HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"
    "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
"""That of GED 24.1 and 25.1."""
LEAGUE, COUNCIL = "highland_league", "river_council"


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(load_scenario("two-valleys"))


@pytest.fixture
def event(world: World) -> Any:
    """Return a maker of events: one of 3 dead of the Council on 2 January in the first cell, but for what is said."""
    cell = world.region.cells[0]

    def made(**told: Any) -> dict[str, Any]:
        day = told.pop("day", 2)
        plain = {
            "side_a": "River Council", "side_b": "the league",
            "latitude": float(cell.lat), "longitude": float(cell.lon),
            "date_start": f"2024-01-{day:02} 00:00:00.000", "date_end": f"2024-01-{day:02} 00:00:00.000",
            "deaths_a": 3, "deaths_b": 0, "deaths_civilians": 0, "deaths_unknown": 0,
        }  # fmt: skip
        row = plain | told
        parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
        best = told.get("best", sum(int(row[each]) for each in parts))
        return {"best": best, "low": best, "high": best} | row

    return made


@pytest.fixture
def table(tmp_path: Path) -> Any:
    def written(*rows: dict[str, Any]) -> Path:
        file = tmp_path / "events.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, next(csv.reader([HEADER])), restval="")
            writer.writeheader()
            writer.writerows(rows)
        return file

    return written


@pytest.fixture
def sums(world: World, tmp_path: Path) -> Any:
    """Return a reader of the file of truth that is made: value, low and high by actor ("" for civilians) and day."""

    def read(file: Path, *given: str, every: int = 1) -> dict[tuple[str, int], tuple[float, ...]]:
        made = tmp_path / "truth.yaml"
        made.write_text(truth_text(file, world, given, every), encoding="utf-8")
        truth = read_truth(made)
        assert len(observables_of([truth], world)) == len(truth.file.truth)
        return {(_whose(item), item.last_day): (item.value, item.low, item.high) for item in truth.file.truth}

    return read


def _whose(item: TruthItem) -> str:
    assert item.series == ("killed" if item.actor else "civilians_killed") and item.from_day is None
    return item.actor[0] if item.actor else ""


def test_the_dead_of_each_side_add_up_day_by_day(event: Any, table: Any, sums: Any) -> None:
    found = sums(table(event(day=2), event(day=4, deaths_a=1, deaths_b=5, deaths_civilians=7)))
    assert [found[COUNCIL, day][0] for day in range(4)] == [0, 3, 3, 4]
    assert [found[LEAGUE, day][0] for day in range(4)] == [0, 0, 0, 5]
    assert [found["", day] for day in (2, 3)] == [(0, 0, 0), (7, 7, 7)]
    assert {actor for actor, _ in found} == {COUNCIL, LEAGUE, ""}


def test_sums_end_with_the_last_day_that_the_table_tells(event: Any, table: Any, sums: Any) -> None:
    found = sums(table(event(day=2), event(day=9, latitude=-80)))
    assert max(day for _, day in found) == 8
    late = sums(table(event(day=2), event(date_start="2025-03-01", date_end="2025-03-01")))
    assert max(day for _, day in late) == 29
    assert sorted(day for whose, day in sums(table(event(day=2), event(day=9)), every=4) if not whose) == [
        3,
        7,
        8,
    ]


def test_several_days_are_spread_evenly_and_bounded_by_the_first_and_last(
    event: Any, table: Any, sums: Any
) -> None:
    found = sums(
        table(event(date_start="2024-01-02", date_end="2024-01-04"), event(day=6, deaths_a=0, deaths_b=1))
    )
    assert [found[COUNCIL, day] for day in range(5)] == [
        (0, 0, 0),
        (1, 0, 3),
        (2, 0, 3),
        (3, 3, 3),
        (3, 3, 3),
    ]


def test_days_before_the_start_do_not_count(event: Any, table: Any, sums: Any) -> None:
    found = sums(
        table(
            event(date_start="2023-12-31", date_end="2024-01-02"),
            event(date_start="2023-12-30", date_end="2023-12-31", deaths_a=50),
            event(day=4, deaths_a=10),
        )
    )
    assert [found[COUNCIL, day] for day in (0, 1, 3)] == [(1, 0, 3), (2, 0, 3), (12, 10, 13)]


def test_days_after_the_run_do_not_count(event: Any, table: Any, sums: Any, tmp_path: Path) -> None:
    beyond = event(date_start="2024-01-31", date_end="2024-02-02", deaths_a=50)
    found = sums(table(event(date_start="2024-01-30", date_end="2024-02-01"), beyond))
    assert found[COUNCIL, 29] == (1, 0, 3) and (COUNCIL, 30) not in found
    left = read_truth(tmp_path / "truth.yaml").file.not_scored
    assert [(each.what, each.why) for each in left] == [("1 event of the table:", "after the run.")]


def test_what_lies_elsewhere_does_not_count_and_is_said(
    event: Any, table: Any, sums: Any, tmp_path: Path
) -> None:
    away = event(latitude=48.2, longitude=16.4, deaths_a=1000, side_a="Whoever")
    found = sums(table(event(), away, away, event(date_start="2023-01-01", date_end="2023-01-01")))
    assert found[COUNCIL, 1] == (3, 3, 3)
    left = {each.why: each.what for each in read_truth(tmp_path / "truth.yaml").file.not_scored}
    assert left == {
        "in no cell of the region.": "2 events of the table:",
        "over before day 0.": "1 event of the table:",
    }


def test_the_doubt_of_all_dead_may_be_of_each_side(event: Any, table: Any, sums: Any) -> None:
    found = sums(table(event(deaths_a=6, deaths_b=1, deaths_civilians=2, low=6, high=14)))
    assert [found[whose, 1] for whose in (COUNCIL, LEAGUE, "")] == [(6, 3, 11), (1, 0, 6), (2, 0, 7)]


def test_dead_of_no_known_side_are_in_every_high_only(event: Any, table: Any, sums: Any) -> None:
    for unknown in (4, 0):
        found = sums(table(event(deaths_unknown=unknown, best=7)))
        assert [found[whose, 1] for whose in (COUNCIL, LEAGUE, "")] == [(3, 3, 7), (0, 0, 4), (0, 0, 4)]


def test_contradictions_are_refused_where_the_event_counts(event: Any, table: Any, world: World) -> None:
    less = event(deaths_b=2, best=4)
    with pytest.raises(InputError, match=r"events.csv:2: best is 4, less than .* = 3 \+ 2 \+ 0"):
        truth_text(table(less), world)
    with pytest.raises(InputError, match=r"events.csv:3: low 4, best 3 and high 9 must be in this order"):
        truth_text(table(event(), event(low=4, high=9)), world)
    with pytest.raises(InputError, match=r"events.csv:2: date_end 2024-01-03 is before date_start"):
        truth_text(table(event(date_start="2024-01-05", date_end="2024-01-03")), world)
    truth_text(table(event(), less | {"latitude": 70}), world)


def test_names_that_nobody_has_are_listed_in_one_error(event: Any, table: Any, world: World) -> None:
    rows = [
        event(side_b="Hill Rebels", deaths_b=2),
        event(side_b="Hill Rebels"),
        event(side_a="Kingdom of Weir"),
    ]
    with pytest.raises(InputError) as raised:
        truth_text(table(*rows, event(side_b="Civilians")), world)
    said = str(raised.value)
    assert "'Hill Rebels' (2 events, 8 deaths) is no actor" in said and "--side 'Hill Rebels=ACTOR'" in said
    assert "'Kingdom of Weir' (1 event, 3 deaths)" in said and "Civilians" not in said and "River" not in said
    assert "actors: highland_league, river_council" in said


def test_a_name_is_given_to_an_actor_or_left_out(event: Any, table: Any, sums: Any) -> None:
    file = table(
        event(side_b="Hill Rebels", deaths_b=2),
        event(side_a="Kingdom of Weir", deaths_civilians=1, deaths_b=1),
    )
    found = sums(file, "hill rebels=highland_league", "Kingdom of Weir=-")
    assert [found[whose, 1][0] for whose in (COUNCIL, LEAGUE, "")] == [3, 3, 1]
    own = sums(table(event(side_b="Council", deaths_b=4)))
    assert own[COUNCIL, 1] == (7, 7, 7)


WRONG_SIDES = {
    "Hill Rebels": "write NAME=ACTOR",
    "=river_council": "write NAME=ACTOR",
    "Hill Rebels=river_counsil": "there is no actor with fighters 'river_counsil'; did you mean 'river_council'?",
}


@pytest.mark.parametrize("side", WRONG_SIDES)
def test_a_wrong_side_is_named(side: str, event: Any, table: Any, world: World) -> None:
    with pytest.raises(InputError) as raised:
        truth_text(table(event()), world, [side])
    assert f"--side '{side}'" in str(raised.value) and WRONG_SIDES[side] in str(raised.value)
    with pytest.raises(InputError, match="the name has another actor already"):
        truth_text(table(event()), world, ["A=highland_league", "a=river_council"])


WRONG_FIELDS = {
    "date_start": ("27/11/2024", "date_start must be a day such as 2024-11-27, not '27/11/2024'"),
    "date_end": ("2024-01-02 13:00:00", "date_end must be a day"),
    "latitude": ("nan", "latitude must be a number of degrees"),
    "deaths_b": ("2.5", "deaths_b must be a whole number of people, not '2.5'"),
    "high": ("", "high must be a whole number"),
}


@pytest.mark.parametrize("column", WRONG_FIELDS)
def test_a_wrong_field_is_said_with_its_line(column: str, event: Any, table: Any, world: World) -> None:
    given, words = WRONG_FIELDS[column]
    with pytest.raises(InputError, match=r"events\.csv:3: ") as raised:
        truth_text(table(event(), event() | {column: given}), world)
    assert words in str(raised.value)


def test_a_table_that_is_none_is_refused(world: World, table: Any, event: Any, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"other.csv:1: missing column date_start, date_end, latitude"):
        truth_text(file, world)
    with pytest.raises(InputError, match="there is no such file"):
        truth_text(tmp_path / "nowhere.csv", world)
    with pytest.raises(
        InputError, match="none of 2 events counts: 1 over before day 0, 1 in no cell of the region"
    ):
        truth_text(table(event(latitude=70), event(date_start="2023-01-01", date_end="2023-01-01")), world)


def test_quoted_fields_may_hold_lines_and_commas(event: Any, table: Any, sums: Any) -> None:
    noisy = event() | {"source_headline": 'He said: "go",\nand they went', "where_description": "x" * 5000}
    assert sums(table(noisy, event()))[COUNCIL, 1] == (6, 6, 6)


def test_the_command_writes_it_and_replaces_only_its_own(
    event: Any, table: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = table(event(), event(side_b="Rebels"))
    monkeypatch.chdir(file.parent)
    refused = CliRunner().invoke(cli.app, ["truth", "events.csv", "two-valleys"])
    assert refused.exit_code == 2 and "--side 'Rebels=ACTOR'" in refused.output.replace("\n", " ")
    command = ["truth", "events.csv", "two-valleys", "--side", "Rebels=-", "--every", "2"]
    for _ in range(2):
        done = CliRunner().invoke(cli.app, command)
        assert (
            done.exit_code == 0 and "simulate hindcast two-valleys --truth events-truth.yaml" in done.output
        )
    assert '# "rebels" is left out' in Path("events-truth.yaml").read_text(encoding="utf-8")
    Path("mine.yaml").write_text("title: Mine\n", encoding="utf-8")
    with pytest.raises(InputError, match="holds something else"):
        simulation.truth("events.csv", "two-valleys", sides="Rebels=-", out="mine.yaml")
    for wrong in ({"every": 0}, {"sides": 5}, {"out": ""}, {"overrides": 5}):
        with pytest.raises(InputError, match=f"^{next(iter(wrong))} must "):
            simulation.truth("events.csv", "two-valleys", **wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"^events must be a path"):
        simulation.truth(5)  # type: ignore[arg-type]
