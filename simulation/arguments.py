"""What a caller of the library may give: each kind of argument as Python and numpy have it, or one sentence.

One function a kind. Each takes the argument's name and what was given, and returns it as the rest of the program
knows it. Anything else is an InputError that names the argument, what was given and what is allowed.
"""

from __future__ import annotations

import math
import numbers
import os
import sys
from collections.abc import Collection, Mapping, Set
from itertools import islice
from pathlib import Path
from typing import Any, TypeGuard

from simulation.errors import InputError
from simulation.io.pydantic_messages import describe, nearest

MOST_ITEMS = 10_000
"""Of a list; a generator may have no end."""
_LONGEST_QUOTE = 40
_HIGHEST = sys.float_info.max


def whole_number(name: str, given: object, low: int, high: int) -> int:
    """Return a whole number within bounds; 20, 20.0 and numpy.int64(20) are the same."""
    if _is_number(given) and low <= _exact(given) <= high and given == int(given):
        return int(given)
    raise _refused(name, f"a whole number from {low} to {high}", given)


def real_number(name: str, given: object, low: float = -_HIGHEST, high: float = _HIGHEST) -> float:
    """Return a finite number within bounds."""
    if _is_number(given) and low <= _exact(given) <= high:
        return float(given)
    allowed = "a finite number" if high == _HIGHEST else f"a number from {low:.15g} to {high:.15g}"
    raise _refused(name, allowed, given)


def flag(name: str, given: object) -> bool:
    """Return true or false."""
    if isinstance(given, bool) or _is_numpy_truth(given):
        return bool(given)
    raise _refused(name, "True or False", given)


def text(name: str, given: object) -> str:
    """Return a text that is not empty."""
    if isinstance(given, str) and given.strip():
        return str(given)
    raise _refused(name, "a text", given)


def word(name: str, given: object, allowed: Collection[str]) -> str:
    """Return one of some words."""
    if isinstance(given, str) and given in allowed:
        return str(given)
    near = nearest(given, allowed) if isinstance(given, str) else ""
    raise InputError(f"{name} must be {' or '.join(allowed)}, not {_told(given)}{near}")


def texts(name: str, given: object) -> tuple[str, ...]:
    """Return some texts in their order; a single text is one, and None is none."""
    return tuple(str(each) for each in _items(name, given, (str,), "a text or a list of texts"))


def paths(name: str, given: object) -> tuple[Path, ...]:
    """Return some paths in their order; a single one is a list of one, and None is none."""
    kinds = (str, os.PathLike)
    return tuple(path(name, each) for each in _items(name, given, kinds, "a path or a list of paths"))


def path(name: str, given: object, words: str = "a path") -> Path:
    """Return a path that is given as text or as any object that stands for one; `words` say what is allowed."""
    written = os.fspath(given) if isinstance(given, str | os.PathLike) else None
    if isinstance(written, str) and written and "\0" not in written:
        return Path(written)
    raise _refused(name, words, given if written is None else written)


def an_instance(name: str, given: object, kind: type, words: str) -> Any:
    """Return an object of a class, which is called `words` where it is none."""
    if isinstance(given, kind):
        return given
    raise _refused(name, words, given)


def items(name: str, given: object, words: str) -> tuple[Any, ...]:
    """Return what is in a list or comes out of a generator; `words` say what is allowed."""
    if isinstance(given, str | bytes | bytearray | Mapping | Set):
        raise _refused(name, words, given)
    try:
        every = iter(given)  # type: ignore[call-overload]
    except TypeError:
        raise _refused(name, words, given) from None
    found = tuple(islice(every, MOST_ITEMS + 1))
    if len(found) > MOST_ITEMS:
        raise InputError(f"{name} must have at most {MOST_ITEMS} items")
    return found


def _items(name: str, given: object, kinds: tuple[type, ...], words: str) -> tuple[Any, ...]:
    if given is None:
        return ()
    found = (given,) if isinstance(given, kinds) else items(name, given, words)
    for each in found:
        if not isinstance(each, kinds):
            raise InputError(f"{name} must be {words}, not one with {_told(each)} in it")
    return found


def _is_number(given: object) -> TypeGuard[float]:
    return isinstance(given, numbers.Real) and not isinstance(given, bool)


def _exact(number: Any) -> Any:
    """Return a number that compares without rounding: whole ones as they are, numpy's short floats in full length."""
    return number if isinstance(number, numbers.Rational) else float(number)


def _is_numpy_truth(given: object) -> bool:
    return getattr(getattr(given, "dtype", None), "kind", "") == "b" and getattr(given, "ndim", None) == 0


def _refused(name: str, allowed: str, given: object) -> InputError:
    return InputError(f"{name} must be {allowed}, not {_told(given)}")


def _told(given: object) -> str:
    """Return how a sentence names what was given: a number, a short text, or the name of its type."""
    if given is None or isinstance(given, bool) or _is_numpy_truth(given):
        return str(given)
    if isinstance(given, int) and given.bit_length() > 3 * _LONGEST_QUOTE:
        return f"a number of about {given.bit_length() * math.log10(2):,.0f} digits"
    if isinstance(given, str):
        return describe(str(given))
    if _is_number(given):
        return f"{float(given):.15g}" if isinstance(given, float) else str(given)[:_LONGEST_QUOTE]
    kind = type(given).__name__
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"
