"""Overrides from the command line: `--set path=value` laid over the merged scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from simulation.errors import Faults, InputError
from simulation.io.origin import DataPath, Origin, dotted, undotted
from simulation.io.pydantic_messages import describe, suggestion
from simulation.io.yaml_file import read_text
from simulation.scenario.merge import Node, child, from_data
from simulation.scenario.notice import Notice
from simulation.scenario.schema import ScenarioFile

LABEL = "--set "
"""Begins what errors and origins call an override; the rest is its text."""
_PATH = re.compile(r"[^.\[\]\s]+(\.[^.\[\]\s]+|\[[0-9]+\])*")
_FREE, _GROUPS = "inputs", "together"
_LONGEST_PATH = 200
_FIELDS = frozenset(ScenarioFile.model_fields) - {"extends"}


def apply(root: Node, overrides: Sequence[str]) -> Node:
    """Return the tree with every override applied in order; later ones win.

    Errors: InputError for each text that is not `path=value`, path that leads nowhere, and unreadable value.
    """
    faults = Faults()
    for text in overrides:
        with faults.gather():
            root = _apply_one(root, text)
    faults.refuse()
    return root


def is_override(place: Origin) -> bool:
    """Say whether something was written as an override."""
    return isinstance(place.file, str) and place.file.startswith(LABEL)


def idle(overrides: Sequence[str]) -> Iterator[Notice]:
    """Yield a notice for each override of which a later one sets the same again, or all that it is a part of."""
    parted = [each.partition("=") for each in overrides]
    settings = [(undotted(path.strip()), text.strip()) for path, _, text in parted]
    for k, (path, _) in enumerate(settings):
        later = [text for other, text in settings[k + 1 :] if path[: len(other)] == other]
        if later:
            message = f"is set again later, and the last counts: {later[-1]}"
            yield Notice(file=f"{LABEL}{overrides[k]}", path=dotted(path), message=message)


def _apply_one(root: Node, text: str) -> Node:
    label = f"{LABEL}{text}"
    path, _, written = text.partition("=")
    if len(path) > _LONGEST_PATH:
        raise InputError(f"a path of {len(path):,} letters leads nowhere in a scenario", file=label)
    if path.strip() == "extends":
        raise InputError("what a scenario extends cannot be overridden; write a scenario file", file=label)
    if not _PATH.fullmatch(path.strip()) or not written.strip():
        raise InputError("must be path=value, such as inputs.red_fighters=20", file=label)
    value = from_data(_value(written, label), Origin(file=label))
    return _placed(root, undotted(path.strip()), (), value)


def _value(written: str, label: str) -> object:
    try:
        return read_text(written, Path(label)).data
    except InputError as error:
        raise InputError(error.message, file=label) from None


def _placed(node: Node, steps: DataPath, above: DataPath, value: Node) -> Node:
    """Return the node with the value put where the steps lead."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    below = child(node, step)
    if below is None:
        _check_new(node, step, rest, above, value)
        below = Node(value={}, place=value.place)
    new = _placed(below, rest, (*above, step), value)
    if isinstance(node.value, list):
        return Node(
            value=[new if index == step else item for index, item in enumerate(node.value)], place=node.place
        )
    return Node(value={**node.value, str(step): new}, place=node.place)


def _check_new(node: Node, step: str | int, rest: DataPath, above: DataPath, value: Node) -> None:
    """Refuse a step that is not there, unless it names a field that a scenario may add."""
    if not isinstance(node.value, dict):
        raise InputError(f"nothing is at '{step}' of '{dotted(above)}': {_size(node)}", file=value.place.file)
    if not above and step not in _FIELDS:
        hint = "" if rest else f"; an input is named with its list, such as {_FREE}.{step}"
        raise InputError(f"there is no '{step}'{suggestion(str(step), _FIELDS)}{hint}", file=value.place.file)
    whole_group = not above and step == _GROUPS and len(rest) == 1
    if rest and (*above, step)[0] != _FREE and not whole_group:
        words = suggestion(str(step), node.value) if above else " in this scenario"
        raise InputError(f"there is no '{dotted((*above, step))}'{words}", file=value.place.file)


def _size(node: Node) -> str:
    if not isinstance(node.value, list):
        return f"it is {describe(node.value)}"
    return f"it has the items 0 to {len(node.value) - 1}" if node.value else "the list is empty"
