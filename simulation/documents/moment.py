"""Times that documents name, as exactly as they name them: a year, a month, a day, an hour, a minute or a second."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

_DAY, _HOUR, _SIXTY = r"(0[1-9]|[12][0-9]|3[01])", r"([01][0-9]|2[0-3])", r"[0-5][0-9]"
_WHEN = re.compile(rf"[0-9]{{4}}(-(0[1-9]|1[0-2])(-{_DAY}(T{_HOUR}(:{_SIXTY}(:{_SIXTY})?)?)?)?)?")
_FIRST = "0001-01-01T00:00:00"
_YEAR, _MONTH, _DATE, _FULL_HOUR = 4, 7, 10, 13
"""Letters of a time that is given so exactly."""
_STEPS = {
    _DATE: timedelta(days=1),
    _FULL_HOUR: timedelta(hours=1),
}


def beginning(text: str) -> datetime:
    """Return the first moment of a time; one that names no month, day or hour means the first of it."""
    return datetime.fromisoformat(text + _FIRST[len(text) :])


def end(text: str) -> datetime:
    """Return the moment at which a time is over: of a day its midnight, of a minute or second that itself."""
    if len(text) == _YEAR:
        return datetime(int(text) + 1, 1, 1) if int(text) < datetime.max.year else datetime.max
    if len(text) == _MONTH:
        year, month = divmod(int(text[:4]) * 12 + int(text[5:]), 12)
        return datetime(year, month + 1, 1) if year <= datetime.max.year else datetime.max
    step = _STEPS.get(len(text), timedelta())
    return min(beginning(text), datetime.max - step) + step


def ends(text: str) -> str:
    """Return a text that no time within this one is later than, as texts compare."""
    return text + "~"


def _moment(text: str) -> str:
    if not (_WHEN.fullmatch(text) and _is_in_the_calendar(text)):
        allowed = '"2024", "2024-11", "2024-11-27", "2024-11-27T04" or "2024-11-27T04:00"'
        raise ValueError(f"'{text}' is not a time such as {allowed}")
    return text


def _is_in_the_calendar(text: str) -> bool:
    try:
        beginning(text)
    except ValueError:
        return False
    return True


def _written_bare(value: object) -> object:
    """Return the text of a year that was written without quotation marks; a day is read as a text anyway."""
    return f"{value:04}" if type(value) is int and value >= 0 else value


Moment = Annotated[str, BeforeValidator(_written_bare), AfterValidator(_moment)]
"""A time in ISO form, from a year to a second; two of them compare in order of time as texts do."""
