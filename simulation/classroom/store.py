"""What a class has done, on the disk at once: seats, guesses, orders of histories, and every history as a dot.

A SQLite database in WAL mode. Whatever a method has returned from is there after the process was killed.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from simulation.errors import RunError

SCHEMA = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS seat (number INTEGER PRIMARY KEY, nickname TEXT, folded TEXT UNIQUE,
    token TEXT NOT NULL UNIQUE, way_back TEXT, removed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS guess (seat INTEGER NOT NULL REFERENCES seat, choice INTEGER NOT NULL,
    question INTEGER NOT NULL, value REAL NOT NULL, PRIMARY KEY (seat, choice, question));
CREATE TABLE IF NOT EXISTS play (number INTEGER PRIMARY KEY, seat INTEGER NOT NULL REFERENCES seat,
    request TEXT NOT NULL, choice INTEGER NOT NULL, first INTEGER NOT NULL, stop INTEGER NOT NULL,
    UNIQUE (seat, request), UNIQUE (choice, first));
CREATE TABLE IF NOT EXISTS dot (number INTEGER PRIMARY KEY, choice INTEGER NOT NULL, replicate INTEGER NOT NULL,
    seat INTEGER NOT NULL REFERENCES seat, found TEXT NOT NULL, UNIQUE (choice, replicate));
"""


@dataclass(frozen=True, kw_only=True)
class SeatRow:
    """A seat as it is kept: the token only as a digest, and the nickname also as it is compared."""

    number: int
    nickname: str
    token: str
    way_back: str
    """The digest of a word with which another device may take the seat once; "" where there is none."""
    removed: bool


