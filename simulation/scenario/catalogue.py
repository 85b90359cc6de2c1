"""The scenarios that come with the program, and how a name or path on the command line finds its file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from simulation.errors import InputError
from simulation.io.file_cache import FileCache
from simulation.io.folders import bundled
from simulation.io.pydantic_messages import nearest
from simulation.scenario.inheritance import read_chain
from simulation.scenario.merge import plain

_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, kw_only=True)
class CatalogueEntry:
    """One bundled scenario as `simulate list` shows it; `extends` is the one that it is compared with, if any.

    A `base` holds numbers that others extend, and cannot be run.
    """

    name: str
    title: str
    question: str
    extends: str | None
    base: bool = False

    def text(self) -> str:
        """Return the entry for a terminal; the last line is a command to begin with."""
        command = f"simulate {f'compare {self.extends}' if self.extends else 'run'} {self.name}"
        begin = f"not to be run: write 'extends: {self.name}' in a file of your own" if self.base else command
        return f"{self.name}\n  {self.title}\n  {self.question}\n  {begin}"


BASES = ("base",)
"""Bundled files that others extend and nobody runs."""


def names() -> tuple[str, ...]:
    """Return the names of the bundled scenarios that can be run, in alphabetical order."""
    stems = {path.stem for path in bundled("scenarios").glob("*.yaml")}
    return tuple(sorted(stems - set(BASES)))


def entries() -> tuple[CatalogueEntry, ...]:
    """Return every bundled scenario: first those to begin with, then the others, each family together, then bases."""
    files = FileCache()
    every = [_entry(name, files) for name in (*names(), *BASES)]
    return tuple(sorted(every, key=lambda each: (each.base, each.extends or "", each.name)))


def find(path_or_name: str | Path) -> Path:
    """Return the file of a scenario given by its path, or by a bundled name with or without `.yaml`.

    Errors: InputError when there is no such file and no bundled scenario of that name.
    """
    text = str(path_or_name)
    path = Path(text)
    if not text.strip() or "\0" in text:
        raise InputError(f"a scenario is given by its path or name, not {text!r}")
    if _exists_as_file(path):
        return path
    return bundled_file(text) or _not_found(path)


def bundled_file(name: str) -> Path | None:
    """Return the file of a bundled scenario, or None when no bundled scenario has that name."""
    stem = name
    for suffix in _SUFFIXES:
        stem = stem.removesuffix(suffix)
    return bundled("scenarios") / f"{stem}.yaml" if stem in (*names(), *BASES) else None


def _exists_as_file(path: Path) -> bool:
    return os.path.exists(path) and not os.path.isdir(path)


def _not_found(path: Path) -> Path:
    """Return the path of a folder or of an odd name for the reader to refuse, or say what names there are."""
    if len(path.parts) > 1 or os.path.isdir(path):
        return path
    stem = path.stem if path.suffix in _SUFFIXES else path.name
    words = nearest(stem, names()) or f"; bundled are {', '.join(names())}"
    raise InputError(f"there is no such file, nor a bundled scenario of that name{words}", file=path)


def _entry(name: str, files: FileCache) -> CatalogueEntry:
    file = bundled("scenarios") / f"{name}.yaml"
    tree, extends = plain(read_chain(file, bundled_file, files)), files.yaml(file).data.get("extends")
    return CatalogueEntry(
        name=name,
        title=tree["title"],
        question=tree["question"],
        extends=None if extends in BASES else extends,
        base=name in BASES,
    )
