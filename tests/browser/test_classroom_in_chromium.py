"""A lesson in real browsers: ten phones, the wall and the teacher, a reload, two tabs, and a name full of markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("segno")

from classes import Served, served, wait_for
from pages import CONTRAST, WIDE

PHONES = 10
EVIL = "<img src=x onerror=hi()>"
PHONE, WALL = {"width": 360, "height": 740}, {"width": 1280, "height": 720}
DOTS = "Number(document.getElementById('figure').dataset.dots || 0)"


@dataclass
class Room:
    """The served lesson with all pages that are open, and what any of them complained about or asked elsewhere."""

    lesson: Served
    phones: list[Any]
    wall: Any
    teacher: Any
    complaints: list[str]
    requests: list[str]


@pytest.fixture(scope="module")
def room(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Open a lesson in ten phones with a storage each, and let all of them join."""
    with served("two-valleys-ceasefire", tmp_path_factory.mktemp("class") / "lesson", histories=5) as lesson:
        complaints: list[str] = []
        requests: list[str] = []

        def opened(path: str, size: dict[str, int]) -> Any:
            page = browser.new_context(viewport=size).new_page()
            page.on(
                "console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None
            )
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("request", lambda request: requests.append(request.url))
            page.goto(lesson.url + path)
            return page

        wall = opened(f"/projector#{lesson.room.code}", WALL)
        teacher = opened(f"/teacher#{lesson.room.teacher}", WALL)
        phones = [opened(f"/#{lesson.room.code}", PHONE) for _ in range(PHONES)]
        for k, phone in enumerate(phones):
            phone.fill("#nickname", EVIL if k == 0 else f"pupil {k}")
            phone.press("#nickname", "Enter")
        for phone in phones:
            phone.wait_for_selector("#lesson:not([hidden])")
        yield Room(lesson, phones, wall, teacher, complaints, requests)


@pytest.fixture(scope="module")
def guessed(room: Room) -> Room:
    """The teacher opens the stage by its button, and everybody writes down a guess, with the keyboard alone."""
    room.teacher.click("#stages button >> text=Predict")
    for k, phone in enumerate(room.phones):
        phone.wait_for_selector("#predict:not([hidden])")
        phone.focus("#guess-1-0")
        phone.keyboard.type(f"{10 * k}")
        phone.keyboard.press("Enter")
    wait_for(lambda: len(room.lesson.room.guesses) == PHONES, "guesses")
    return room


@pytest.fixture(scope="module")
def played(guessed: Room) -> Room:
    """Everybody plays five histories; the second phone is reloaded at once."""
    guessed.teacher.click("#stages button >> text=Play")
    for k, phone in enumerate(guessed.phones):
        phone.wait_for_selector("#play:not([hidden])")
        phone.check(f"#choices input >> nth={k % 2}")
        phone.click("#buttons button >> text=Play 5")
        if k == 1:
            wait_for(
                lambda phone=phone: phone.evaluate("!JSON.parse(localStorage.outbox || '[]').length"),
                "an answer",
            )
            phone.reload()
    wait_for(lambda: len(guessed.lesson.room.dots) == 5 * PHONES, "histories")
    return guessed


def test_markup_in_a_name_is_text(room: Room) -> None:
    assert EVIL[:24] in room.phones[0].inner_text("#who")
    room.teacher.click("#names")
    assert EVIL[:24] in room.teacher.inner_text("#people")
    assert "pupil" not in room.wall.inner_text("body").replace("pupils", "")
    assert room.phones[0].locator("#who img").count() + room.teacher.locator("#people img").count() == 0


def test_the_clock_names_the_part_that_runs_and_the_next(room: Room) -> None:
    assert (
        room.teacher.inner_text("#minute") == "" and room.teacher.locator("#plan [aria-current]").count() == 0
    )
    room.teacher.click("#begin")
    room.teacher.locator("#plan [aria-current=time]").wait_for()
    parts = [step.part for step in room.lesson.room.plan.lesson.steps]
    assert room.teacher.inner_text("#minute").startswith(f"Minute 1 of 45: {parts[0]}, until minute ")
    assert room.teacher.inner_text("#minute").endswith(f"Next: {parts[1]}.")
    room.teacher.set_viewport_size(PHONE)
    broken = "[...document.querySelectorAll('th')].filter(e => e.getBoundingClientRect().height > 40).length"
    assert room.teacher.evaluate(broken) == 0, "a heading broken within its word"
    room.teacher.set_viewport_size(WALL)


