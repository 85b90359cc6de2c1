"""Reading YAML: plain data, lines, refusals, and the sentences of failed checks."""

from __future__ import annotations

import csv
import json
import math
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from simulation.errors import InputError
from simulation.io.characters import composed, escaped, one_line, unlike, unseen
from simulation.io.csv_rows import table_of
from simulation.io.file_cache import MOST_BYTES_OF_ANY, FileCache
from simulation.io.numeral import number_of, plain_numbers, remark, whole
from simulation.io.origin import dotted, undotted, wrong
from simulation.io.pydantic_messages import nearest, suggestion
from simulation.io.yaml_file import parse, read_text, read_yaml

FILE = Path("a.yaml")
ODD_NUMBERS = [
    "-0",
    "-0.0",
    "007",
    "1.",
    ".5",
    "24.000",
    "1e400",
    "+3",
    "1 000",
    "",
    "\u0661",
    "9" * 15,
    "9" * 16,
    "0.1" + "0" * 16,
]
PLAIN_LETTERS = "ab1. \t;#'-"


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
     ("roads:\n  - {share: 2}\n  - {share: 3}", "a.yaml:2 roads[0].share: must be at most 1, not 2\n"
      "a.yaml:3 roads[1].share: must be at most 1, not 3")],
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
    assert read_text(json.dumps(data), FILE).data == json.loads(
        composed(json.dumps(data, ensure_ascii=False))
    )


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
        ("count: 1e20", "a.yaml:1 count: is too large for a whole number: 1e+20"),
        (
            "count: 5_200",
            "a.yaml:1 count: must be a whole number, not the text '5_200'; digits are not grouped: write 5200",
        ),
        (
            "day: y\ncount: x",
            "a.yaml:1 day: must be a date such as 2024-11-27, not the text 'y'\n"
            "a.yaml:2 count: must be a whole number, not the text 'x'",
        ),
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


def test_a_whole_number_may_be_written_with_decimals() -> None:
    assert parse(read_text("count: 2000.0", FILE), Outer).count == 2000
    assert parse(read_text("count: 1e3\nitems: [{share: 1.0}]", FILE), Outer).count == 1000
    assert (whole(2.0), whole(2.5), whole(True), whole("2.0")) == (2, 2.5, True, "2.0")
    assert isinstance(whole(2.0), int) and isinstance(whole(1e18), float)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("24000", ""),
        ("twenty", ""),
        ("", ""),
        ("1.2.3", ""),
        ("5_200", "digits are not grouped: write 5200"),
        ("52_00", "digits are not grouped: write 5200"),
        ("24,000", "digits are not grouped: write 24000, or 24.000 if decimals are meant"),
        ("1,024,000.5", "digits are not grouped: write 1024000.5"),
        ("24 000", "digits are not grouped: write 24000"),
        ("24\u202f000", "digits are not grouped: write 24000"),
        ("24'000", "digits are not grouped: write 24000"),
        ("0,5", "decimals follow a point: write 0.5"),
        ("-0,025", "decimals follow a point: write -0.025"),
        ("\u0665\u0662\u0660\u0660", "digits are 0 to 9"),
        ("9" * 100_000 + ",5", ""),
    ],
)
def test_what_is_wrong_with_a_number_is_named(text: str, why: str) -> None:
    assert remark(text) == (f"; {why}" if why else "")
    assert (number_of(text) is None) == (text != "24000")


def test_the_two_forms_of_a_name_are_one() -> None:
    apart, whole_one = "Larche\u0301", "Larch\u00e9"
    assert read_text(f"{apart}: {apart}", FILE).data == {whole_one: whole_one}
    assert read_text('"Larche\\u0301": 1', FILE).data == {whole_one: 1}
    assert table_of(f"name,x\n{apart},1\n", FILE).rows(["name"]).columns == {"name": [whole_one]}


