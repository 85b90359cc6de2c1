"""What is printed: pages as a summary of a few sheets, the sheets of every lesson, and a report that stays covered."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fakes import write_fake
from pages import WIDTHS, Opened, sheets

from simulation.report.cover import ASKS, covered
from simulation.report.lesson_kit.subject import LessonSubject, lesson_subject
from simulation.report.lesson_kit.teacher import teachers_page
from simulation.report.lesson_kit.worksheet import worksheet
from simulation.results.folder import Results
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.catalogue import names
from simulation.scenario.lesson_plan import NUMBER
from simulation.scenario.lesson_steps import own_command
from simulation.world.world import World, build_world

SEEN = "[...document.querySelectorAll('.plot')].filter(box => box.checkVisibility()).length"


@cache
def world_of(seeds: Path) -> World:
    """Return a world of the seeds: sheets ask it for its endings, which are the same for all that share them."""
    return build_world(next(each for each in map(load_scenario, names()) if each.seeds == seeds))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return write_fake(tmp_path_factory.mktemp("lesson") / "run")


def subject(name: str, scenario: Scenario, results: Results) -> LessonSubject:
    assert scenario.lesson is not None
    command = own_command(scenario.lesson)
    runs = [(each, results) for each in command[1:]]
    return lesson_subject(name, scenario, world_of(scenario.seeds), command, runs, ["It came out so. " * 20])


def test_reports_print_as_a_summary_of_few_sheets(browser: Any, report: Path) -> None:
    opened = Opened(browser, report, 1280)
    assert 2 <= sheets(opened.page) <= 4
    opened.page.evaluate("document.body.classList.add('whole')")
    assert sheets(opened.page) > 8
    opened.page.close()


def test_the_sheets_of_every_lesson_are_two(
    browser: Any, results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The made-up run has other places than the lessons: a number is as long as the longest."""
    told = "8 fewer of 100 histories (5 to 12 fewer; not distinguishable)"
    monkeypatch.setattr(f"{teachers_page.__module__}.filled", lambda answer, facts: NUMBER.sub(told, answer))
    page, wrong = browser.new_page(), {}
    for name in names():
        scenario = load_scenario(name)
        about = subject(name, scenario, results)
        for make in (worksheet, teachers_page):
            page.set_content(make(about))
            if sheets(page) != 2:
                wrong[name, make.__name__] = sheets(page)
    page.close()
    assert not wrong


@pytest.mark.parametrize("width", WIDTHS)
def test_a_covered_report_tells_nothing_until_it_is_asked(
    width: int, browser: Any, report: Path, tmp_path: Path
) -> None:
    file = tmp_path / "covered.html"
    file.write_text(covered(report.read_text(encoding="utf-8")), encoding="utf-8")
    opened = Opened(browser, file, width)
    assert opened.page.evaluate(SEEN) == 0 and not opened.page.locator("#answer p").first.is_visible()
    assert opened.page.locator(".predict p").is_visible()
    assert sheets(opened.page) == 1
    opened.page.get_by_text(ASKS).click()
    opened.wait_until(f"{SEEN} > 5 && document.querySelector('#plot-endings .main-svg').clientWidth > 200")
    assert opened.page.locator("#answer p").first.is_visible() and opened.complaints == []
    opened.page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_sheets_fit_a_screen_too(width: int, browser: Any, results: Results) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    scenario = load_scenario("allies-available")
    page.set_content(worksheet(subject("allies-available", scenario, results)))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
