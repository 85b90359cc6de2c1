"""Scenario data as trees in which every value knows where it was written, and how trees are merged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from simulation.io.origin import DataPath, Origin
from simulation.io.yaml_file import YamlSource

_APPENDED = ("measures", "claims")
_CLEARED = ("inputs", "together")
"""Mappings of which `replace: all` drops what the extended scenario has."""
_CLEAR = {"replace": "all"}


@dataclass(frozen=True, kw_only=True)
class Node:
    """A value and its place; `value` is a dict or list of nodes, or a scalar."""

    value: Any
    place: Origin


@dataclass(frozen=True, kw_only=True)
class Tree:
    """Merged data that can be checked like a file (see `Sourced`)."""

    root: Node

    @cached_property
    def data(self) -> Any:
        """The values without their places; nobody changes them."""
        return plain(self.root)

    def origin_of(self, path: DataPath) -> Origin:
        """Return the place of a value, or of the nearest thing around it."""
        node = self.root
        for part in path:
            below = child(node, part)
            if below is None:
                break
            node = below
        return node.place


def from_source(source: YamlSource) -> Node:
    """Return a file's data as a tree."""
    return _from_data(source.data, (), source)


def from_data(data: Any, place: Origin) -> Node:
    """Return plain data as a tree in which everything has the same place."""
    if isinstance(data, Mapping):
        return Node(value={key: from_data(value, place) for key, value in data.items()}, place=place)
    if isinstance(data, list | tuple):
        return Node(value=[from_data(value, place) for value in data], place=place)
    return Node(value=data, place=place)


def plain(node: Node) -> Any:
    """Return a tree's values without their places."""
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    return [plain(value) for value in node.value] if isinstance(node.value, list) else node.value


def child(node: Node, part: str | int) -> Node | None:
    """Return what is under a key or index, or None."""
    if isinstance(node.value, dict):
        found: Node | None = node.value.get(part)
        return found
    if isinstance(node.value, list) and isinstance(part, int) and 0 <= part < len(node.value):
        item: Node = node.value[part]
        return item
    return None


def leaves(node: Node, path: DataPath = ()) -> Iterator[tuple[DataPath, Node]]:
    """Yield every scalar (and empty mapping or list) with its path."""
    if isinstance(node.value, dict | list) and node.value:
        below = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
        for part, inner in below:
            yield from leaves(inner, (*path, part))
    else:
        yield path, node


def merge(base: Node, new: Node, path: DataPath = ()) -> Node:
    """Return `new` laid over `base`: mappings merge, measures and claims append, all else is replaced."""
    if len(path) == 1 and path[0] in _CLEARED and _clears(new):
        return _uncleared(new)
    if len(path) == 1 and path[0] in _APPENDED and isinstance(new.value, list):
        kept = base.value if isinstance(base.value, list) else []
        return Node(value=appended(kept, new.value), place=new.place)
    if not (isinstance(base.value, dict) and isinstance(new.value, dict)):
        return new
    below = dict(base.value)
    if len(path) == 2 and path[0] == "inputs" and {"dist", "value"} & new.value.keys():
        below = {key: node for key, node in below.items() if key == "unit"}
    for key, node in new.value.items():
        below[key] = merge(below[key], node, (*path, key)) if key in below else _fresh(node, (*path, key))
    return Node(value=below, place=new.place)


def appended(base: list[Node], new: list[Node]) -> list[Node]:
    """Return the items of both lists; `replace: all` at the head of the new one drops the base's."""
    if new and plain(new[0]) == _CLEAR:
        return new[1:]
    return [*base, *new]


def _fresh(node: Node, path: DataPath) -> Node:
    """Return a value that nothing lies under; `replace: all` then has nothing to drop."""
    if len(path) == 1 and path[0] in _APPENDED and isinstance(node.value, list):
        return Node(value=appended([], node.value), place=node.place)
    return _uncleared(node) if len(path) == 1 and path[0] in _CLEARED and _clears(node) else node


def _clears(node: Node) -> bool:
    """Return whether a mapping drops what lies under it."""
    word = child(node, "replace") if isinstance(node.value, dict) else None
    return word is not None and plain(word) == _CLEAR["replace"]


def _uncleared(node: Node) -> Node:
    """Return a mapping without its `replace: all`."""
    return Node(value={key: each for key, each in node.value.items() if key != "replace"}, place=node.place)


def _from_data(data: Any, path: DataPath, source: YamlSource) -> Node:
    place = source.origin_of(path)
    if isinstance(data, dict):
        below = {key: _from_data(value, (*path, key), source) for key, value in data.items()}
        return Node(value=below, place=place)
    if isinstance(data, list):
        items = [_from_data(value, (*path, index), source) for index, value in enumerate(data)]
        return Node(value=items, place=place)
    return Node(value=data, place=place)
