"""How a number is written in every file, the same in YAML and in CSV, and what is wrong with one that is not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_MOST_DIGITS = 18
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_GROUPED = re.compile(
    r"[-+]?[1-9][0-9]{0,2}(([_ '\u2019\u00a0\u2009\u202f,])[0-9]{3}(\2[0-9]{3})*)(\.[0-9]*)?"
)
_GROUPED_BY_POINT = re.compile(r"[-+]?[1-9][0-9]{0,2}\.000")
_WITH_COMMA = re.compile(r"[-+]?[0-9]*,[0-9]+([eE][-+]?[0-9]+)?")
_PLAIN_INTEGERS = re.compile(r"-?[0-9]{1,15}(\n-?[0-9]{1,15})*")
_PLAIN_NUMBERS = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,17})?(\n-?[0-9]{1,15}(\.[0-9]{1,17})?)*")
_LONGEST = 60


def number_of(text: str) -> int | float | None:
    """Return the number that a text is, None for any other text; infinity where it is beyond all numbers.

    More than 18 digits make a float.
    """
    if _INTEGER.fullmatch(text) and len(text.lstrip("+-0")) <= _MOST_DIGITS:
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else None


def plain_numbers(texts: Sequence[str], *, whole: bool) -> list[float] | list[int]:
    """Return what texts are if all are written plainly: digits, and a point where decimals are wanted; none otherwise.

    They are then the numbers of `number_of`, and zero has no sign; a long column is so read in a tenth of the time.
    """
    if whole:
        return [int(text) for text in texts] if _PLAIN_INTEGERS.fullmatch("\n".join(texts)) else []
    return [float(text) + 0.0 for text in texts] if _PLAIN_NUMBERS.fullmatch("\n".join(texts)) else []


def whole(value: Any) -> Any:
    """Return a float without decimals as the integer that it is, up to 18 digits; all else as it is.

    Spreadsheets and pandas write 24000 as 24000.0 as soon as one cell of its column is empty.
    """
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < 10**_MOST_DIGITS
    return int(value) if is_whole else value


def unclear(text: str) -> str:
    """Return what to write for a whole number that may be thousands or a unit, as 24.000; empty for any other text."""
    number = text.partition(".")[0]
    return f"; write {number}000 or {number}" if _GROUPED_BY_POINT.fullmatch(text) else ""


def remark(text: str) -> str:
    """Return why a text that looks like a number is none, to follow a message; empty for any other text."""
    text = text.strip()
    if len(text) > _LONGEST:
        return ""
    if any(each.isdecimal() and not each.isascii() for each in text):
        return "; digits are 0 to 9"
    if found := _GROUPED.fullmatch(text):
        plain, point = text.replace(found[2], ""), text.replace(",", ".")
        either = f", or {point} if decimals are meant" if text.count(",") == 1 and "." not in text else ""
        return f"; digits are not grouped: write {plain}{either}"
    if _WITH_COMMA.fullmatch(text):
        return f"; decimals follow a point: write {text.replace(',', '.')}"
    if "_" in text and _INTEGER.fullmatch(text.replace("_", "")):
        return f"; digits are not grouped: write {text.replace('_', '')}"
    return ""
