"""Safe YAML, read in one place: plain data with the line of every value, and models checked against it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from simulation.errors import InputError
from simulation.io.numeral import whole
from simulation.io.origin import DataPath, LocatedData, Origin, wrong
from simulation.io.pydantic_messages import Complaint, sentence
from simulation.io.text_file import text_of
from simulation.io.yaml_data import data_of

MOST_BYTES = 250_000
"""Of a YAML file; reading one so long takes seconds."""


@dataclass(frozen=True, kw_only=True)
class YamlSource:
    """One YAML file as plain dicts, lists, texts and finite numbers, with the line of each."""

    path: Path
    data: Any
    lines: Mapping[DataPath, int]

    def line_of(self, path: DataPath) -> int:
        """Return the line (from 1) of a value, or of the nearest thing around it that is in the file."""
        return self.origin_of(path).line or 1

    def origin_of(self, path: DataPath) -> Origin:
        """Return the place of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return Origin(file=self.path, line=self.lines.get(path, 1), path=path)


def read_yaml(path: Path) -> YamlSource:
    """Return the content of a YAML 1.2 file.

    Errors: InputError for a file that is missing, not UTF-8 text, over 250 kB or empty, and for anchors,
    tags, duplicate keys, nesting over 40 levels and numbers that are not finite.
    """
    return read_text(text_of(path, most_bytes=MOST_BYTES, kind="a YAML file"), path)


def read_text(text: str, path: Path) -> YamlSource:
    """Return the content of YAML text; `path` is what its errors call it."""
    data, lines = data_of(text, path)
    return YamlSource(path=path, data=data, lines=lines)


def parse[M: BaseModel](source: LocatedData, model: type[M]) -> M:
    """Return the file's data as a checked model; the first complaint becomes an InputError.

    The data are checked as JSON, so that a date may be text and a tuple a list even in strict models, and
    2000.0 is a whole number, as it is in every CSV file.
    """
    try:
        return model.model_validate_json(json.dumps(_with_whole_numbers(source.data)))
    except ValidationError as error:
        complaints = error.errors(include_url=False)
    ranked = sorted(complaints, key=lambda each: _rank(source, each))
    raise _input_error(source, ranked[0], model)


def _with_whole_numbers(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _with_whole_numbers(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_with_whole_numbers(value) for value in data]
    return whole(data)


def _rank(source: LocatedData, complaint: Complaint) -> tuple[int, str, int]:
    """Order complaints, causes before what follows from them, then by file and line.

    A misspelt field leaves another missing; items with faults do not count, and leave their list too short.
    """
    place = source.origin_of(_data_path(source.data, complaint["loc"]))
    kind = complaint["type"]
    follows = 2 if kind == "too_short" and complaint["input"] else int(kind == "missing")
    return follows, str(place.file), place.line or 0


def _input_error(source: LocatedData, complaint: Complaint, model: type[BaseModel]) -> InputError:
    path = _data_path(source.data, complaint["loc"])
    unknown_field = complaint["type"] == "extra_forbidden"
    return wrong(source, path, sentence(complaint, model), inside=unknown_field)


def _data_path(data: Any, location: tuple[int | str, ...]) -> DataPath:
    """Return the part of pydantic's location that is in the data, without its own marks for unions."""
    path: list[str | int] = []
    for part in location:
        is_index = isinstance(data, list) and isinstance(part, int)
        if is_index or (isinstance(data, dict) and part in data):
            data = data[part]
            path.append(part)
    return tuple(path)
