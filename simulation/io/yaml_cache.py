"""YAML texts as they were read before: to read those of a scenario takes a fifth of the time to its first history."""

from __future__ import annotations

import functools
import hashlib
import pickle
import sys
import unicodedata
from pathlib import Path
from typing import Any

import ruamel.yaml

from simulation.io import characters, numeral, yaml_data
from simulation.io.kept_file import keep, read_kept
from simulation.io.origin import DataPath

_READER = (characters, numeral, yaml_data)
"""What decides what a text is read as, beside the libraries."""
_SHORT = 1000
"""Letters up to which reading a text takes no longer than finding it."""
_MOST = 64
"""Texts that are kept."""


def cached_data(text: str, path: Path) -> tuple[Any, dict[DataPath, int]]:
    """Return the data of YAML text and the line of each value, as `yaml_data.data_of`; InputError as there."""
    if len(text) <= _SHORT:
        return yaml_data.data_of(text, path)
    key = hashlib.sha256(_reader() + text.encode()).digest()
    content = read_kept("yaml", key)
    if content is not None:
        known: tuple[Any, dict[DataPath, int]] = pickle.loads(content)
        return known
    found = yaml_data.data_of(text, path)
    keep("yaml", key, pickle.dumps(found), _MOST)
    return found


@functools.cache
def _reader() -> bytes:
    """Return a hash of the code that reads YAML."""
    versions = sys.implementation.cache_tag, ruamel.yaml.__version__, unicodedata.unidata_version
    digest = hashlib.sha256(repr(versions).encode())
    for module in _READER:
        assert module.__file__ is not None
        digest.update(Path(module.__file__).read_bytes() + b"\0")
    return digest.digest()