@dataclass(frozen=True, kw_only=True)
class Play:
    """Histories of a choice from `first` to before `stop` that belong to a seat, by the request that asked for them."""

    number: int
    seat: int
    request: str
    choice: int
    first: int
    stop: int


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One history: `found` is its ending, by index, and a value for each question; empty where it failed."""

    number: int
    choice: int
    replicate: int
    seat: int
    found: tuple[float | None, ...]


class Store:
    """The database of a lesson. Every method may be called from any thread."""

    def __init__(self, file: Path) -> None:
        """Open the database, made where there is none; RunError where it cannot be."""
        self._lock = threading.Lock()
        try:
            self._base = sqlite3.connect(file, check_same_thread=False, isolation_level=None, timeout=5)
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute("PRAGMA foreign_keys = ON")
            self._base.executescript(SCHEMA)
        except sqlite3.Error as error:
            raise RunError(f"{file}: the lesson cannot be kept ({error})") from error

    def close(self) -> None:
        """Close the database; all of it is in one file then."""
        with self._lock:
            self._base.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Give the database for changes that are made together or not at all, and are on the disk at the end."""
        with self._lock:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
            except BaseException:
                self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")

    def _rows(self, question: str) -> list[tuple[object, ...]]:
        with self._lock:
            return self._base.execute(question).fetchall()

    def facts(self) -> dict[str, str]:
        """Return what is written down of the lesson itself, by name."""
        return {str(name): str(value) for name, value in self._rows("SELECT name, value FROM fact")}

    def write_facts(self, **facts: str) -> None:
        """Write down some facts, in place of those of the same name."""
        with self._writing() as base:
            base.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", facts.items())

    def seats(self) -> list[SeatRow]:
        """Return all seats by number."""
        rows = self._rows("SELECT number, nickname, token, way_back, removed FROM seat ORDER BY number")
        return [
            SeatRow(number=n, nickname=name or "", token=token, way_back=back or "", removed=bool(gone))  # type: ignore[arg-type]
            for n, name, token, back, gone in rows
        ]

    def add_seat(self, nickname: str, folded: str, token: str) -> int:
        """Keep a new seat; return its number. sqlite3.IntegrityError for a name or token that is taken."""
        with self._writing() as base:
            row = base.execute(
                "INSERT INTO seat (nickname, folded, token) VALUES (?, ?, ?)", (nickname, folded, token)
            )
            return int(row.lastrowid or 0)

    def give_seat(self, number: int, token: str) -> None:
        """Let another token have a seat; its way back is used up."""
        with self._writing() as base:
            base.execute("UPDATE seat SET token = ?, way_back = NULL WHERE number = ?", (token, number))

    def set_way_back(self, number: int, way_back: str) -> None:
        """Keep the digest of a word that gives a seat back."""
        with self._writing() as base:
            base.execute("UPDATE seat SET way_back = ? WHERE number = ?", (way_back, number))

    def remove_seat(self, number: int) -> None:
        """Take a seat out of the lesson; its histories stay."""
        with self._writing() as base:
            base.execute("UPDATE seat SET removed = 1, folded = NULL WHERE number = ?", (number,))

    def forget_names(self) -> None:
        """Forget all nicknames."""
        with self._writing() as base:
            base.execute("UPDATE seat SET nickname = NULL, folded = NULL")
        with self._lock:
            self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._base.execute("VACUUM")

    def guesses(self) -> dict[tuple[int, int, int], float]:
        """Return each guess by (seat, choice, question)."""
        rows = self._rows("SELECT seat, choice, question, value FROM guess ORDER BY seat, choice, question")
        return {(a, b, c): value for a, b, c, value in rows}  # type: ignore[misc]

    def write_guess(self, seat: int, choice: int, question: int, value: float) -> None:
        """Keep a guess in place of an earlier one."""
        with self._writing() as base:
            base.execute("INSERT OR REPLACE INTO guess VALUES (?, ?, ?, ?)", (seat, choice, question, value))

    def plays(self) -> list[Play]:
        """Return all that was asked to be played, in the order of asking."""
        rows = self._rows("SELECT number, seat, request, choice, first, stop FROM play ORDER BY number")
        return [Play(number=n, seat=s, request=r, choice=c, first=a, stop=b) for n, s, r, c, a, b in rows]  # type: ignore[arg-type]

    def add_play(self, seat: int, request: str, choice: int, count: int) -> Play:
        """Give a seat the next `count` histories of a choice, which nobody else has."""
        with self._writing() as base:
            question = "SELECT coalesce(max(stop), 0) FROM play WHERE choice = ?"
            first = int(base.execute(question, (choice,)).fetchone()[0])
            row = base.execute(
                "INSERT INTO play (seat, request, choice, first, stop) VALUES (?, ?, ?, ?, ?)",
                (seat, request, choice, first, first + count),
            )
            number = int(row.lastrowid or 0)
        return Play(number=number, seat=seat, request=request, choice=choice, first=first, stop=first + count)

    def dots(self) -> list[Dot]:
        """Return all dots, in the order in which they came; their numbers count from 1 without a gap."""
        rows = self._rows("SELECT number, choice, replicate, seat, found FROM dot ORDER BY number")
        return [
            Dot(number=n, choice=c, replicate=r, seat=s, found=tuple(json.loads(found)))  # type: ignore[arg-type]
            for n, c, r, s, found in rows
        ]

    def add_dots(self, play: Play, first: int, found: Sequence[Sequence[float | None]]) -> list[Dot]:
        """Keep what was found in histories from `first` on, each once; return those that were not there yet."""
        new = []
        with self._writing() as base:
            for replicate, each in enumerate(found, first):
                row = base.execute(
                    "INSERT OR IGNORE INTO dot (choice, replicate, seat, found) VALUES (?, ?, ?, ?)",
                    (play.choice, replicate, play.seat, json.dumps(each)),
                )
                if row.rowcount:
                    new.append(
                        Dot(
                            number=int(row.lastrowid or 0), choice=play.choice, replicate=replicate,
                            seat=play.seat, found=tuple(each),
                        )
                    )  # fmt: skip
        return new
