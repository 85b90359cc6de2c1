"""The base of everything read from a seeds folder: frozen, strict, and closed to unknown fields."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from simulation.io.characters import unseen


class SeedModel(BaseModel):
    """A record of the seeds: cannot change, takes no text for a number, and no field it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


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


DRAFT = "draft:"
"""Begins a text that a program has written and nobody has read yet."""


def _read(text: str) -> str:
    if text.startswith(DRAFT):
        raise ValueError(f"a draft that nobody has read; check it, correct it, and take '{DRAFT}' away")
    return text


Reason = Annotated[Text, AfterValidator(_read)]
"""Why something is as it is, in words that a person stands by."""


def exactly_one(**fields: object) -> None:
    """Complain unless exactly one of the named fields is given."""
    given = [name for name, value in fields.items() if value is not None]
    if len(given) != 1:
        found = f"found {' and '.join(given)}" if given else "found none"
        raise ValueError(f"exactly one of {', '.join(fields)} is needed; {found}")
