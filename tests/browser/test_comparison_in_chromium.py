"""The page of a comparison in a real browser: silent, offline, legible, its maps turned by the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import WIDTHS, Opened

from simulation import compare

WITHOUT = """\
extends: aleppo
title: No strikes
question: How would the first days look without strikes?
measures:
  - bombardment: {by: russia, sorties_per_day: 0, from_day: 0}
  - bombardment: {by: government, sorties_per_day: 0, from_day: 0}
"""

LATE = """\
extends: two-valleys
title: Late strikes
measures:
  - bombardment: {by: river_council, sorties_per_day: 200, from_day: 7.8}
"""


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compare a few days with and without strikes, and with a weak army."""
    folder = tmp_path_factory.mktemp("comparison")
    (folder / "no-strikes.yaml").write_text(WITHOUT)
    scenarios = ["aleppo", folder / "no-strikes.yaml", "aleppo --set inputs.government_cohesion=0.1"]
    done = compare(scenarios, overrides=["days=6"], replicates=30, out=folder / "out")
    assert done.report is not None
    return done.report


@pytest.fixture(scope="module")
def late_strikes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compare two valleys with the same and strikes in the last hours, too late for any ending to differ."""
    folder = tmp_path_factory.mktemp("late")
    (folder / "late.yaml").write_text(LATE)
    done = compare(
        ["two-valleys", folder / "late.yaml"], overrides=["days=8"], replicates=30, out=folder / "out"
    )
    assert done.report is not None
    return done.report


@pytest.fixture(scope="module", params=WIDTHS)
def opened(request: pytest.FixtureRequest, browser: Any, comparison: Path) -> Iterator[Opened]:
    found = Opened(browser, comparison, request.param)
    yield found
    found.page.close()


def test_it_is_silent_and_offline(opened: Opened, comparison: Path) -> None:
    opened.assert_silent_and_offline()
    assert comparison.stat().st_size < 8_000_000


def test_nothing_runs_over_the_side(opened: Opened) -> None:
    opened.assert_within_the_screen()


def test_text_can_be_read_against_what_lies_behind_it(opened: Opened) -> None:
    opened.assert_legible()


def test_the_first_screen_says_what_can_be_told_apart(opened: Opened) -> None:
    answer = opened.page.locator("#answer")
    text = " ".join(answer.inner_text().split())
    assert "No strikes." in text and re.search(r"at 30 histories|No other scenario changes", text)
    assert answer.locator("h3").all_inner_texts()[:2] == ["How it ends", "Civilians"]
    assert "not what really happened" in text
    assert "not calibrated" in text
    if opened.page.viewport_size["width"] == WIDTHS[0]:
        assert answer.bounding_box()["y"] < 400


def test_everything_has_a_heading_and_its_link(opened: Opened) -> None:
    page = opened.page
    links = page.eval_on_selector_all("nav a", "all => all.map(a => a.getAttribute('href').slice(1))")
    assert links == page.eval_on_selector_all("main > section[id]:not(#answer)", "all => all.map(s => s.id)")
    assert len(links) == 12


def test_every_figure_is_drawn_and_has_words_for_who_cannot_see_it(opened: Opened) -> None:
    plots = opened.page.locator(".plot")
    assert plots.count() > 20
    bare = opened.page.evaluate(
        """[...document.querySelectorAll('.plot, canvas')].filter(box => !box.getAttribute('aria-label') ||
        (box.matches('.plot') && !box.querySelector('.points path, .point path, .js-line'))).map(box => box.id)"""
    )
    assert bare == []


def test_panels_of_a_row_share_their_axes(opened: Opened) -> None:
    shared = opened.page.evaluate(
        """[...document.querySelectorAll('#falls .cards, #outcomes .cards, #endings .cards')].map(row =>
        new Set([...row.querySelectorAll('.plot')].map(box => JSON.stringify(
          [box._fullLayout.xaxis.range, box._fullLayout.yaxis.range]))).size)"""
    )
    assert len(shared) > 5 and set(shared) == {1}


def test_two_endings_keep_their_sides_in_all_panels(opened: Opened) -> None:
    moves = opened.page.evaluate(
        """[...document.querySelectorAll('.moves li')].map(row =>
        [row.querySelector('.from').textContent, row.querySelector('.to').textContent])"""
    )
    assert moves and not [pair for pair in moves if pair[::-1] in moves]


def test_the_axis_is_named_above_and_below(opened: Opened) -> None:
    texts = opened.page.locator("#plot-most-endings text").all_text_contents()
    assert texts.count("none") == 2


def test_what_is_identical_has_no_line(browser: Any, late_strikes: Path) -> None:
    page = Opened(browser, late_strikes, WIDTHS[0]).page
    lines = page.evaluate(
        """[...document.querySelectorAll('.plot')].flatMap(plot => plot.data ?? [])
        .filter(dots => Array.isArray(dots.hovertemplate) && dots.error_x?.array).flatMap(dots =>
          dots.hovertemplate.map((text, i) =>
            [text.includes('identical'), dots.error_x.array[i] + dots.error_x.arrayminus[i]]))"""
    )
    page.close()
    same, other = ([length for alike, length in lines if alike is way] for way in (True, False))
    assert same and set(same) == {0}
    assert other and min(other) > 0


def test_arrow_keys_turn_the_days_of_all_maps(opened: Opened) -> None:
    page = opened.page
    slider, day = page.locator("#difference input"), page.locator("#difference-now")
    slider.focus()
    assert day.inner_text() == "Day 6: Tuesday 3 December 2024"
    pixels = "all => all.map(c => c.toDataURL())"
    last = page.locator("#difference canvas").evaluate_all(pixels)
    page.keyboard.press("Home")
    first = page.locator("#difference canvas").evaluate_all(pixels)
    assert day.inner_text() == "Day 0: Wednesday 27 November 2024" == slider.get_attribute("aria-valuetext")
    assert set(page.locator("#difference .map-count").all_inner_texts()) == {"no square clearly differs"}
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    assert page.locator("#difference canvas").evaluate_all(pixels) == last
    assert first


def test_a_map_that_never_differs_is_a_sentence(opened: Opened) -> None:
    drawn = opened.page.locator("#difference canvas").count()
    assert ("No map is drawn for" in opened.page.locator("#map").inner_text()) == (drawn < 2)


def test_pointing_at_a_map_reads_a_square(opened: Opened) -> None:
    canvas = opened.page.locator("#difference canvas").first
    canvas.scroll_into_view_if_needed()
    canvas.hover(position={"x": 90, "y": 120})
    assert (
        "of 100 histories, in the reference in"
        in opened.page.locator("#difference .map-readout").inner_text()
    )


def test_it_prints_whole(browser: Any, comparison: Path) -> None:
    found = Opened(browser, comparison, 1280)
    found.page.evaluate("document.body.classList.add('whole')")
    found.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    found.page.emulate_media(media="print")
    assert found.page.locator("details:not([open])").count() == 0
    over = found.page.evaluate(
        """[...document.querySelectorAll('.plot .main-svg')].filter(svg => svg.clientWidth > 680).length"""
    )
    assert over == 0
    found.page.close()
