"""The base of everything read from a seeds folder: frozen, strict, and closed to unknown fields."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from simulation.io.characters import unseen

_DAY, _TIME = r"(0[1-9]|[12][0-9]|3[01])", r"([01][0-9]|2[0-3]):[0-5][0-9]"
_WHEN = re.compile(rf"[0-9]{{4}}(-(0[1-9]|1[0-2])(-{_DAY}(T{_TIME})?)?)?")

_FIRST = "0001-01-01T00:00"


class SeedModel(BaseModel):
    """A record of the seeds: cannot change, takes no text for a number, and no field it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


def _moment(text: str) -> str:
    if not (_WHEN.fullmatch(text) and _is_in_the_calendar(text)):
        allowed = '"2024", "2024-11", "2024-11-27" or "2024-11-27T04:00"'
        raise ValueError(f"'{text}' is not a time such as {allowed}")
    return text


def _is_in_the_calendar(text: str) -> bool:
    try:
        datetime.fromisoformat(text + _FIRST[len(text) :])
    except ValueError:
        return False
    return True


def _several(value: object) -> object:
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


def _seen(name: str) -> str:
    if wrong := unseen(name):
        raise ValueError(wrong)
    return name


SEVERAL = BeforeValidator(_several)
"""Lets a field of several words be given as one word or as a list."""

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[Text, StringConstraints(max_length=200), AfterValidator(_seen)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=100)]
Share = Annotated[float, Field(ge=0, le=1)]
Moment = Annotated[str, AfterValidator(_moment)]
"""A year, month, day or minute in ISO form; two of them compare in order of time as texts do."""


def exactly_one(**fields: object) -> None:
    """Complain unless exactly one of the named fields is given."""
    given = [name for name, value in fields.items() if value is not None]
    if len(given) != 1:
        found = f"found {' and '.join(given)}" if given else "found none"
        raise ValueError(f"exactly one of {', '.join(fields)} is needed; {found}")
