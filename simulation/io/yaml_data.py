"""YAML 1.2 text as plain data with the line of every value; all that is unsafe or unclear is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import events as ev
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from simulation.errors import InputError
from simulation.io.characters import called, composed
from simulation.io.numeral import number_of
from simulation.io.origin import DataPath, dotted

_DEEPEST = 40
_OPEN_QUOTE = "a quote is opened here and not closed"
_PLAINER = {
    r"'\t'": "a tab cannot indent; use spaces",
    "could not find expected ':'": "a ':' with a space after it is missing here or on the line above",
    "mapping values are not allowed": (
        "a ':' cannot stand here; check the indentation, and quote texts that hold ': '"
    ),
    "expected <block end>": "this line does not fit the lines above it; check the indentation, commas and quotes",
    "found unexpected end of stream": _OPEN_QUOTE,
    "<stream end>": "the text ends too early; is a bracket or a quote not closed?",
}
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    word: truth for truth in (True, False) for word in (str(truth).lower(), str(truth), str(truth).upper())
}


def _yaml_error(error: MarkedYAMLError, path: Path) -> InputError:
    """Return ruamel's complaint in plainer words, at the line where it helps."""
    problem = str(error.problem or error.context or "cannot be understood").splitlines()[0]
    words = next((plain for part, plain in _PLAINER.items() if part in problem), problem)
    at_start = words == _OPEN_QUOTE
    mark = (error.context_mark if at_start else error.problem_mark) or error.context_mark
    line = None if mark is None else mark.line + 1
    return InputError(f"not valid YAML: {words}", file=path, line=line)


def data_of(text: str, path: Path) -> tuple[Any, dict[DataPath, int]]:
    """Return the data of YAML text and the line of each value; `path` is what errors call the text."""
    builder = _TreeBuilder(path)
    try:
        data = builder.document(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        raise _yaml_error(error, path) from None
    except (YAMLError, ValueError) as error:
        raise InputError(f"not valid YAML: {str(error).splitlines()[0]}", file=path) from None
    return data, builder.lines


class _TreeBuilder:
    """Builds plain data from YAML events and remembers the line of every value."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[DataPath, int] = {}

    def document(self, events: Iterator[ev.Event]) -> Any:
        """Return the data of the only document of a stream."""
        self._events = (event for event in events if not isinstance(event, ev.StreamStartEvent))
        if isinstance(next(self._events), ev.StreamEndEvent):
            raise InputError("the file is empty", file=self.path)
        data = self._value(next(self._events), ())
        next(self._events)
        after = next(self._events)
        if not isinstance(after, ev.StreamEndEvent):
            raise self._error("a second YAML document begins here; one file holds one", after)
        if data is None:
            raise InputError("the file is empty", file=self.path)
        return data

    def _value(self, event: ev.Event, path: DataPath) -> Any:
        self.lines.setdefault(path, event.start_mark.line + 1)
        self._refuse_marks(event, path)
        if isinstance(event, ev.ScalarEvent):
            return self._scalar(event, path)
        if len(path) >= _DEEPEST:
            raise self._error(f"nested more than {_DEEPEST} levels deep", event)
        if isinstance(event, ev.SequenceStartEvent):
            return self._list(path)
        return self._mapping(path)

    def _refuse_marks(self, event: ev.Event, path: DataPath) -> None:
        if isinstance(event, ev.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise self._error("anchors (&) and aliases (*) are not allowed; write the value out", event, path)
        if getattr(event, "tag", None) is not None:
            raise self._error("YAML tags (!) are not allowed; write a plain value", event, path)

    def _scalar(self, event: ev.ScalarEvent, path: DataPath) -> Any:
        text = self._text(event, path)
        if not event.implicit[0]:
            return text
        try:
            return _plain_word(text)
        except ValueError as error:
            raise self._error(str(error), event, path) from None

    def _text(self, event: ev.ScalarEvent, path: DataPath) -> str:
        """Return a text in composed form, with characters joined that JSON writes as two escaped halves."""
        try:
            text = str(event.value).encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            raise self._error("the text holds half of a character (a lone surrogate)", event, path) from None
        if control := _CONTROL.search(text):
            what = called(control[0])
            raise self._error(f"the control character {what} is not allowed in text", event, path)
        return composed(text)

    def _list(self, path: DataPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), ev.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: DataPath) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while not isinstance(event := next(self._events), ev.MappingEndEvent):
            key = self._key(event, path)
            if key in fields:
                first = self.lines[(*path, key)]
                raise self._error(f"'{key}' is given twice; first on line {first}", event, path)
            self.lines[(*path, key)] = event.start_mark.line + 1
            fields[key] = self._value(next(self._events), (*path, key))
        return fields

    def _key(self, event: ev.Event, path: DataPath) -> str:
        self._refuse_marks(event, path)
        if isinstance(event, ev.ScalarEvent) and event.value:
            return self._text(event, path)
        raise self._error("a key must be a word", event, path)

    def _error(self, message: str, event: ev.Event, path: DataPath = ()) -> InputError:
        return InputError(message, file=self.path, line=event.start_mark.line + 1, path=dotted(path) or None)


def _plain_word(text: str) -> str | int | float | bool | None:
    """Return the value of an unquoted YAML 1.2 word; ValueError for a number that is not finite."""
    if text in _WORDS:
        return _WORDS[text]
    number = math.inf if _NOT_FINITE.fullmatch(text) else number_of(text)
    if number is None:
        return text
    if not math.isfinite(number):
        raise ValueError(f"'{text if len(text) <= 40 else text[:39] + '…'}' is not a finite number")
    return number
