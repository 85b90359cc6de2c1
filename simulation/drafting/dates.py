"""When something happened, as a sentence says it: 'on Thursday', 'since 2015', 'last month', 'on 7 October'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = "|".join([*_MONTHS, "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec"])
_COUNTS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "past": 1,
    "last": 1,
}

_NAME = (
    r"(?!(?-i: (?:Movement|Front|Brigades?|Battalion|Regiment|Division|Army|Forces?|Organi[sz]ation|Group|Party"
    r"|Alliance|Martyrs|Agreement|Accord)\b))"
)
"""Does not follow a date: it would be a name, as of the March 23 Movement."""
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten"
_RULES = (
    ("iso", r"(?P<iso>\d{4}-\d{2}-\d{2})"),
    (
        "day month",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m>{_MONTH})\b\.?(?:,? (?P<y>\d{{4}}))?{_NAME}",
    ),
    (
        "month day",
        rf"(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? (?P<y2>\d{{4}}))?{_NAME}",
    ),
    ("month", rf"(?P<m3>{'|'.join(_MONTHS)})(?! \d{{1,2}}\b)(?:,? (?P<y3>\d{{4}}))?\b{_NAME}"),
    ("weekday", rf"(?P<last>last )?(?P<w>{'|'.join(_DAYS)})\b"),
    (
        "ago",
        rf"(?P<n>\d+|a|an|one|{_NUMBERS}) (?P<u>day|week|month|year)s? (?:ago|earlier)",
    ),
    (
        "past",
        rf"(?:past|last) (?P<n2>\d+|{_NUMBERS}) (?P<u2>day|week|month|year)s",
    ),
    ("last", r"(?:last|past) (?P<u3>week|month|year)\b"),
    ("near", r"(?P<near>yesterday|today|tonight|overnight)\b"),
    ("year", r"(?P<yy>(?:19|20)\d{2})\b(?!-)"),
)
_RULE = re.compile("|".join(f"(?:{pattern})" for _, pattern in _RULES), re.I)
_SINCE = re.compile(
    r"\b(?:since|from)(?: the| early| late| mid|-|\s)*$|over the $|for the $|during the $|in the $", re.I
)
_UNTIL = re.compile(r"\b(?:until|till|up to)(?: the| early| late|\s)*$", re.I)


@dataclass(frozen=True, kw_only=True)
class Time:
    """A time in a sentence: `at` is where its words begin; one of day, since and until is not empty."""

    at: int
    day: str = ""
    since: str = ""
    until: str = ""


def times(sentence: str, written: str) -> list[Time]:
    """Return the times that a sentence names, in its order; `written` is the day of the text in ISO form, or empty.

    A weekday is the last one of its name up to the day of the text, a month without a year the last one of its name.
    Without the day of the text only times that name their year are returned.
    """
    return list(_times(sentence, date.fromisoformat(written) if written else None))


def nearest(found: list[Time], at: int) -> Time | None:
    """Return the time that stands nearest to a place in its sentence, or None."""
    return min(found, key=lambda time: abs(time.at - at), default=None)


def _times(sentence: str, written: date | None) -> Iterator[Time]:
    for match in _RULE.finditer(sentence):
        moment = _moment({key: value for key, value in match.groupdict().items() if value}, written)
        if not moment:
            continue
        before = sentence[: match.start()]
        if _SINCE.search(before):
            yield Time(at=match.start(), since=moment)
        elif _UNTIL.search(before):
            yield Time(at=match.start(), until=moment)
        else:
            yield Time(at=match.start(), day=moment)


def _moment(found: dict[str, str], written: date | None) -> str:
    if "iso" in found:
        return _checked(found["iso"])
    if "yy" in found:
        return found["yy"]
    for day, month, year in (("d", "m", "y"), ("d2", "m2", "y2")):
        if month in found:
            return _dated(int(found[day]), found[month], found.get(year), written)
    if "m3" in found:
        # 'may' is a verb far more often than a month.
        return "" if found["m3"] == "may" else _dated(0, found["m3"], found.get("y3"), written)
    return _relative(found, written) if written is not None else ""


def _relative(found: dict[str, str], written: date) -> str:
    if "w" in found:
        back = (written.weekday() - _DAYS.index(found["w"].lower())) % 7
        return (written - timedelta(days=back or (7 if "last" in found else 0))).isoformat()
    if "near" in found:
        return (
            written - timedelta(days=1 if found["near"].lower() in ("yesterday", "overnight") else 0)
        ).isoformat()
    count = found.get("n") or found.get("n2") or "one"
    unit = (found.get("u") or found.get("u2") or found.get("u3") or "").lower()
    number = int(count) if count.isdecimal() else _COUNTS[count.lower()]
    if unit == "year":
        return str(written.year - number)
    if unit == "month":
        months = written.year * 12 + written.month - 1 - number
        return f"{months // 12}-{months % 12 + 1:02d}"
    return (written - timedelta(days=number * (7 if unit == "week" else 1))).isoformat()


def _dated(day: int, month: str, year: str | None, written: date | None) -> str:
    """Return a day, or a month for day 0; without a year it is the last one up to the day of the text."""
    number = next(index for index, name in enumerate(_MONTHS, 1) if name.startswith(month.lower()[:3]))
    if year is None:
        if written is None:
            return ""
        later = (number, day) > (written.month, written.day if day else 0) if day else number > written.month
        year = str(written.year - 1 if later else written.year)
    return _checked(f"{year}-{number:02d}-{day:02d}") if day else f"{year}-{number:02d}"


def _checked(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
