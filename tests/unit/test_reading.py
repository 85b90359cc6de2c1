"""Reading YAML: plain data, lines, refusals, and the sentences of failed checks."""

from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from simulation.errors import InputError
from simulation.io.origin import dotted, undotted, wrong
from simulation.io.pydantic_messages import nearest, suggestion
from simulation.io.yaml_file import parse, read_text, read_yaml

FILE = Path("a.yaml")


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    share: float = Field(ge=0, le=1)
    names: tuple[str, ...] = ()


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    items: tuple[Inner, ...] = ()
    table: dict[str, Inner] = {}
    either: float | Inner = 0.0
    kind: Literal["road", "track"] = "road"
    day: date = date(2024, 1, 1)
    count: int = 0


def complaint(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse(read_text(text, FILE), Outer)
    return str(caught.value)


def test_words_become_yaml_1_2_values() -> None:
    text = "1, -2, 007, 1.5, 1e3, .5, true, False, null, ~, yes, no, on, 0x10, 1_000, 2024-11-27, 'true', '1'"
    assert read_text(f"[{text}]", FILE).data == [
        1, -2, 7, 1.5, 1000.0, 0.5, True, False, None, None,
        "yes", "no", "on", "0x10", "1_000", "2024-11-27", "true", "1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wrong_with_it"),
    [("roads:\n  - {names: [a]}", "a.yaml:2 roads[0]: 'share' is missing"),
     ("roads: []", "a.yaml:1 roads: must not be empty"),
     ("roads:\n  - {share: 2}\n  - {share: 3}", "a.yaml:2 roads[0].share: must be at most 1, not 2")],
)  # fmt: skip
def test_a_list_of_faulty_items_is_not_called_empty(text: str, wrong_with_it: str) -> None:
    class Filled(BaseModel):
        roads: Annotated[tuple[Inner, ...], Field(min_length=1)]

    with pytest.raises(InputError) as caught:
        parse(read_text(text, FILE), Filled)
    assert str(caught.value) == wrong_with_it


def test_keys_are_always_text() -> None:
    assert read_text("1: a\ntrue: b\n2024-01-01: c", FILE).data == {"1": "a", "true": "b", "2024-01-01": "c"}


def test_every_value_knows_its_line() -> None:
    source = read_text("# head\na: 1\nb:\n  - x\n  - c: 2\n    d:\n      3\n", FILE)
    assert source.line_of(()) == 2
    assert source.line_of(("a",)) == 2
    assert source.line_of(("b", 0)) == 4
    assert source.line_of(("b", 1)) == 5
    assert source.line_of(("b", 1, "d")) == 6
    assert source.line_of(("b", 1, "not", "there")) == 5
    assert source.line_of(("nowhere",)) == 2


NUMBERS = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]))


def nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdef", min_size=1), inner, max_size=4)


@given(st.recursive(st.booleans() | NUMBERS | TEXTS, nested, max_leaves=12))
def test_json_is_read_as_json_reads_it(data: object) -> None:
    assert read_text(json.dumps(data), FILE).data == data


@pytest.mark.parametrize("word", [".nan", ".NaN", ".inf", "-.INF", "1e400", "-1e400", "9" * 400])
def test_a_number_that_is_not_finite_is_refused(word: str) -> None:
    with pytest.raises(InputError, match=r"a\.yaml:2 b: .*is not a finite number"):
        read_text(f"a: 1\nb: {word}", FILE)


def test_a_long_integer_is_a_float_and_finite() -> None:
    read = read_text("9" * 30, FILE).data
    assert isinstance(read, float) and math.isclose(read, 1e30)


def test_the_largest_file_is_some_hundred_kilobytes(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    file.write_bytes(b"a: '" + b"x" * 250_000 + b"'")
    with pytest.raises(InputError, match="over 250 kB"):
        read_yaml(file)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.mkdir(), "a folder, not a YAML file"),
        (lambda path: __import__("os").mkfifo(path), "not an ordinary file"),
        (lambda path: path.symlink_to(path), "the file cannot be read"),
    ],
    ids=["missing", "folder", "pipe", "link to itself"],
)
def test_what_is_no_file_is_refused(tmp_path: Path, make: object, message: str) -> None:
    make(tmp_path / "x.yaml")  # type: ignore[operator]
    with pytest.raises(InputError, match=message):
        read_yaml(tmp_path / "x.yaml")


