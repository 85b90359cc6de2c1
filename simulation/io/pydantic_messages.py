"""The sentence for one thing that pydantic found wrong: what it is, and what is allowed instead."""

from __future__ import annotations

import difflib
import re
import typing
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from simulation.io.characters import unlike
from simulation.io.numeral import remark

Complaint = Mapping[str, Any]
"""One element of `ValidationError.errors()`."""

_KINDS = {
    "float": "a number",
    "int": "a whole number",
    "string": "text",
    "bool": "true or false",
    "date": "a date such as 2024-11-27",
    "model": "a mapping (name: value)",
    "dict": "a mapping (name: value)",
    "list": "a list",
    "tuple": "a list",
    "set": "a list",
    "frozen_set": "a list",
    "path": "a path",
}
_BOUNDS = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}
_FORMS = {
    r"^[A-Z][0-9]{2,3}$": "a capital and two or three digits, such as C07",
    r"^[a-z][a-z0-9_]*$": "a word of lower-case letters, digits and '_' that begins with a letter",
    r"^[a-z0-9][a-z0-9-]*$": "a word of lower-case letters, digits and '-'",
    r"^#[0-9a-f]{6}$": "a colour such as '#009e73', in lower case",
}
"""What a pattern asks for in words."""
_LONGEST_QUOTE = 40
_LONGEST_LIST = 240


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the closest allowed word, or nothing when none is close.

    Where the two look the same, the characters follow in which they differ.
    """
    close = closest(word, allowed)
    return f"; did you mean '{close}'?{unlike(word, close)}" if close else ""


def closest(word: str, allowed: Iterable[str]) -> str:
    """Return the allowed word that is most like another, or an empty text when none is close."""
    return next(iter(difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)), "")


def suggestion(word: str, allowed: Iterable[str]) -> str:
    """Return the closest allowed word as a question, or else the list of all that are allowed."""
    words = sorted(allowed)
    listed = ", ".join(words)
    if len(listed) > _LONGEST_LIST:
        return nearest(word, words) or f"; none of the {len(words)} known ones is like it"
    if not words:
        return "; none is known"
    return nearest(word, words) or f"; allowed {'is' if len(words) == 1 else 'are'} {listed}"


def describe(value: object) -> str:
    """Return how a message names a value that the user gave: `the text 'abc'`, `a list`, `12`."""
    if isinstance(value, str):
        short = value if len(value) <= _LONGEST_QUOTE else value[: _LONGEST_QUOTE - 1] + "…"
        return f"the text {short!r}"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, float):
        return f"{value:.15g}"
    return "a list" if isinstance(value, list) else str(value)


def sentence(complaint: Complaint, model: type[BaseModel]) -> str:
    """Return what is wrong in words, for one complaint of validating with this model."""
    kind, given = complaint["type"], complaint["input"]
    if kind == "extra_forbidden":
        word = str(complaint["loc"][-1])
        return f"unknown field '{word}'{suggestion(word, fields_at(model, complaint['loc'][:-1]))}"
    if kind == "missing":
        name = complaint["loc"][-1]
        return f"item {name + 1} is missing" if isinstance(name, int) else f"'{name}' is missing"
    if kind in ("value_error", "assertion_error"):
        return str(complaint["ctx"]["error"])
    if kind in ("literal_error", "enum"):
        return _one_of(str(complaint["ctx"]["expected"]), given)
    return _type_or_bound(kind, given, complaint)


def _one_of(expected: str, given: object) -> str:
    """Return that a value is none of some words; `expected` quotes them, as in "'road' or 'track'"."""
    words = re.findall("'([^']*)'", expected)
    known = suggestion(given, words) if isinstance(given, str) else ""
    if len(expected) <= _LONGEST_LIST:
        return f"must be {expected}, not {describe(given)}{known if 'did you mean' in known else ''}"
    return f"must be one of {len(words)} known words, not {describe(given)}{known}"


def _type_or_bound(kind: str, given: Any, complaint: Complaint) -> str:
    if kind in _BOUNDS:
        words, key = _BOUNDS[kind]
        return f"must be {words} {complaint['ctx'][key]:.15g}, not {describe(given)}"
    if kind in ("too_short", "string_too_short"):
        return "must not be empty"
    if kind == "too_long":
        most, found = complaint["ctx"]["max_length"], complaint["ctx"]["actual_length"]
        return f"must have at most {most} items, not {found}"
    if kind == "string_too_long":
        return f"must have at most {complaint['ctx']['max_length']:,} letters, not {len(given):,}"
    if kind == "model_type" and given is None:
        return "has no fields; indent them below its name"
    if kind == "string_pattern_mismatch":
        pattern = complaint["ctx"]["pattern"]
        return f"must be {_FORMS.get(pattern, f'of the form {pattern}')}, not {describe(given)}"
    expected = _KINDS.get(kind.split("_")[0]) if kind.endswith(("_type", "_parsing", "_from_float")) else None
    if expected == _KINDS["int"] and isinstance(given, float) and given.is_integer():
        return f"is too large for a whole number: {describe(given)}"
    if expected:
        why = remark(given) if isinstance(given, str) and "number" in expected else ""
        return f"must be {expected}, not {describe(given)}{why}"
    message = str(complaint["msg"])
    return message[:1].lower() + message[1:]


def fields_at(model: type[BaseModel], location: tuple[int | str, ...]) -> set[str]:
    """Return the names of the fields allowed at a place of the model's data."""
    kinds: list[object] = [model]
    for part in location:
        kinds = [inner for kind in kinds for inner in _inside(kind, part)] or kinds
    return {
        field.alias or name
        for kind in kinds
        for found in _models(kind)
        for name, field in found.model_fields.items()
    }


def _inside(kind: object, part: int | str) -> list[object]:
    """Return the types that may stand under one key or index of a type."""
    fields: list[object] = [
        field.annotation
        for found in _models(kind)
        for name, field in found.model_fields.items()
        if part in (name, field.alias)
    ]
    return fields or [inner for inner in typing.get_args(kind) if _models(inner) and not _models_only(kind)]


def _models_only(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _models(kind: object) -> list[type[BaseModel]]:
    """Return every model that a type mentions, at any depth."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [found for inner in typing.get_args(kind) for found in _models(inner)]