@pytest.mark.parametrize("text", ["\x1b]0;title\x07", "\x9b31m", "\x7f", "\x00"])
def test_a_control_character_is_refused_however_it_is_written(text: str, tmp_path: Path) -> None:
    for written in (json.dumps({"a": text}), json.dumps({text: "a"})):
        with pytest.raises(InputError, match=r"a\.yaml:1.* control character U\+00"):
            read_text(written, FILE)
    (tmp_path / "raw.yaml").write_text(f"# {text}\na: 1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"control character|binary"):
        read_yaml(tmp_path / "raw.yaml")


def test_what_moves_letters_or_is_unseen_is_escaped() -> None:
    assert escaped("a\u202eb\x1b]0;c\x07\x9b\u200b\r") == r"a\u202eb\u001b]0;c\u0007\u009b\u200b\r"
    assert escaped("\x1b[1mred\x1b[0m\n\ta\u00a0b\u00e9") == "\x1b[1mred\x1b[0m\n\ta\u00a0b\u00e9"
    assert escaped("\u0645\u06cc\u200c\u062e a\u200cb") == "\u0645\u06cc\u200c\u062e a\\u200cb"
    assert one_line("a\nb\x1b[1m") == r"a\nb\u001b[1m"


@given(st.text())
def test_a_text_in_a_line_of_yaml_comes_back(text: str) -> None:
    kept = re.sub(r"[\0-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "", text)
    written = one_line(json.dumps({"a": kept}, ensure_ascii=False))
    assert read_text(written, FILE).data == {"a": composed(kept)}


@pytest.mark.parametrize(
    ("given_word", "meant", "how"),
    [
        (
            "L\u0430rch",
            "Larch",
            "U+0430 CYRILLIC SMALL LETTER A stands where that has U+0061 LATIN SMALL LETTER A",
        ),
        ("Saddle\u00a0Pass", "Saddle Pass", "U+00A0 NO-BREAK SPACE stands where that has U+0020 SPACE"),
        ("Saddle  Pass", "Saddle Pass", "U+0020 SPACE stands where that has nothing"),
        ("Lar\u200bch", "Larch", "U+200B ZERO WIDTH SPACE stands where that has nothing"),
        ("Saddle\u2010Pass", "Saddle-Pass", "U+2010 HYPHEN stands where that has U+002D HYPHEN-MINUS"),
        ("Larch\u0660", "Larch0", "U+0660 ARABIC-INDIC DIGIT ZERO stands where that has U+0030 DIGIT ZERO"),
        ("L\u00e4rch", "Larch", ""),
        ("Lorch", "Larch", ""),
        ("Saddle-Pass", "Saddle_Pass", ""),
    ],
)
def test_words_that_look_the_same_are_told_apart(given_word: str, meant: str, how: str) -> None:
    assert unlike(given_word, meant) == (f" ({how})" if how else "")
    assert nearest(given_word, [meant]).endswith(f"did you mean '{meant}'?{unlike(given_word, meant)}")


def test_a_name_cannot_hold_what_nobody_sees() -> None:
    assert unseen("Jisr ash-Shugh\u016br") == ""
    assert unseen("a\u202eb") == "a name cannot hold U+202E RIGHT-TO-LEFT OVERRIDE, which nobody sees"
    assert unseen("a\nb") == "a name cannot hold U+000A, which nobody sees"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name;lat\nA;1\n", "t.csv:1: semicolons stand between the fields of this file; save it with commas"),
        ("name\tlat\nA\t1\n", "t.csv:1: tabs stand between the fields of this file"),
        ("name|lat\n", "t.csv:1: vertical bars stand between the fields of this file"),
        ("sep=;\nname;lat\nA;1\n", "t.csv:1: leave out the line 'sep=;'"),
        ("sep=,\nname,lat\nA,1\n", "t.csv:1: leave out the line 'sep=,'"),
        ('"name,lat"\n"A,1"\n', "t.csv:1: the whole line is in quotes"),
        (
            "#name,lat,lon\nA,1,2\n",
            "t.csv:1: a line that begins with '#' is a comment; the names of the columns",
        ),
        ("# a note\nA,1\n", "t.csv:2: missing column name, lat"),
        ("#name,lat\nname,lot\nA,1\n", "t.csv:2: missing column lat"),
        ("name,lat,name\nA,1,B\n", "t.csv:1: two columns are called 'name'"),
        ("name,lat\nA,0,5\n", "t.csv:2: expected 2 fields, got 3; a comma stands between fields only"),
        ("name,lat\nA,b,c\n", "t.csv:2: expected 2 fields, got 3"),
        ('name,lat\n"A,1\n', "t.csv:2: not a row of a CSV file: a quote is not closed"),
        ("", "t.csv:1: missing column name, lat"),
    ],
)
def test_a_table_that_cannot_be_read_names_the_cause(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        table_of(text, Path("t.csv")).rows(["name", "lat"])
    assert str(caught.value).startswith(message)
    assert "got 3" not in message or str(caught.value).endswith("groups") == ("0,5" in text)


def test_texts_of_a_table_stand_without_the_spaces_around_them() -> None:
    table = table_of("name , lat,other,other\r Larch  ,\t1,,\r\n#x\nB,2,,\n", FILE)
    assert table.rows(["name", "lat"]).columns == {"name": ["Larch", "B"], "lat": ["1", "2"]}
    assert table.rows(["name"]).lines == [2, 4]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("a: é".encode("utf-16"), "UTF-16 text; save the file as UTF-8"),
        ("a: é".encode("utf-32"), "UTF-32 text; save the file as UTF-8"),
        ("x: 1\na: é".encode("latin-1"), "x.yaml:2: not UTF-8 text: the byte 0xE9 would be 'é' in Latin-1"),
        (b"a: \x81", "x.yaml:1: not UTF-8 text; save"),
    ],
)
def test_the_encoding_is_named(raw: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read_yaml(tmp_path / "x.yaml")
    assert message in str(caught.value)


def test_a_file_of_any_kind_is_read_up_to_a_bound(tmp_path: Path) -> None:
    with (tmp_path / "sparse.csv").open("wb") as stream:
        stream.truncate(MOST_BYTES_OF_ANY + 1)
    with pytest.raises(InputError, match=r"sparse\.csv: the file is over 20,000 kB"):
        FileCache().content(tmp_path / "sparse.csv")


@given(
    st.lists(
        st.one_of(st.floats(allow_nan=False).map(str), st.integers().map(str), st.sampled_from(ODD_NUMBERS))
    )
)
def test_plain_numbers_are_those_that_each_text_is(texts: list[str]) -> None:
    for is_whole in (True, False):
        found = plain_numbers(texts, whole=is_whole)
        wanted = [whole(number_of(text)) for text in texts]
        assert not found or [(str(number), type(number)) for number in found] == [
            (str(each), int) if is_whole else (str(float(each)), float) for each in wanted
        ]


def test_a_plain_column_is_read_at_once() -> None:
    assert plain_numbers(["1", "-20", "0"], whole=True) == [1, -20, 0]
    assert [str(each) for each in plain_numbers(["1", "-0.5", "-0"], whole=False)] == ["1.0", "-0.5", "0.0"]
    assert plain_numbers(["1.0"], whole=True) == plain_numbers(["1e3"], whole=False) == []


@given(st.lists(st.text(alphabet=PLAIN_LETTERS, max_size=6), min_size=2, max_size=4))
def test_a_plain_row_is_that_of_the_csv_module(fields: list[str]) -> None:
    line = "x" + ",".join(fields)
    (row,) = table_of(f"{'h,' * (len(fields) - 1)}h\n{line}\n", FILE).body
    assert row == [text.strip() for text in next(csv.reader([line], strict=True))]