def test_a_name_too_long_or_with_nul_is_refused() -> None:
    for name in ("x" * 5000, "x\0y"):
        with pytest.raises(InputError):
            read_yaml(Path(name))


def test_parse_gives_the_model() -> None:
    parsed = parse(
        read_text("items: [{share: 1, names: [a]}]\nday: 2024-11-27\neither: {share: 0}", FILE), Outer
    )
    assert parsed.items[0].names == ("a",)
    assert parsed.day == date(2024, 11, 27)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("itms: []", "a.yaml:1: unknown field 'itms'; did you mean 'items'?"),
        ("items:\n- shar: 1", "a.yaml:2 items[0]: unknown field 'shar'; did you mean 'share'?"),
        ("table:\n  x: {q: 1}", "a.yaml:2 table.x: unknown field 'q'; allowed are names, share"),
        ("items:\n- {}", "a.yaml:2 items[0]: 'share' is missing"),
        ("items:\n- share: 2", "a.yaml:2 items[0].share: must be at most 1, not 2"),
        ("items:\n- share: true", "a.yaml:2 items[0].share: must be a number, not true"),
        ("items:\n- share: '1'", "a.yaml:2 items[0].share: must be a number, not the text '1'"),
        ("items:\n- share:", "a.yaml:2 items[0].share: must be a number, not nothing"),
        ("items: 3", "a.yaml:1 items: must be a list, not 3"),
        ("table: []", "a.yaml:1 table: must be a mapping (name: value), not a list"),
        ("kind: river", "a.yaml:1 kind: must be 'road' or 'track', not the text 'river'"),
        ("day: soon", "a.yaml:1 day: must be a date such as 2024-11-27, not the text 'soon'"),
        ("count: 1.5", "a.yaml:1 count: must be a whole number, not 1.5"),
        ("count: x\nday: y", "a.yaml:1 count: must be a whole number, not the text 'x'"),
        ("day: y\ncount: x", "a.yaml:1 day: must be a date such as 2024-11-27, not the text 'y'"),
    ],
)
def test_a_complaint_names_place_fault_and_what_is_allowed(text: str, message: str) -> None:
    assert complaint(text) == message


def test_a_long_text_is_cut_in_a_complaint() -> None:
    assert len(complaint("count: " + "x" * 10_000)) < 120


def test_nearest_and_suggestion() -> None:
    assert nearest("complience", ["compliance", "between"]) == "; did you mean 'compliance'?"
    assert nearest("zzz", ["compliance"]) == ""
    assert suggestion("zzz", ["b", "a"]) == "; allowed are a, b"
    assert suggestion("zzz", ["a"]) == "; allowed is a"
    assert suggestion("zzz", []) == "; none is known"
    assert suggestion("zzz", [f"name{k}" for k in range(200)]) == "; none of the 200 known ones is like it"


def test_paths_are_written_one_way_and_read_both_ways() -> None:
    assert dotted(("measures", 0, "ceasefire", "between", 1)) == "measures[0].ceasefire.between[1]"
    for text in ("measures[0].ceasefire.between[1]", "measures.0.ceasefire.between.1"):
        assert undotted(text) == ("measures", 0, "ceasefire", "between", 1)


def test_wrong_names_the_nearest_thing_in_the_file() -> None:
    source = read_text("a:\n  b: 1", FILE)
    assert str(wrong(source, ("a", "b"), "bad")) == "a.yaml:2 a.b: bad"
    assert str(wrong(source, ("a", "b"), "bad", inside=True)) == "a.yaml:2 a: bad"
    assert str(wrong(source, ("a", "c"), "bad")) == "a.yaml:1 a: bad"
