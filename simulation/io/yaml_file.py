"""Safe YAML, read in one place: plain data with the line of every value, and models checked against it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from simulation.errors import MOST_KEPT, InputError, united
from simulation.io.numeral import whole
from simulation.io.origin import DataPath, LocatedData, Origin, wrong
from simulation.io.pydantic_messages import Complaint, closest, fields_at, sentence
from simulation.io.text_file import text_of
from simulation.io.yaml_cache import cached_data

Location = tuple[int | str, ...]
"""Where pydantic found something: keys, indices, and marks of its own for unions."""
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
    data, lines = cached_data(text, path)
    return YamlSource(path=path, data=data, lines=lines)


def parse[M: BaseModel](source: LocatedData, model: type[M]) -> M:
    """Return the file's data as a checked model; InputError for all that is wrong, each with its place.

    The data are checked as JSON, so that a date may be text and a tuple a list even in strict models, and
    2000.0 is a whole number, as it is in every CSV file.
    """
    checked = check(source, model)
    if isinstance(checked, list):
        raise united(error for _, error in checked)
    return checked


def check[M: BaseModel](source: LocatedData, model: type[M]) -> M | list[tuple[DataPath, InputError]]:
    """Return the file's data as a checked model, or what is wrong with them: the path in the data, and the error."""
    try:
        return model.model_validate_json(json.dumps(_with_whole_numbers(source.data)))
    except ValidationError as error:
        complaints = error.errors(include_url=False)
    complaints.sort(key=lambda each: _line(source, each))
    causes = _causes(source, complaints[:MOST_KEPT], model)
    return [(_path_at_fault(source, each), _input_error(source, each, model)) for each in causes]


def _with_whole_numbers(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _with_whole_numbers(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_with_whole_numbers(value) for value in data]
    return whole(data)


def _path_at_fault(source: LocatedData, complaint: Complaint) -> DataPath:
    """Return the path of a faulty value, or the one that a missing value would have."""
    missing = complaint["loc"][-1:] if complaint["type"] == "missing" else ()
    return (*_data_path(source.data, complaint["loc"]), *missing)


def _line(source: LocatedData, complaint: Complaint) -> tuple[str, int]:
    place = source.origin_of(_data_path(source.data, complaint["loc"]))
    return str(place.file), place.line or 0


def _causes(source: LocatedData, complaints: Sequence[Complaint], model: type[BaseModel]) -> list[Complaint]:
    """Return the complaints without those that only follow from others.

    A misspelt field, or one unlike any, leaves another missing; fields that are not indented are unknown where they
    stand; faulty items leave their list too short; and a value that could be several things is wrong as each of them.
    """
    meant = _meant(complaints, model)
    hollow = {
        each["loc"][:-1] for each in complaints if each["type"] == "model_type" and each["input"] is None
    }
    paths = [_data_path(source.data, each["loc"]) for each in complaints]
    holders = {
        path[:length]
        for each, path in zip(complaints, paths, strict=True)
        for length in range(len(path))
        if each["type"] != "too_short"
    }
    causes: dict[object, Complaint] = {}
    for each, path in zip(complaints, paths, strict=True):
        around, name = each["loc"][:-1], each["loc"][-1:]
        if each["type"] == "missing":
            follows, key = bool({"", *name} & meant.get(around, set())), (path, name)
        else:
            follows, key = each["type"] == "extra_forbidden" and around in hollow, (path, ())
            follows |= each["type"] == "too_short" and bool(each["input"]) and path in holders
        if not follows:
            causes.setdefault(key, each)
    return list(causes.values()) or list(complaints)


def _meant(complaints: Sequence[Complaint], model: type[BaseModel]) -> dict[Location, set[str]]:
    """Return by mapping which fields the unknown ones in it are most like; an empty text for one unlike any."""
    meant: dict[Location, set[str]] = {}
    for each in complaints:
        if each["type"] == "extra_forbidden":
            *around, word = each["loc"]
            likest = closest(str(word), fields_at(model, tuple(around)))
            meant.setdefault(tuple(around), set()).add(likest)
    return meant


def _input_error(source: LocatedData, complaint: Complaint, model: type[BaseModel]) -> InputError:
    path = _data_path(source.data, complaint["loc"])
    unknown_field = complaint["type"] == "extra_forbidden"
    return wrong(source, path, sentence(complaint, model), inside=unknown_field)


def _data_path(data: Any, location: Location) -> DataPath:
    """Return the part of pydantic's location that is in the data, without its own marks for unions."""
    path: list[str | int] = []
    for part in location:
        is_index = isinstance(data, list) and isinstance(part, int) and part < len(data)
        if is_index or (isinstance(data, dict) and part in data):
            data = data[part]
            path.append(part)
    return tuple(path)
