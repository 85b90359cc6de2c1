"""Who asks: a pupil by the seat's token, the teacher by a key, or somebody who knows the code of the lesson.

`Authorization: Seat TOKEN`, `Teacher KEY` or `Code CODE`. Secrets stand in no address, so that none is written down.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from simulation.classroom.limits import Limit
from simulation.classroom.refusal import RefusalError
from simulation.classroom.room import Room
from simulation.classroom.seat import Seat

LONGEST_SECRET = 200
NOBODY = "This is not known here. Join with the code that your teacher shows."


class Role(StrEnum):
    """What somebody may be, by the word before the secret."""

    SEAT = "seat"
    TEACHER = "teacher"
    CODE = "code"


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A role, and the seat of a pupil."""

    role: Role
    seat: Seat | None = None


class Doorkeeper:
    """Tells who asks. Wrong codes are counted by address and in all: none is found by trying.

    The secrets of seats and of the teacher have 128 bits or more, and need no counting.
    """

    def __init__(self, room: Room) -> None:
        """Keep the door of a room."""
        self._room = room
        self._wrong, self._wrong_in_all = Limit(20, 1 / 3), Limit(120, 2)

    def identity(self, header: str, address: str) -> Identity:
        """Return who asks; RefusalError 401 for nobody known, and 429 where wrong secrets came too often."""
        word, _, secret = header.partition(" ")
        secret = secret.strip()
        try:
            role = Role(word.lower())
        except ValueError:
            raise RefusalError(401, NOBODY) from None
        if not 0 < len(secret) <= LONGEST_SECRET:
            raise RefusalError(401, NOBODY)
        if role is Role.CODE:
            self.check_code(secret, address)
            return Identity(role=role)
        seat = self._room.seat_of(secret) if role is Role.SEAT else None
        if seat or (role is Role.TEACHER and self._room.is_teacher(secret)):
            return Identity(role=role, seat=seat)
        raise RefusalError(401, NOBODY)

    def check_code(self, code: str, address: str) -> None:
        """Refuse a wrong code, and any from where wrong ones came too often: RefusalError."""
        if not (self._wrong.has(address) and self._wrong_in_all.has("")):
            raise RefusalError(429, "Too many wrong codes. Wait a few seconds, then try again.")
        if not self._room.is_code(code):
            self._wrong.take(address)
            self._wrong_in_all.take("")
            raise RefusalError(403, "This is not the code of the lesson. Look at the wall again.")
