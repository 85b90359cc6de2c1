"""A served lesson attacked from the same room: nothing is read, changed, stopped or told that should not be."""

from __future__ import annotations

import json
import secrets
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytest.importorskip("segno")

from classes import Asker, Pupil, Served, served, wait_for

from simulation.classroom import server
from simulation.classroom.guard import HEADERS
from simulation.classroom.identity import Role
from simulation.classroom.operations import OPERATIONS

GOOD = {
    "/api/join": {"code": "AAAAAA", "nickname": "x", "token": "t" * 30},
    "/api/guess": {"choice": 0, "question": 0, "value": 1},
    "/api/play": {"choice": 0, "count": 1, "request": "r" * 12},
    "/api/stage": {"stage": "play"},
    "/api/begin": {},
    "/api/door": {"open": True},
    "/api/remove": {"seat": 10**6},
    "/api/way-back": {"seat": 10**6},
    "/api/end": {},
}
BODIES = [
    b"", b"null", b"[]", b"{", b"\xff\xfe", b"[" * 4000, b'{"choice":' * 400, b"1e999",
    b'{"choice": NaN, "question": 0, "value": 1}', b'{"choice": 0, "question": 0, "value": Infinity}',
    b'{"choice": 0, "question": 0, "value": -1}', b'{"choice": 0, "question": 0, "value": 1e300}',
    b'{"choice": 0, "question": 0, "value": "1"}', b'{"choice": true, "question": 0, "value": 1}',
    b'{"choice": -1, "question": 0, "value": 1}', b'{"choice": 99, "question": 0, "value": 1}',
    b'{"choice": 99999999999999999999999, "question": 0, "value": 1}', b'{"choice": 0, "question": 0}',
    b'{"choice": 0, "question": 0, "value": 1, "seat": 2}', b'{"choice": 0, "question": 0, "value": null}',
]  # fmt: skip
NAMES = ["", "   ", "x" * 25, "a\u202eb", "a\u200bb", "a\0b", "a\nb\x07", "\u3164", "\u2800", "...", "\ud800"]
PATHS = [
    "/static/../room.py", "/static/%2e%2e/room.py", "/static/..%2froom.py", "//etc/passwd", "/class.sqlite", "/static/",
    "/static/pupil.html", "/static/class.html", "/docs", "/openapi.json", "/api", "/api/", "/teacher/", "/%00", "/.git",
]  # fmt: skip


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served("duel", tmp_path_factory.mktemp("attack") / "lesson", histories=12, seats=8) as found:
        yield found


@pytest.fixture(scope="module")
def pupil(lesson: Served) -> Pupil:
    found = lesson.joined("Honest")
    lesson.teacher().ask("/api/stage", {"stage": "predict"})
    return found


def raw(port: int, text: bytes, wait: float = 5.0) -> bytes:
    """Return what a connection answers to some bytes, until it is closed or says nothing more."""
    found = b""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as asked:
        try:
            asked.sendall(text)
            while part := asked.recv(65536):
                found += part
                if b"\r\n\r\n" in found and b"Connection: close" not in text:
                    break
        except (TimeoutError, ConnectionError):
            pass
    return found


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.path)
def test_each_may_do_only_what_is_theirs(lesson: Served, pupil: Pupil, operation) -> None:
    who = {Role.SEAT: pupil.who, Role.CODE: f"Code {lesson.room.code}"}
    body = None if operation.takes is None else GOOD[operation.path]
    for role, header in who.items():
        if operation.roles and role not in operation.roles:
            assert Asker(lesson.port, header).ask(operation.path, body)[0] == 403
    if operation.roles:
        for header in (
            "",
            "Seat",
            "Seat x",
            "Teacher x",
            "Bearer x",
            f"Teacher {lesson.room.code}",
            "Seat " + "é" * 9,
        ):
            assert Asker(lesson.port, header.encode().decode("latin-1")).ask(operation.path, body)[0] == 401


