"""Provinces: the first-order divisions of GeoNames, each cell in that of the nearest town of its country."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from scipy.spatial import cKDTree

from simulation.region import grid
from simulation.region_building.gazetteer import Town
from simulation.region_building.sphere import on_sphere

Key = tuple[str, str]
"""A country's two letters, and the code that GeoNames gives the division."""


@dataclass(frozen=True, kw_only=True)
class Provinces:
    """The provinces of n cells: `of` indexes `names`, i8 (n).

    unnamed: provinces that are called after their largest town, for want of a name of their own.
    """

    names: tuple[str, ...]
    of: np.ndarray
    unnamed: tuple[str, ...]


def provinces_of(sub_id: np.ndarray, country: Sequence[str], towns: Sequence[Town]) -> Provinces:
    """Return the provinces of cells; `country` is the two letters of each, empty where it has none.

    A cell whose country has no town in the list belongs to the province of the nearest town of all.
    """
    if not towns:
        return Provinces(names=("all",), of=np.zeros(len(sub_id), dtype=np.int64), unnamed=())
    keys, nearest = _nearest(sub_id, np.array(country, dtype=object), towns)
    largest = _largest(towns)
    names = {key: _named().get(key, "") for key in {keys[at] for at in np.unique(nearest)}}
    unnamed = {key for key, name in names.items() if not name}
    for key in unnamed:
        names[key] = f"province of {largest[key].name}"
    titles = _distinct(names)
    ordered = sorted(titles, key=titles.__getitem__)
    index = {key: at for at, key in enumerate(ordered)}
    return Provinces(
        names=tuple(titles[key] for key in ordered),
        of=np.array([index[keys[at]] for at in nearest], dtype=np.int64),
        unnamed=tuple(sorted(titles[key] for key in unnamed)),
    )


def _nearest(sub_id: np.ndarray, country: np.ndarray, towns: Sequence[Town]) -> tuple[list[Key], np.ndarray]:
    keys = [(town.country, town.division) for town in towns]
    at, cells = on_sphere([t.lat for t in towns], [t.lon for t in towns]), on_sphere(*grid.centre(sub_id))
    nearest = np.asarray(cKDTree(at).query(cells)[1])
    for code in sorted({town.country for town in towns}):
        own = np.array([n for n, town in enumerate(towns) if town.country == code])
        here = np.flatnonzero(country == code)
        if len(here):
            nearest[here] = own[cKDTree(at[own]).query(cells[here])[1]]
    return keys, nearest


def _largest(towns: Sequence[Town]) -> dict[Key, Town]:
    largest: dict[Key, Town] = {}
    for town in sorted(towns, key=lambda town: -town.population):
        largest.setdefault((town.country, town.division), town)
    return largest


def _distinct(names: Mapping[Key, str]) -> dict[Key, str]:
    """Return names that differ: behind one that several provinces bear stand their country and code."""
    listed = list(names.values())
    return {
        key: f"{name} ({key[0]} {key[1]})" if listed.count(name) > 1 else name for key, name in names.items()
    }


@cache
def _named() -> dict[Key, str]:
    text = (files("simulation.region_building") / "data" / "provinces.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {(row["country"], row["code"]): row["province"] for row in rows}
