"""What can be read of a scenario file although other parts are wrong, so that all its errors are found at once."""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass
from typing import Any

from simulation.errors import Faults, united
from simulation.io.origin import DataPath, Origin
from simulation.io.yaml_file import check
from simulation.scenario.dated_change import Measure
from simulation.scenario.merge import Tree
from simulation.scenario.schema import LONGEST_RUN, ScenarioFile

STAND_INS = {
    "title": "-",
    "question": "-",
    "start": "2000-01-01",
    "days": LONGEST_RUN,
    "region": "-",
    "seeds": "-",
}
"""What takes the place of a required field that is missing or wrong; nothing is checked against it."""
_IN_PARTS = ("inputs", "together", "measures")
"""Fields of which some parts can be right and others wrong."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A scenario file as far as it is right.

    `measures` are by their place in the list; in `file`, a constant stands for each field that is `gone`.
    """

    file: ScenarioFile
    measures: Mapping[int, Measure]
    gone: frozenset[str] = frozenset()
    refused_inputs: frozenset[str] = frozenset()


def draft_of(tree: Tree, faults: Faults) -> Draft:
    """Return what of a scenario file is right, all of it or a part; errors are gathered in `faults`.

    Errors: InputError, with all that was found, where no part can be told from the rest.
    """
    checked = check(tree, ScenarioFile)
    if isinstance(checked, list):
        faults.found += [error for _, error in checked]
        return _sound_part(tree, [path for path, _ in checked], faults)
    measures = {index: item.measure() for index, item in enumerate(checked.measures)}
    return Draft(file=checked, measures=measures)


def _sound_part(tree: Tree, wrong: Collection[DataPath], faults: Faults) -> Draft:
    """Return the draft without inputs, measures and other fields that something is wrong with."""
    bad = {path[: 2 if path[0] in _IN_PARTS else 1] for path in wrong}
    data = {key: _without(key, value, bad) for key, value in tree.data.items() if (key,) not in bad}
    known = {key: value for key, value in data.items() if key in ScenarioFile.model_fields}
    file = check(_Part(data=STAND_INS | known, tree=tree), ScenarioFile)
    if isinstance(file, list):
        faults.found += [error for _, error in file]
        raise united(faults.found)
    listed = tree.data.get("measures")
    count = len(listed) if isinstance(listed, list) else 0
    places = [index for index in range(count) if ("measures", index) not in bad]
    measures = {index: item.measure() for index, item in zip(places, file.measures, strict=False)}
    refused = {str(path[1]) for path in bad if path[0] == "inputs" and len(path) > 1}
    gone = STAND_INS.keys() - known.keys()
    return Draft(file=file, measures=measures, gone=frozenset(gone), refused_inputs=frozenset(refused))


def _without(key: str, value: Any, bad: Container[DataPath]) -> Any:
    """Return the value of a field without the parts of it that something is wrong with."""
    if key in ("inputs", "together") and isinstance(value, dict):
        return {name: each for name, each in value.items() if (key, name) not in bad}
    if key == "measures" and isinstance(value, list):
        return [each for index, each in enumerate(value) if (key, index) not in bad]
    return value


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Some of a tree's data, with the tree's places."""

    data: Any
    tree: Tree

    def origin_of(self, path: DataPath) -> Origin:
        """Return the place of a value in the whole tree."""
        return self.tree.origin_of(path)
