"""The report in a real browser: silent, offline, no sideways scrolling, a map that answers the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import PIXELS, WIDTHS, Opened


@pytest.fixture(scope="module", params=WIDTHS)
def opened(request: pytest.FixtureRequest, browser: Any, report: Path) -> Iterator[Opened]:
    found = Opened(browser, report, request.param)
    yield found
    found.page.close()


def test_it_is_silent_and_offline(opened: Opened) -> None:
    opened.assert_silent_and_offline()


def test_nothing_runs_over_the_side(opened: Opened) -> None:
    opened.assert_within_the_screen()


BESIDE = """() => { const box = of => document.querySelector(of).getBoundingClientRect(),
    nav = box('nav'), answer = box('#answer');
  const rows = [...document.querySelectorAll('#endings td.number')];
  return [nav.left > answer.right, nav.right - answer.left,
    rows.every(each => each.getClientRects()[0].height < 60)] }"""


def test_the_contents_stand_beside_the_text_where_there_is_room(opened: Opened) -> None:
    wide = opened.page.viewport_size["width"] > 1000
    beside, width, one_line = opened.page.evaluate(BESIDE)
    assert beside == wide and one_line
    assert width > (0.9 if wide else 0.8) * opened.page.viewport_size["width"]


def test_text_can_be_read_against_what_lies_behind_it(opened: Opened) -> None:
    opened.assert_legible()


def test_every_figure_is_drawn(opened: Opened) -> None:
    page = opened.page
    plots = page.locator(".plot").count()
    assert plots > 15
    assert page.locator(".plot .main-svg").count() >= plots
    empty = page.evaluate(
        """[...document.querySelectorAll('.plot')].filter(box =>
        !box.querySelector('.points path, .point path, .js-line, .js-fill')).map(box => box.id)"""
    )
    assert empty == []


def test_arrow_keys_turn_the_days_of_the_map(opened: Opened) -> None:
    page = opened.page
    slider = page.locator("#map-control input")
    before, day = page.evaluate(PIXELS, "map-control"), page.locator("#map-control-now").inner_text()
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert page.locator("#map-control-now").inner_text() == "Day 5: Monday 2 December 2024" != day
    assert slider.get_attribute("aria-valuetext") == "Day 5: Monday 2 December 2024"
    after = page.evaluate(PIXELS, "map-control")
    assert after != before
    page.keyboard.press("Home")
    assert page.evaluate(PIXELS, "map-control") == before


def test_a_story_follows_its_map(opened: Opened) -> None:
    page = opened.page
    page.locator("#story-0-map input").focus()
    page.keyboard.press("ArrowRight")
    when = page.locator(".telling[data-map=story-0-map] li.now .when")
    assert when.inner_text() == "Day 0 · Wed 27 Nov"  # the first step leads to the end of day 0
    page.keyboard.press("ArrowRight")
    assert when.inner_text() == "Day 1 · Thu 28 Nov"
    assert page.locator(".telling[data-map=story-1-map] li.now").get_attribute("data-day") == "0"


def test_pointing_at_the_map_reads_a_square(opened: Opened) -> None:
    canvas = opened.page.locator("#map-control canvas")
    canvas.scroll_into_view_if_needed()
    canvas.hover(position={"x": 150, "y": 150})
    assert "of 100 histories" in opened.page.locator("#map-control .map-readout").inner_text()


def test_play_runs_and_stops(opened: Opened) -> None:
    page = opened.page
    button = page.locator("#map-control .map-play")
    button.click()
    page.wait_for_timeout(800)
    button.click()
    day = page.locator("#map-control input").input_value()
    assert int(day) >= 1
    page.wait_for_timeout(800)
    assert page.locator("#map-control input").input_value() == day


def test_a_map_of_many_squares_can_be_seen_from_close_by(opened: Opened) -> None:
    button, canvas = (
        opened.page.locator("#story-0-map .map-closer"),
        opened.page.locator("#story-0-map canvas"),
    )
    whole = canvas.bounding_box()
    button.focus()
    opened.page.keyboard.press("Enter")
    assert button.inner_text() == "Whole map"
    close = canvas.bounding_box()
    assert whole and close and close["height"] > whole["height"]
    assert close["height"] / close["width"] == pytest.approx(whole["height"] / whole["width"], rel=0.03)
    opened.page.keyboard.press("Enter")
    back = canvas.bounding_box()
    assert back and (back["width"], back["height"]) == (whole["width"], whole["height"])


def test_it_prints_without_cutting_figures(browser: Any, report: Path) -> None:
    opened = Opened(browser, report, 1280)
    opened.page.evaluate("document.body.classList.add('whole')")
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    widest = opened.page.evaluate(
        "Math.max(...[...document.querySelectorAll('.plot .main-svg')].map(svg => svg.clientWidth))"
    )
    assert 0 < widest <= 680
    assert opened.page.locator("details:not([open], .origins)").count() == 0
    opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    opened.page.emulate_media(media="screen")
    opened.wait_until("document.querySelector('#plot-endings .main-svg').clientWidth > 900")
    opened.page.close()