@pytest.mark.parametrize("path", PATHS)
def test_there_is_nothing_else_to_read(lesson: Served, path: str) -> None:
    answer = raw(lesson.port, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert answer.split()[1] in (b"404", b"307", b"400"), answer[:200]
    assert b"sqlite" not in answer.lower().partition(b"\r\n\r\n")[2] and b"Traceback" not in answer


@pytest.mark.parametrize("text", BODIES, ids=range(len(BODIES)))
def test_nonsense_is_refused_and_not_repeated(lesson: Served, pupil: Pupil, text: bytes) -> None:
    before = dict(lesson.room.guesses)
    status, answer = pupil.ask("/api/guess", text)
    assert status in (404, 422) and set(answer) == {"error"} and "Traceback" not in str(answer)
    assert lesson.room.guesses == before


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_names_that_cannot_be_seen_are_refused(lesson: Served, name: str) -> None:
    stranger = Pupil(lesson.port)
    body = json.dumps({"code": lesson.room.code, "nickname": name, "token": stranger.token}).encode()
    assert stranger.ask("/api/join", body)[0] == 422


def test_a_seat_is_taken_once(lesson: Served, pupil: Pupil) -> None:
    assert Pupil(lesson.port).join(lesson.room.code, "  hONEST ")[0] == 409
    assert Pupil(lesson.port).join(lesson.room.code, "Honest", "AAAAAAAA")[0] == 403
    word = lesson.teacher().ask("/api/way-back", {"seat": 1})[1]["word"]
    again = Pupil(lesson.port)
    assert again.join(lesson.room.code, "honest", word.lower())[1]["seat"] == 1
    assert pupil.ask("/api/state")[0] == 401, "the old device no longer has it"
    pupil.token, pupil.who = again.token, f"Seat {again.token}"
    assert Pupil(lesson.port).join(lesson.room.code, "Honest", word)[0] == 403, "a word works once"


def test_every_answer_has_the_headers(lesson: Served) -> None:
    ends = "Connection: close\r\n\r\n"
    here, elsewhere = f"Host: localhost\r\n{ends}", f"Host: evil.example\r\n{ends}"
    asked = [
        ("GET /", here),
        ("GET /nothing", here),
        ("DELETE /", here),
        ("GET /api/state", here),
        ("GET /", elsewhere),
    ]
    for line, rest in asked:
        answer = raw(lesson.port, f"{line} HTTP/1.1\r\n{rest}".encode()).decode()
        for name, value in HEADERS.items():
            assert f"{name}: {value}".lower() in answer.lower(), (line, name)
        assert "server:" not in answer.lower()


def test_other_pages_and_deceived_names_do_nothing(lesson: Served, pupil: Pupil) -> None:
    """A page elsewhere sends what it likes, and a name elsewhere may lead here: neither is let through."""
    body = GOOD["/api/guess"]
    assert pupil.ask("/api/guess", body, {"Host": "evil.example"})[0] == 421
    assert pupil.ask("/api/guess", body, {"Origin": "http://evil.example"})[0] == 403
    assert pupil.ask("/api/guess", body, {"Origin": "null"})[0] == 403
    assert pupil.ask("/api/guess", body, {"Content-Type": "text/plain"})[0] == 415
    assert pupil.ask("/api/guess", body, {"X-Forwarded-For": "10.0.0.1"})[0] == 200


def test_too_much_is_refused_before_it_is_read(lesson: Served, pupil: Pupil) -> None:
    line = "POST /api/guess HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    head = f"{line}Authorization: {pupil.who}\r\n"
    chunk = "400\r\n" + "x" * 1024 + "\r\n"
    chunked = f"{head}Transfer-Encoding: chunked\r\n"
    assert raw(lesson.port, f"{head}Content-Length: 999999999\r\n\r\n".encode()).split()[1] == b"413"
    assert raw(lesson.port, f"{chunked}\r\n{6 * chunk}".encode()).split()[1] == b"413"
    long = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 4_000_000
    assert raw(lesson.port, long + b"\r\n\r\n")[:12] in (b"", b"HTTP/1.1 400")
    both = f"{chunked}Content-Length: 5\r\nConnection: close\r\n\r\n0\r\n\r\nGET /teacher HTTP/1.1\r\n\r\n"
    assert raw(lesson.port, both.encode()).count(b"HTTP/1.1 200") == 0


def test_no_more_is_played_than_a_seat_may(lesson: Served) -> None:
    """Fifty requests at once, from many tabs: allowance and addresses hold."""
    lesson.room.move(type(lesson.room.stage)("play"))
    greedy = lesson.joined("Greedy")
    with ThreadPoolExecutor(25) as threads:
        answers = list(threads.map(lambda _: greedy.play(0, 5)[0], range(25)))
        same = list(threads.map(lambda _: greedy.play(0, 2, "one-and-the-same")[0], range(10)))
    assert answers.count(200) == 2 and set(answers) <= {200, 409, 429} and set(same) <= {200, 429}
    wait_for(lambda: len(lesson.room.dots) == lesson.room.histories()[0], "histories")
    assert [dot.replicate for dot in sorted(lesson.room.dots, key=lambda dot: dot.replicate)] == list(
        range(12)
    )


def test_streams_of_a_seat_are_few(lesson: Served, pupil: Pupil) -> None:
    held = []
    text = f"GET /api/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: {pupil.who}\r\n\r\n".encode()
    for _ in range(lesson.room.bounds.streams_of_seat):
        held.append(socket.create_connection(("127.0.0.1", lesson.port)))
        held[-1].sendall(text)
        assert held[-1].recv(12) == b"HTTP/1.1 200"
    assert raw(lesson.port, text).split()[1] == b"429"
    for each in held:
        each.close()
    wait_for(lambda: raw(lesson.port, text).split()[1] == b"200", "a place")


def test_who_begins_and_does_not_go_on_is_closed(lesson: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HEAD_SECONDS", 0.5)
    began = time.monotonic()
    head = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
    assert raw(lesson.port, head + b"X: ", wait=8) == b"" and time.monotonic() - began < 4
    kept = raw(lesson.port, head + b"\r\n" + b"GET / HTT", wait=8)
    assert kept.count(b"HTTP/1.1 200") == 1


def test_one_address_cannot_take_all_connections(
    lesson: Served, pupil: Pupil, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_for(lambda: pupil.ask("/api/state")[0] == 200)
    monkeypatch.setattr(server, "MOST_OF_ADDRESS", 30)
    held = [socket.create_connection(("127.0.0.1", lesson.port)) for _ in range(60)]
    time.sleep(0.3)
    with pytest.raises((ConnectionError, OSError)):
        pupil.ask("/api/state")
    for each in held:
        each.close()
    monkeypatch.undo()
    wait_for(lambda: pupil.ask("/api/state")[0] == 200, "an answer")


def test_codes_are_not_found_by_trying_and_seats_stay_open(lesson: Served, pupil: Pupil) -> None:
    stranger = Asker(lesson.port, "Code ZZZZZZ")
    found = [stranger.ask("/api/state")[0] for _ in range(40)]
    assert found[0] == 403 and found[-1] == 429 and found.count(403) <= 25
    guess = {"code": "ZZZZZZ", "nickname": "x", "token": secrets.token_urlsafe(24)}
    assert stranger.ask("/api/join", guess)[0] == 429
    assert Asker(lesson.port, f"Code {lesson.room.code}").ask("/api/state")[0] == 429, (
        "nor told apart from a right one"
    )
    assert pupil.ask("/api/state")[0] == 200
    assert lesson.teacher().ask("/api/people")[0] == 200
