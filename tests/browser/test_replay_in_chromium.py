"""The replay in a real browser: silent, offline, moved by the keyboard, with the story in step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import PIXELS, WIDTHS, Opened


@pytest.fixture(scope="module", params=WIDTHS)
def opened(request: pytest.FixtureRequest, browser: Any, replay: Path) -> Iterator[Opened]:
    found = Opened(browser, replay, request.param)
    yield found
    found.page.close()


@pytest.fixture(autouse=True)
def at_the_start(opened: Opened) -> None:
    opened.page.evaluate("window.scrollTo(0, 0)")
    opened.page.locator("#story-map input").focus()
    opened.page.keyboard.press("Home")


def test_it_is_silent_and_offline(opened: Opened) -> None:
    for _ in range(12):
        opened.page.keyboard.press("ArrowRight")
    opened.assert_silent_and_offline()


def test_nothing_runs_over_the_side(opened: Opened) -> None:
    opened.assert_within_the_screen()


def test_text_can_be_read_against_what_lies_behind_it(opened: Opened) -> None:
    opened.assert_legible()


def test_arrow_keys_turn_the_quarter_days(opened: Opened) -> None:
    page = opened.page
    start = page.evaluate(PIXELS, "story-map")
    assert page.locator("#story-map-now").inner_text() == "Day 0, 00:00: Monday 1 January 2024"
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    moment = "Day 1, 12:00: Tuesday 2 January 2024"
    assert page.locator("#story-map-now").inner_text() == moment
    assert page.locator("#story-map input").get_attribute("aria-valuetext") == moment
    assert page.evaluate(PIXELS, "story-map") != start
    assert "2 strikes, 500 people flee" in page.locator(".map-moves").inner_text()
    page.keyboard.press("Home")
    assert page.evaluate(PIXELS, "story-map") == start


def test_the_story_scrolls_to_its_day_and_the_page_stays(opened: Opened) -> None:
    page = opened.page
    before = page.evaluate("window.scrollY")
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    assert page.locator(".telling li.now").get_attribute("data-day") == "2"
    assert page.locator(".telling li.now").count() == 1
    seen = page.evaluate(
        """() => { const box = document.querySelector('.telling').getBoundingClientRect();
        const now = document.querySelector('.telling li.now .when').getBoundingClientRect();
        return now.top >= box.top - 1 && now.bottom <= box.bottom + 1 }"""
    )
    assert seen
    assert page.evaluate("window.scrollY") == before


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_the_play_button_answers_the_keyboard(opened: Opened, key: str) -> None:
    page = opened.page
    button, slider = page.locator(".map-play"), page.locator("#story-map input")
    button.focus()
    page.keyboard.press(key)
    assert button.get_attribute("aria-label") == "Pause"
    page.wait_for_timeout(900)
    page.keyboard.press(key)
    stopped = slider.input_value()
    assert int(stopped) >= 1
    assert button.get_attribute("aria-label") == "Play the days"
    page.wait_for_timeout(800)
    assert slider.input_value() == stopped


def test_the_map_has_words_for_those_who_do_not_see_it(opened: Opened) -> None:
    page = opened.page
    assert "history 3" in (page.locator("#story-map canvas").get_attribute("aria-label") or "")
    assert page.locator(".telling").get_attribute("aria-label") == "The story day by day"
    assert page.locator("details.numbers table").count() == 1
    unnamed = page.evaluate(
        """[...document.querySelectorAll('button, input')].filter(part =>
        !part.getAttribute('aria-label') && !part.textContent.trim()).length"""
    )
    assert unnamed == 0


def test_pointing_at_a_square_reads_its_holder_and_fighters(opened: Opened) -> None:
    page = opened.page
    spot = page.evaluate(
        "() => { const map = document.querySelector('#story-map').control; return map.middleOf(0) }"
    )
    page.locator("#story-map canvas").hover(position={"x": spot[0], "y": spot[1]})
    told = page.locator("#story-map .map-readout").inner_text()
    assert "300 fighters of " in told and "of 100 histories" not in told