def test_everybody_sees_every_dot_once(played: Room) -> None:
    for page in (*played.phones, played.wall, played.teacher):
        wait_for(lambda page=page: page.evaluate(DOTS) == 5 * PHONES, "dots")
        page.wait_for_timeout(50)
        assert page.locator("#figure circle").count() == 5 * PHONES
    for phone in played.phones:
        assert phone.locator("#figure circle.mine").count() == 5


def test_who_reloads_and_who_opens_a_second_tab_sits_where_they_sat(played: Room) -> None:
    phone = played.phones[1]
    seat = phone.inner_text("#who")
    tab = phone.context.new_page()
    tab.goto(played.lesson.url)
    tab.wait_for_selector("#lesson:not([hidden])")
    assert seat.startswith("pupil 1") and tab.inner_text("#who") == seat
    wait_for(lambda: "5 of 5" in tab.inner_text("#left"), "what was played")
    tab.close()
    assert len(played.lesson.room.seats) == PHONES


def test_a_phone_that_was_away_sends_what_it_could_not(played: Room) -> None:
    """Without a network a guess waits in the phone, a reload later too; the dots it missed come once."""
    phone = played.phones[3]
    played.lesson.room.move(type(played.lesson.room.stage)("predict"))
    phone.wait_for_selector("#predict:not([hidden])")
    phone.context.set_offline(True)
    phone.fill("#guess-0-0", "77")
    phone.press("#guess-0-0", "Enter")
    phone.wait_for_timeout(300)
    assert (4, 0, 0) not in played.lesson.room.guesses
    phone.context.set_offline(False)
    wait_for(lambda: 77.0 in played.lesson.room.guesses.values(), "the guess")


def test_guesses_lie_over_the_result_when_they_are_compared(played: Room) -> None:
    played.teacher.click("#stages button >> text=Compare")
    for page in (played.phones[2], played.wall):
        # A selector, for a page that forbids `eval` cannot ask itself again and again whether a function holds.
        page.locator("#steps [aria-current]", has_text="Compare").wait_for()
        page.click("#views button >> nth=1")
        page.wait_for_selector("#figure path.guess >> nth=9")
        assert page.locator("#figure line.result").count() == 2
    assert played.phones[2].locator("#figure path.guess.mine").count() >= 1


def test_pages_fit_are_legible_and_told(played: Room) -> None:
    for page in (played.phones[2], played.wall, played.teacher):
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert page.evaluate(WIDE) == []
        assert page.evaluate(CONTRAST) == []
        told = page.evaluate("[...document.querySelectorAll('#figure svg')].map(e => e.ariaLabel.length)")
        assert told and min(told) > 20
        fields = "[...document.querySelectorAll('input')].filter(e => !e.labels.length).length"
        assert page.evaluate(fields) == 0


def test_the_wall_shows_its_figure_without_scrolling(played: Room) -> None:
    played.wall.click("#views button >> nth=0")
    bottom = "Math.max(...[...document.querySelectorAll('#figure svg')].map(e => e.getBoundingClientRect().bottom))"
    sizes = "Math.min(...[...document.querySelectorAll('#figure text')].map(e => e.getBoundingClientRect().height))"
    for _ in range(100):  # it is drawn again as dots come
        lowest, smallest = played.wall.evaluate(bottom), played.wall.evaluate(sizes)
        if lowest <= WALL["height"] and smallest >= WALL["height"] / 36:
            break
        played.wall.wait_for_timeout(100)
    assert lowest <= WALL["height"]
    assert smallest >= WALL["height"] / 36, "readable from the last row"


def test_nothing_is_asked_of_anybody_else_and_nothing_complained_of(played: Room) -> None:
    assert {url for url in played.requests if not url.startswith(played.lesson.url)} == set()
    offline = "ERR_INTERNET_DISCONNECTED"
    assert [text for text in played.complaints if offline not in text] == []
