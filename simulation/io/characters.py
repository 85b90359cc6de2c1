"""Characters that are not what they look like: one form for every text, names for what differs, and escapes."""

from __future__ import annotations

import json
import re
import unicodedata
from difflib import SequenceMatcher

_JOINED = r"(?<=[^\0-\x7f])[\u200c\u200d](?=[^\0-\x7f])"
"""Joiners inside a word, which Persian and other scripts need."""
_UNSEEN = (
    r"[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\U000e0000-\U000e007f]"
)
_COLOUR = r"\x1b\[[0-9;]*m"
_ESCAPED = re.compile(f"{_COLOUR}|{_JOINED}|({_UNSEEN})")
_NOT_IN_A_LINE = re.compile(rf"{_JOINED}|([\t\n]|{_UNSEEN})")
_LONGEST = 500
"""Letters of a word that is compared letter by letter."""
_NAMED = 3
"""Characters that are named of a longer row of them."""


def composed(text: str) -> str:
    """Return a text in the form in which names are compared (NFC): an accent and its letter are one character."""
    return unicodedata.normalize("NFC", text)


def escaped(text: str) -> str:
    r"""Return a text for a terminal or a file: what is unseen or moves other letters is written as `\u202e`.

    Line breaks, tabs and the colours of our own tables stay. No text that is read holds an escape character.
    """
    return _ESCAPED.sub(_escape, text)


def one_line(text: str) -> str:
    r"""Return a text for one line of a file: as `escaped`, with line breaks, tabs and colours escaped as well."""
    return _NOT_IN_A_LINE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[1])[1:-1] if found[1] else found[0]


def unseen(name: str) -> str:
    """Return what is wrong with a name that holds a character that cannot be seen; empty for all others."""
    found = next((match[1] for match in _NOT_IN_A_LINE.finditer(name) if match[1]), None)
    return "" if found is None else f"a name cannot hold {called(found)}, which nobody sees"


def called(characters: str) -> str:
    """Return characters by number and name: `U+00A0 NO-BREAK SPACE`."""
    words = [f"U+{ord(each):04X} {unicodedata.name(each, '')}".strip() for each in characters[:_NAMED]]
    return " ".join(words) or "nothing"


def unlike(given: str, meant: str) -> str:
    """Return in brackets where two words differ that look the same; empty where anybody sees the difference."""
    if max(len(given), len(meant)) > _LONGEST:
        return ""
    spaces = given.split() == meant.split()
    for kind, a, b, c, d in SequenceMatcher(None, given, meant, autojunk=False).get_opcodes():
        here, there = given[a:b], meant[c:d]
        if kind != "equal" and (spaces or _look_alike(here, there)):
            return f" ({called(here)} stands where that has {called(there)})"
    return ""


def _look_alike(here: str, there: str) -> bool:
    """Say whether two parts may look the same: one is unseen, or they are letters of different scripts."""
    if any(unicodedata.category(each)[0] in "CMZ" and each != " " for each in here + there):
        return True
    return bool(here and there) and not (here + there).isascii() and _scripts(here) != _scripts(there)


def _scripts(text: str) -> set[str]:
    """Return the scripts of letters: the first words of their names, such as LATIN."""
    return {unicodedata.name(each, "none").split()[0] for each in text}
