"""What is said of few histories, of nothing and of parts of a whole holds: ranges, shares and sections of a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import CLAIMS, ENDINGS, fake_manifest, fake_material, fake_run, write_fake

import simulation
from simulation.comparison import quantities
from simulation.outcomes.tables import Words
from simulation.report.run.page import page
from simulation.results.folder import Results
from simulation.results.publication import Publication
from simulation.results.run_tables import RunTables
from simulation.results.summary import answer
from simulation.results.terminal import summary_parts
from simulation.statistics.intervals import fan, marks_of, spread, wilson
from simulation.wording.phrases import (
    natural_frequencies,
    of_hundred,
    parts_of_hundred,
    range_heading,
    span,
)
from simulation.wording.terminal import screen

NUMBERS = (1, 2, 5, 10, 19, 20, 21, 30, 39, 40, 50)
Tables = dict[str, dict[str, Any]]


@pytest.mark.parametrize("number", [*NUMBERS, 99, 1000])
def test_a_range_holds_what_it_says_of_any_number_of_values(number: int) -> None:
    values = np.random.default_rng(number).poisson(4, (number, 40)).astype(float)
    low, lower, middle, upper, high = marks_of(values)
    assert (((low <= values) & (values <= high)).mean(axis=0) >= 0.9).all()
    assert (((lower <= values) & (values <= upper)).mean(axis=0) >= 0.5).all()
    assert ((values <= middle).mean(axis=0) >= 0.5).all() and ((values >= middle).mean(axis=0) >= 0.5).all()
    assert np.isin([low, lower, upper, high], values).all()
    everything = (low == values.min(axis=0)) & (high == values.max(axis=0))
    assert everything.all() if number < 20 else not everything.all()
    assert range_heading(number) == ("lowest to highest" if number < 20 else "9 of 10 histories")


def test_what_does_not_apply_to_a_history_is_left_out_of_its_range() -> None:
    values = np.array([[1.0, np.nan], [np.nan, np.nan], [3.0, np.nan]])
    assert marks_of(values)[:, 0].tolist() == [1, 1, 2, 3, 3] and np.isnan(marks_of(values)[:, 1]).all()
    assert spread(values[:, 0]).marks == (1, 1, 2, 3, 3) and np.isnan(spread(values[:, 1]).marks).all()
    assert np.array_equal(fan(values), marks_of(values), equal_nan=True)


def test_a_printed_range_is_rounded_outwards() -> None:
    draw = np.random.default_rng(4)
    for _ in range(2000):
        low, high = np.sort(draw.normal(0, 10 ** draw.uniform(-3, 6), 2)).tolist()
        start, end = (float(each) for each in span(low, high).replace(",", "").split(" to "))
        assert (
            start <= low and high <= end and end - start <= 1.3 * (high - low) + 0.11 * (abs(low) + abs(high))
        )
    assert [span(828, 1108), span(1.2, 7.6), span(3, 3), span(0, 0)] == [
        "828 to 1,110",
        "1.2 to 7.6",
        "3",
        "0",
    ]


@pytest.mark.parametrize("number", [1, 2, 10, 19, 20, 30, 50])
def test_the_terminal_says_where_the_histories_lie(tmp_path: Path, number: int) -> None:
    results = write_fake(tmp_path / "run", replicates=number)
    text = screen(summary_parts(results, {}, {}))
    assert range_heading(number) in text
    row = re.search(r"people displaced, highest.*?([\d,.]+)(?: to ([\d,.]+))?\s*$", text, re.MULTILINE)
    assert row is not None
    low, high = (float((each or row[1]).replace(",", "")) for each in row.groups())
    values = results.outcomes["displaced_peak"].to_numpy()
    shown = values if number > 1 else np.array([low])
    assert ((low <= shown) & (shown <= high)).mean() >= (0.9 if number >= 20 else 1)


def test_parts_of_a_whole_add_up() -> None:
    assert parts_of_hundred([605, 390, 5]) == [61, 39, 0]
    assert parts_of_hundred([1, 1, 1]) == [34, 33, 33]
    assert parts_of_hundred([0, 7]) == [0, 100]
    draw = np.random.default_rng(2)
    for _ in range(500):
        assert sum(parts_of_hundred(draw.random(draw.integers(1, 9)).tolist())) == 100


def test_the_answer_adds_up_to_the_whole_and_names_what_is_rare() -> None:
    names = [ending.id for ending in ENDINGS]
    shares = {name: wilson(count, 1000) for name, count in zip(names, (605, 390, 5, 0, 0), strict=True)}
    told = answer(shares, {})
    assert "61 of 100 histories" in told and "follows with 39" in told and "5 of 1,000 histories" in told
    assert natural_frequencies({"only": wilson(7, 7)}) == {"only": (7, 7)}
    assert of_hundred(wilson(1, 1)) == "1 of 1 history"


def test_a_multiple_of_next_to_nothing_is_not_said() -> None:
    row = {"mean_reference": 0.43, "mean": 0.3}
    assert quantities.times(row) == "" and quantities.means(row, "people") == "0.3 instead of 0.43"
    assert quantities.times({"mean_reference": 0.0, "mean": 12.0}) == ""
    assert quantities.times({"mean_reference": 100.0, "mean": 100.4}) == ""
    row = {"mean_reference": 40.0, "mean": 75.2}
    assert (
        quantities.times(row) == ", 1.9 times as many"
        and quantities.means(row, "people") == "75 instead of 40"
    )


def test_a_difference_that_is_clear_is_never_none_of_so_many() -> None:
    row = {"share": 0.0003, "share_reference": 0.0, "difference": 0.0003, "low": 0.0001, "high": 0.0005}
    assert quantities.share_difference(row) == "3 more of 10,000 histories"
    assert quantities.instead(row) == "3 instead of 0 of 10,000 histories"
    whole = row | {"share": 0.605, "difference": 0.2, "hundredths": 61, "share_reference": 0.405}
    assert quantities.instead(whole) == "61 instead of 40 of 100 histories"


def test_no_page_and_no_summary_has_a_sentence_about_one_country() -> None:
    """What is true of one country stands in its data, not in the code."""
    one = re.compile(r"syria|aleppo|damascus|\bhts\b|two weeks|±5|5 km near|over-fitted", re.IGNORECASE)
    rooms = ("report", "scoring", "comparison", "histories", "results", "sensitivity_analysis", "wording")
    home = Path(simulation.__file__).parent
    files = [
        file for room in rooms for file in (home / room).rglob("*") if file.suffix in (".py", ".html", ".js")
    ]
    found = [
        (file.name, line)
        for file in files
        for line in file.read_text("utf-8").splitlines()
        if one.search(line)
    ]
    assert len(files) > 80 and found == []


def only_the_first_day(tables: Tables) -> None:
    _keep(tables["daily"], tables["daily"]["day"] == 0)
    tables["outcomes"]["end_day"] = np.zeros(len(tables["outcomes"]["end_day"]))


def no_place_falls(tables: Tables) -> None:
    _keep(tables["places"], np.zeros(len(tables["places"]["day"]), bool))


def all_alike(tables: Tables) -> None:
    outcomes = tables["outcomes"]
    for name, values in outcomes.items():
        if name not in ("replicate", "case") and not isinstance(values, Words):
            outcomes[name] = np.repeat(values[:1], len(values))


def nobody_is_hurt(tables: Tables) -> None:
    for name, values in tables["outcomes"].items():
        if name.startswith(("civilians_", "fighters_", "displaced_")):
            tables["outcomes"][name] = np.zeros_like(values)
    tables["daily"]["value"] = np.zeros_like(tables["daily"]["value"])


def _keep(table: dict[str, Any], rows: np.ndarray) -> None:
    for name, values in table.items():
        table[name] = (
            Words(codes=values.codes[rows], names=values.names) if isinstance(values, Words) else values[rows]
        )


def changed(folder: Path, number: int, changes: tuple[Callable[[Tables], None], ...]) -> Results:
    tables: Tables = {name: dict(table) for name, table in fake_run(number).chunk(0, number).items()}
    for change in changes:
        change(tables)
    with Publication(fake_manifest(number), folder) as place:
        with RunTables(place.working) as rows:
            rows.add(**tables)
            rows.close()
        place.seal(place.manifest.done())
    return Results(folder)


def test_a_summary_has_no_table_without_rows(tmp_path: Path) -> None:
    def nobody_is_left(tables: Tables) -> None:
        for name, values in tables["outcomes"].items():
            if name.startswith("fighters_left_"):
                tables["outcomes"][name] = np.zeros_like(values)

    results = changed(tmp_path / "run", 2, (*ODD["nothing at all"], nobody_is_left))
    assert "middle history" not in screen(summary_parts(results, {}, {}))


ODD: Mapping[str, tuple[Callable[[Tables], None], ...]] = {
    "as they are": (),
    "one day": (only_the_first_day,),
    "no falls": (no_place_falls,),
    "all alike": (all_alike,),
    "nobody is hurt": (nobody_is_hurt,),
    "nothing at all": (only_the_first_day, no_place_falls, all_alike, nobody_is_hurt),
}


@pytest.mark.parametrize(
    ("odd", "number"),
    [*((odd, 2) for odd in ODD), ("nothing at all", 1), ("nothing at all", 20), ("one day", 20)],
)
def test_every_section_copes_with_little_and_with_nothing(tmp_path: Path, odd: str, number: int) -> None:
    results = changed(tmp_path / "run", number, ODD[odd])
    html = page(fake_material(results, claims=CLAIMS, chains=None))
    assert number < 20 or "lowest to highest" not in html
    assert number >= 20 or "9 of 10" not in _said(html)
    for island in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL):
        content = json.loads(island)
        if "layout" in content:
            assert any(_drawn(trace) for trace in content["data"]), content["layout"]
    assert ("How to read the fan charts below" in html) == (
        'id="plot-area' in html or 'id="plot-killed' in html
    )
    assert re.search(r"\b(nan|inf)\b", _said(html)) is None
    if odd in ("one day", "nothing at all"):
        assert "every history is over when it begins" in html


def _drawn(trace: Mapping[str, Any]) -> bool:
    """Return whether a trace shows anything: a line needs two points that differ along the axis."""
    points = {x for x in trace.get("x", ()) if x is not None}
    return len(points) > 1 or (bool(points) and trace.get("mode", "") != "lines")


def _said(html: str) -> str:
    """Return what people read on a page."""
    plain = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", " ", plain))
