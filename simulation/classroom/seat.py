"""A seat in the class: who may sit in it, and what a nickname may be."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass

from simulation.classroom.refusal import RefusalError

LONGEST_NAME = 24
"""Letters."""
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of codes that are read off a wall and typed: none that looks like another."""
BLANK = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""What Unicode calls letters or signs and nobody sees."""
CODE_LENGTH, WORD_LENGTH = 6, 8


@dataclass
class Seat:
    """A seat as the room knows it; `version` counts what has changed for whoever sits in it."""

    number: int
    nickname: str
    token: str
    """The digest of the secret that the pupil's browser made."""
    way_back: str = ""
    removed: bool = False
    played: int = 0
    asked: int = 0
    """How many histories it has asked for, and how many of them are played."""
    version: int = 0
    streams: int = 0
    """How many tabs listen for it."""


def digest(secret: str) -> str:
    """Return what is kept of a secret, from which it cannot be found again."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_code(length: int = CODE_LENGTH) -> str:
    """Return a random code to be typed."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def typed(code: str) -> str:
    """Return a code as it was meant, whatever its case and spaces."""
    return code.replace(" ", "").replace("-", "").upper()


def nickname(text: str) -> str:
    """Return a nickname as it is kept; RefusalError for one that is empty, too long, or holds unseen letters."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise RefusalError(422, f"A nickname has 1 to {LONGEST_NAME} letters.")
    seen = unicodedata.normalize("NFKC", name)
    unseen = any(each in BLANK for each in name + seen) or not name.isprintable()
    if unseen or not any(letter.isalnum() for letter in seen):
        raise RefusalError(422, "A nickname is made of letters and digits that can be seen.")
    return name


def folded(name: str) -> str:
    """Return a nickname as it is compared: upper and lower case are the same."""
    return unicodedata.normalize("NFKC", name).casefold()
