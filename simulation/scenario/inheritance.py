"""The files of a scenario: the one that is named and all that it extends, merged into one tree."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from simulation.io.file_cache import FileCache
from simulation.io.folders import bundled
from simulation.io.origin import wrong
from simulation.io.pydantic_messages import nearest
from simulation.io.yaml_file import YamlSource
from simulation.scenario.merge import Node, from_source, merge

LONGEST_CHAIN = 20
"""Files."""
NOT_INHERITED = ("extends", "lesson")
"""Keys that speak of their own file: a lesson is about the question that stands beside it."""

BundledFile = Callable[[str], Path | None]


def read_chain(path: Path, bundled_file: BundledFile, files: FileCache) -> Node:
    """Return a scenario file merged over everything that it extends, the first base lowest; InputError as `chain`."""
    sources = chain(path, bundled_file, files)
    merged = from_source(sources[-1])
    for source in reversed(sources[:-1]):
        merged = merge(_without(merged, *NOT_INHERITED), from_source(source))
    return _without(merged, "extends")


def chain(path: Path, bundled_file: BundledFile, files: FileCache) -> list[YamlSource]:
    """Return a scenario file and all that it extends, each followed by its base.

    Errors: InputError for a base that is missing, a loop, and a chain of more than 20 files.
    """
    sources = [_read(path, files)]
    while (base := _base(sources[-1], bundled_file)) is not None:
        _check_chain(sources, base)
        sources.append(_read(base, files))
    return sources


def _without(root: Node, *keys: str) -> Node:
    return Node(value={key: node for key, node in root.value.items() if key not in keys}, place=root.place)


def _read(path: Path, files: FileCache) -> YamlSource:
    source = files.yaml(path)
    if not isinstance(source.data, dict):
        raise wrong(source, (), "a scenario must be a mapping (name: value)")
    return source


def _base(source: YamlSource, bundled_file: BundledFile) -> Path | None:
    """Return the file that a file extends: one beside it, or else a bundled one of that name."""
    if "extends" not in source.data:
        return None
    word = source.data["extends"]
    if not isinstance(word, str) or not word.strip():
        raise wrong(source, ("extends",), "must name one scenario file, such as base.yaml")
    beside = source.path.parent / word
    found = beside if os.path.exists(beside) else bundled_file(word)
    if found is None:
        close = nearest(Path(word).stem, sorted(file.stem for file in bundled("scenarios").glob("*.yaml")))
        message = f"no file '{word}' beside this one, nor a bundled scenario so named{close}"
        raise wrong(source, ("extends",), message)
    return found


def _check_chain(sources: list[YamlSource], base: Path) -> None:
    names = [source.path.name for source in sources]
    if base.resolve() in [source.path.resolve() for source in sources]:
        chain = " -> ".join([*names, base.name])
        raise wrong(sources[-1], ("extends",), f"the files extend each other in a circle: {chain}")
    if len(sources) >= LONGEST_CHAIN:
        raise wrong(sources[-1], ("extends",), f"more than {LONGEST_CHAIN} files extend each other")
