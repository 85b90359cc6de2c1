"""A lesson as it goes: who sits where, what is open, and all that can be done in it. Every change is kept at once."""

from __future__ import annotations

import hmac
import secrets
import sqlite3
import threading
import time
from dataclasses import dataclass

from simulation.classroom import seat as seats
from simulation.classroom.feed import Feed
from simulation.classroom.plan import Plan
from simulation.classroom.player import Found, Player
from simulation.classroom.refusal import RefusalError
from simulation.classroom.seat import Seat, digest
from simulation.classroom.store import Dot, Play, Store
from simulation.scenario.lesson_stage import Stage


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How many may sit in the room, how many histories each may play, and how many may watch."""

    seats: int = 60
    histories: int = 25
    streams: int = 400
    streams_of_seat: int = 6


class Room:
    """The lesson. Its methods may be called from any thread; those that change something say so to the `feed`."""

    def __init__(self, plan: Plan, store: Store, bounds: Bounds, workers: int) -> None:
        """Take up the lesson that is kept in a store, or begin one there."""
        self.plan, self.bounds, self.feed = plan, bounds, Feed()
        self._store, self._lock = store, threading.RLock()
        facts = store.facts()
        if "code" not in facts:
            facts = {
                "code": seats.new_code(),
                "teacher": secrets.token_urlsafe(16),
                "stage": Stage.JOIN,
                "door": "open",
            }
            store.write_facts(**facts)
        self.code, self.teacher = facts["code"], facts["teacher"]
        self.stage, self.door = Stage(facts["stage"]), facts["door"] == "open"
        self.finished = facts.get("finished", "")
        """Where the results were written to; "" as long as they are not."""
        self.begun = float(facts.get("begun", 0))
        """When the clock of the lesson was started, seconds since 1970; 0 as long as it was not."""
        self.ending = False
        """Whether they are just being written."""
        self.version = 0
        """Counts what has changed for everybody."""
        self.dots: list[Dot] = store.dots()
        self.guesses = store.guesses()
        self._plays = {(each.seat, each.request): each for each in store.plays()}
        self.seats = {
            each.number: self._seat(each.number, each.nickname, each.token) for each in store.seats()
        }
        for row in store.seats():
            self.seats[row.number].way_back, self.seats[row.number].removed = row.way_back, row.removed
        self._tokens = {each.token: each for each in self.seats.values()}
        self.player = Player(plan, self._take, workers)
        self._take_up()

    def _seat(self, number: int, nickname: str, token: str) -> Seat:
        return Seat(number=number, nickname=nickname, token=token)

    def _take_up(self) -> None:
        """Count what is played, and have played what was asked for and is not."""
        there = {(each.choice, each.replicate) for each in self.dots}
        for dot in self.dots:
            self.seats[dot.seat].played += 1
        for play in self._plays.values():
            self.seats[play.seat].asked += play.stop - play.first
            missing = [k for k in range(play.first, play.stop) if (play.choice, k) not in there]
            self.player.add(play, missing)

    def seat_of(self, token: str) -> Seat | None:
        """Return the seat that a token opens, if there is one and it was not removed."""
        found = self._tokens.get(digest(token))
        return None if found is None or found.removed else found

    def is_code(self, text: str) -> bool:
        """Return whether a text is the code of the lesson."""
        return hmac.compare_digest(seats.typed(text).encode(), self.code.encode())

    def is_teacher(self, key: str) -> bool:
        """Return whether a text is the teacher's key."""
        return hmac.compare_digest(key.encode(), self.teacher.encode())

    def join(self, name: str, token: str, word: str = "") -> Seat:
        """Give a seat to a token, the one it has already if it has one; with the word of a taken seat, that seat."""
        name, key = seats.nickname(name), digest(token)
        with self._lock:
            if (known := self._tokens.get(key)) is not None:
                if known.removed:
                    raise RefusalError(403, "The teacher has closed this seat.")
                return known
            if word:
                return self._taken_back(seats.folded(name), key, word)
            if not self.door:
                raise RefusalError(409, "The teacher has closed the door. Ask for it to be opened.")
            if sum(not each.removed for each in self.seats.values()) >= self.bounds.seats:
                raise RefusalError(409, "All seats are taken.")
            try:
                number = self._store.add_seat(name, seats.folded(name), key)
            except sqlite3.IntegrityError:
                message = (
                    "Somebody has this nickname already. Take another, or ask for your word to come back."
                )
                raise RefusalError(409, message) from None
            new = self.seats[number] = self._tokens[key] = self._seat(number, name, key)
        self._changed(new)
        return new

    def _taken_back(self, folded: str, key: str, word: str) -> Seat:
        word = digest(seats.typed(word))
        for each in self.seats.values():
            ours = seats.folded(each.nickname) == folded and not each.removed
            if ours and each.way_back and hmac.compare_digest(each.way_back, word):
                self._store.give_seat(each.number, key)
                del self._tokens[each.token]
                each.token, each.way_back = key, ""
                self._tokens[key] = each
                self._changed(each)
                return each
        raise RefusalError(403, "Nickname and word do not belong together, or the word was used already.")

    def guess(self, seat: Seat, choice: int, question: int, value: float) -> None:
        """Keep a guess, as long as the stage is open."""
        with self._lock:
            self._must_be(Stage.PREDICT, "Guesses are closed.")
            self._check_choice(choice)
            if not question < len(self.plan.questions):
                raise RefusalError(404, "There is no such question.")
            highest = self.plan.questions[question].highest
            if not 0 <= value <= highest:
                raise RefusalError(409, f"A guess is a number from 0 to {highest:,.0f}.")
            self._store.write_guess(seat.number, choice, question, value)
            self.guesses[seat.number, choice, question] = value
        self._changed(seat)

    def play(self, seat: Seat, choice: int, count: int, request: str) -> Play:
        """Have histories of its own played for a seat; a request that was made already is not made again."""
        with self._lock:
            if (known := self._plays.get((seat.number, request))) is not None:
                return known
            self._must_be(Stage.PLAY, "Playing is closed.")
            self._check_choice(choice)
            left = self.bounds.histories - seat.asked
            if not 0 < count <= left:
                raise RefusalError(
                    409, f"You have {left} histories left." if left else "You have played all your histories."
                )
            play = self._store.add_play(seat.number, request, choice, count)
            self._plays[seat.number, request] = play
            seat.asked += count
            self.player.add(play)
        self._changed(seat)
        return play

    def _must_be(self, stage: Stage, sentence: str) -> None:
        if self.stage != stage or self.ending or self.finished:
            raise RefusalError(409, sentence)

    def _check_choice(self, choice: int) -> None:
        if not choice < len(self.plan.choices):
            raise RefusalError(404, "There is no such choice.")

    def _take(self, play: Play, first: int, found: Found) -> None:
        """Keep what the player found."""
        with self._lock:
            new = self._store.add_dots(play, first, found)
            self.dots += new
            self.seats[play.seat].played += len(new)
        self._changed(self.seats[play.seat])

    def move(self, stage: Stage) -> None:
        """Open a stage, and close the one before; once the results are written, only one that follows playing."""
        with self._lock:
            if (self.finished or self.ending) and not stage.shows(Stage.NOTICE):
                raise RefusalError(409, "The results are written: nobody can guess or play any more.")
            self._store.write_facts(stage=stage)
            self.stage = stage
        self._changed()

    def begin(self) -> None:
        """Start the clock of the lesson, or start it again."""
        with self._lock:
            self.begun = time.time()
            self._store.write_facts(begun=str(self.begun))

    def set_door(self, is_open: bool) -> None:
        """Let pupils join, or not."""
        with self._lock:
            self._store.write_facts(door="open" if is_open else "closed")
            self.door = is_open
        self._changed()

    def remove(self, number: int) -> None:
        """Take a seat and its guesses out of the lesson; the histories it played stay in the class's."""
        with self._lock:
            seat = self._numbered(number)
            self._store.remove_seat(number)
            seat.removed = True
        self._changed(seat)

    def way_back(self, number: int) -> str:
        """Return a word with which another device may take a seat, once."""
        with self._lock:
            seat, word = self._numbered(number), seats.new_code(seats.WORD_LENGTH)
            self._store.set_way_back(number, digest(word))
            seat.way_back = digest(word)
        return word

    def _numbered(self, number: int) -> Seat:
        if number not in self.seats or self.seats[number].removed:
            raise RefusalError(404, "There is no such seat.")
        return self.seats[number]

    def histories(self) -> list[int]:
        """Return how many histories were asked for of each choice: those from 0 to before it."""
        stops = [0] * len(self.plan.choices)
        for play in self._plays.values():
            stops[play.choice] = max(stops[play.choice], play.stop)
        return stops

    def end(self) -> None:
        """Close guessing and playing for good, since the results are to be written. RefusalError where they are."""
        with self._lock:
            if self.finished or self.ending:
                raise RefusalError(409, "The results are written already, or are being written.")
            if not any(self.histories()):
                raise RefusalError(409, "Nobody has played a history yet, so that there are no results.")
            if not self.stage.shows(Stage.NOTICE):
                self.move(Stage.NOTICE)
            self.ending = True
        self._changed()

    def ended(self, place: str, trouble: str = "") -> None:
        """Say where the results were written to, or what went wrong with that."""
        with self._lock:
            if not trouble:
                self._store.write_facts(finished=place)
            self.finished, self.ending, self.player.trouble = place, False, trouble
        self._changed()

    def _changed(self, seat: Seat | None = None) -> None:
        with self._lock:
            self.version += 1
            if seat is not None:
                seat.version += 1
        self.feed.tell()
