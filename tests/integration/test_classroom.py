"""A lesson held with a class: the pooled run is a plain run, and nobody loses a seat, a guess or a dot."""

from __future__ import annotations

import csv
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("segno")

from classes import Asker, Command, Pupil, Served, free_port, served, wait_for

from simulation import open_run, run
from simulation.classroom.ending import PAGE

TABLES = ("outcomes", "places", "daily", "cells")


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served("two-valleys-ceasefire", tmp_path_factory.mktemp("class") / "lesson", histories=12) as found:
        yield found


@pytest.fixture(scope="module")
def pupils(lesson: Served) -> list[Pupil]:
    """Three pupils who have guessed and played: the second twice, and the third what nobody else chose."""
    found = [lesson.joined(name) for name in ("Ana", "<b>Bo</b>", "=Cy")]
    lesson.teacher().ask("/api/stage", {"stage": "predict"})
    for k, pupil in enumerate(found):
        assert pupil.guess(0, 0, 10.0 * k)[0] == 200
        assert pupil.guess(1, 0, 50)[0] == 200
    lesson.teacher().ask("/api/stage", {"stage": "play"})
    for pupil, choice, count in ((found[0], 0, 7), (found[1], 0, 3), (found[1], 0, 2), (found[2], 1, 6)):
        assert pupil.play(choice, count)[0] == 200
    wait_for(lambda: len(lesson.room.dots) == 18, "18 histories")
    return found


def test_every_history_is_one_dot_with_an_address_of_its_own(lesson: Served, pupils: list[Pupil]) -> None:
    found = pupils[0].events(lambda events: events[-1][0] == "dots" and events[-1][1][-1][0] >= 18)
    assert "counts" not in {name for name, _ in found}, "no phone shows them, and each is woken by them"
    dots = [dot for name, data in found if name == "dots" for dot in data]
    assert [dot[0] for dot in dots] == list(range(1, 19))
    assert sorted((dot[1], dot[2]) for dot in dots) == [(0, k) for k in range(12)] + [
        (1, k) for k in range(6)
    ]
    owners = {dot[3]: sum(each[3] == dot[3] for each in dots) for dot in dots}
    assert owners == {1: 7, 2: 5, 3: 6}


def test_whoever_comes_back_gets_the_dots_since_then(lesson: Served, pupils: list[Pupil]) -> None:
    found = pupils[1].events(lambda events: events[-1][0] == "dots", after=15)
    assert [dot[0] for dot in found[-1][1]] == [16, 17, 18]


def test_asking_again_asks_for_nothing_more(lesson: Served, pupils: list[Pupil]) -> None:
    """The answer was lost, or there are two tabs: a request counts once, and a token has one seat."""
    before = lesson.room.histories()
    asked = [pupils[0].play(0, 1, "the-same-request")[1]["asked"] for _ in range(2)]
    assert asked == [8, 8]
    assert lesson.room.histories() == [before[0] + 1, before[1]]
    assert pupils[0].join(lesson.room.code, "Ana")[1]["seat"] == 1
    assert pupils[0].play(0, 5)[0] == 409, "no more than a seat may play"


def test_nobody_sees_what_is_not_open(lesson: Served, pupils: list[Pupil]) -> None:
    shown = pupils[0].ask("/api/state")[1]["lesson"]
    assert "predict" in shown and not {"notice", "guesses", "debrief", "try"} & set(shown)
    assert "simulate" not in shown["predict"]
    assert pupils[0].guess(0, 0, 1)[0] == 409
    assert pupils[0].ask("/api/people")[0] == 403


def test_the_teacher_alone_has_the_plan_and_starts_its_clock(lesson: Served, pupils: list[Pupil]) -> None:
    assert pupils[0].ask("/api/plan")[0] == 403 and pupils[0].ask("/api/begin", {})[0] == 403
    plan = lesson.teacher().ask("/api/plan")[1]
    assert plan["ran"] is None and [plan["steps"][k]["begins"] for k in (0, 1)] == [0, 5]
    assert plan["steps"][-1]["ends"] == 45 and plan["steps"][1]["stage"] == "Predict"
    assert 0 <= lesson.teacher().ask("/api/begin", {})[1]["ran"] < 60
    assert lesson.teacher().ask("/api/plan")[1]["ran"] >= 0


def test_a_lesson_that_is_taken_up_has_all_that_was_done(lesson: Served, pupils: list[Pupil]) -> None:
    """What a second process reads while the first still holds it is what there would be after a power cut."""
    from simulation.classroom.store import Store

    kept = Store(lesson.folder / "class.sqlite")
    assert kept.guesses() == lesson.room.guesses and len(kept.guesses()) == 6
    assert kept.dots() == lesson.room.dots
    kept.close()
    base = sqlite3.connect(lesson.folder / "class.sqlite")
    assert base.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    text = "".join(str(row) for row in base.execute("SELECT * FROM seat"))
    base.close()
    assert not any(pupil.token in text for pupil in pupils)


def test_the_pooled_run_is_a_plain_run_to_the_byte(
    lesson: Served, pupils: list[Pupil], tmp_path: Path
) -> None:
    assert pupils[0].ask("/api/end", {})[0] == 403
    assert lesson.teacher().ask("/api/end", {}) == (200, {"writing": True})
    wait_for(lambda: lesson.room.finished, "the results")
    for name, count in zip(("two-valleys", "two-valleys-ceasefire"), lesson.room.histories(), strict=True):
        pooled = open_run(lesson.folder / name)
        plain = run(name, replicates=count, out=tmp_path / name, report=False)
        for table in TABLES:
            file = f"{table}.parquet"
            assert (pooled.folder / file).read_bytes() == (plain.folder / file).read_bytes()
    rows = list(csv.reader((lesson.folder / "guesses.csv").open(newline="")))
    assert len(rows) == 7 and rows[0] == ["seat", "scenario", "question", "unit", "guess"]
    page = (lesson.folder / PAGE).read_text(encoding="utf-8")
    assert "<b>Bo" not in page and "Ana" not in page
    assert lesson.teacher().ask("/api/stage", {"stage": "play"})[0] == 409


def test_the_command_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    """Signal 9 while histories are played: seat, guess, stage and code stay, and all that was asked for is played."""
    folder, port = tmp_path / "lesson", free_port()
    first = Command("duel", port, folder)
    facts = first.facts()
    teacher, pupil = Asker(port, f"Teacher {facts['teacher']}"), Pupil.joined(port, facts["code"], "Ana")
    teacher.ask("/api/stage", {"stage": "predict"})
    pupil.guess(0, 0, 60)
    teacher.ask("/api/stage", {"stage": "play"})
    assert pupil.play(0, 25, "asked-for-once")[0] == 200
    first.process.kill()
    first.process.communicate()
    second = Command("duel", port, folder)
    try:
        assert second.facts() == facts | {"stage": "play"}
        mine = pupil.play(0, 25, "asked-for-once")[1]
        assert (mine["seat"], mine["asked"], mine["guesses"]) == (1, 25, {"0.0": 60.0})
        seen = pupil.events(lambda events: events[-1][0] == "dots" and events[-1][1][-1][0] == 25)
        assert sorted(dot[2] for name, data in seen if name == "dots" for dot in data) == list(range(25))
    finally:
        second.process.send_signal(signal.SIGINT)
        told = second.process.communicate(timeout=60)[1].decode()
    assert second.process.returncode == 130 and f"simulate classroom duel --out {folder} goes on" in told
