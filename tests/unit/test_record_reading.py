"""Records as they are read: what they may say, and the sentence for what they may not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from code_map import PACKAGE, ROOT

from simulation.errors import InputError
from simulation.io.yaml_file import read_yaml
from simulation.record.reader import Record, record_in, record_of, starts_with
from simulation.record.record_file import FILE
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world

TEXT = """\
title: What was on record
start: 2024-01-01
note: Made up.
amounts:
  dead: {series: killed, side: highland_league, by_day: 2}
  land: {series: area_km2, actor: highland_league, take: most, by_day: 10}
  rate: {ratio: [dead, land]}
events:
  much: {amount: land, at_least: 100}
  town: {fell: Millbridge, by_day: 10}
  both: {all: [much, town]}
groups:
  - title: The first days
    lines:
      - {id: dead, what: Killed, amount: dead, value: 20, source: the courier, confidence: M}
      - {id: town, what: It falls, event: town, given: much, cases: {count: 1, of: 3}, source: us, confidence: L}
never_taken: river_council
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the two valleys, with a record."""
    shutil.copytree(ROOT / "seeds" / "two_valleys", tmp_path / "valleys")
    scenario = (ROOT / "scenarios" / "two-valleys.yaml").read_text(encoding="utf-8")
    (tmp_path / "two.yaml").write_text(scenario.replace("../seeds/two_valleys", "valleys"), encoding="utf-8")
    write(tmp_path, TEXT)
    return tmp_path


def write(folder: Path, text: str) -> None:
    file = folder / "valleys" / FILE
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def read(folder: Path) -> Record | None:
    return record_of(build_world(load_scenario(folder / "two.yaml")))


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(load_scenario("two-valleys"))


def test_a_record_lies_in_the_seeds_and_is_read_whole(folder: Path) -> None:
    record = read(folder)
    assert record is not None and starts_with(record)
    assert [line.id for line in record.file.lines] == ["dead", "town"]


def test_seeds_without_a_record_have_none(folder: Path) -> None:
    shutil.rmtree(folder / "valleys" / "record")
    assert read(folder) is None


def test_days_counted_from_another_date_are_seen(folder: Path) -> None:
    write(folder, TEXT.replace("2024-01-01", "2024-01-02"))
    record = read(folder)
    assert record is not None and not starts_with(record)


WRONG = {
    ("side: highland_league", "side: highland_leage"): (5, "amounts.dead.side: there is no actor 'highland_leage'"),
    ("killed, side", "kiled, side"): (5, "amounts.dead.series: there is no series 'kiled'; did you mean 'killed'?"),
    ("by_day: 2}", "day: 2}"): (5, "amounts.dead: unknown field 'day'; did you mean 'by_day'?"),
    (", by_day: 2}", "}"): (5, "'by_day' is missing: 'series' needs it"),
    ("killed, side: highland_league", "displaced, side: highland_league"): (5, "counted for all together"),
    ("take: most", "take: undone"): (6, "'left' goes with 'take: undone'"),
    ("take: most", "take: most, per_day: true"): (6, "'per_day' goes with a gain only"),
    ("by_day: 10}\n  rate", "from_day: 10, by_day: 10}\n  rate"): (6, "'from_day' 10 does not come before 'by_day' 10"),
    ("[dead, land]", "[dead, rate]"): (7, "amounts.rate.ratio: there is no amount above this one 'rate'"),
    ("{ratio: [dead, land]}", "{ratio: [dead, land], by_day: 3}"): (7, "'by_day' does not go with 'ratio'"),
    ("at_least: 100", "at_least: 100, at_most: 300"): (9, "exactly one of at_least, at_most is needed"),
    ("at_least: 100}", "fell: Larch, at_least: 100}"): (9, "exactly one of amount, fell, taken_by, ending"),
    ("fell: Millbridge", "fell: Milbridge"): (10, "events.town.fell: there is no place 'Milbridge'; did you mean"),
    ("[much, town]", "[much, both]"): (11, "events.both.all: there is no event above this one 'both'"),
    ("value: 20", "value: 20, at_least: 3"): (15, "exactly one of value, at_least, at_most, range"),
    ("value: 20", "cases: {count: 1, of: 2}"): (15, "'cases' does not go with 'amount'"),
    ("amount: dead, value", "amount: deed, value"): (15, "lines[0].amount: there is no amount 'deed'"),
    ("source: the courier, ", ""): (15, "'source' is missing"),
    ("confidence: M", "confidence: X"): (15, "confidence"),
    ("given: much", "given: land"): (16, "groups[0].lines[1].given: there is no event 'land'"),
    ("{count: 1, of: 3}", "{count: 4, of: 3}"): (16, "4 to 4 of 3 cases: low, high and of must be in this order"),
    ("{count: 1, of: 3}", "{count: 1, low: 0, of: 3}"): (16, "either 'count' or both 'low' and 'high'"),
    ("{id: town", "{id: dead"): (16, "'dead' is the id of a line above"),
    ("never_taken: river_council", "never_taken: river"): (17, "never_taken: there is no actor 'river'"),
}  # fmt: skip


@pytest.mark.parametrize("change", WRONG)
def test_what_is_wrong_is_said_with_its_line(change: tuple[str, str], world: World, tmp_path: Path) -> None:
    assert change[0] in TEXT
    (tmp_path / "lines.yaml").write_text(TEXT.replace(*change, 1), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        record_in(read_yaml(tmp_path / "lines.yaml"), world)
    number, message = WRONG[change]
    assert f"{tmp_path / 'lines.yaml'}:{number} " in str(raised.value)
    assert message in str(raised.value)


def test_all_that_is_wrong_is_said_at_once(folder: Path) -> None:
    write(folder, TEXT.replace("fell: Millbridge", "fell: X").replace("[dead, land]", "[a, b]"))
    with pytest.raises(InputError) as raised:
        read(folder)
    assert [error.line for error in raised.value.every] == [7, 10]


def test_the_bundled_record_fits_its_world_and_every_line_has_a_source() -> None:
    record = record_of(build_world(load_scenario("aleppo")))
    assert record is not None and starts_with(record)
    assert len(record.file.lines) > 20 and record.file.not_measured
    used = {name for line in record.file.lines for name in (line.amount, line.event, line.given) if name}
    for event in record.file.events.values():
        used |= {
            *(event.all or ()),
            *(event.any or ()),
            *(event.none or ()),
            *([event.amount] if event.amount else []),
        }
    for amount in record.file.amounts.values():
        used |= set(amount.ratio or ())
    assert {*record.file.amounts, *record.file.events} == used, "declared, but no line rests on it"


def test_no_word_of_a_case_stands_in_the_code_of_the_record() -> None:
    cases = {
        actor.id
        for name in ("aleppo", "two-valleys")
        for actor in build_world(load_scenario(name)).seeds.actors
    }
    files = [*(PACKAGE / "record").glob("*.py"), PACKAGE / "report" / "run" / "record.py"]
    words = {
        file.name: set(re.findall(r"[a-z_]+", file.read_text(encoding="utf-8").lower())) for file in files
    }
    assert {
        name: found & {*cases, "aleppo", "syria"}
        for name, found in words.items()
        if found & {*cases, "aleppo"}
    } == {}


def test_a_record_is_in_no_digest_since_no_history_depends_on_it(folder: Path) -> None:
    before = load_scenario(folder / "two.yaml").digest
    write(folder, TEXT.replace("value: 20", "value: 30"))
    assert load_scenario(folder / "two.yaml").digest == before
