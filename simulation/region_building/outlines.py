"""Countries and lakes of Natural Earth as valid polygons in degrees, x longitude and y latitude."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np

from simulation.region.description import Box
from simulation.region_building.packages import package

LAKE_GRAIN = 0.002
"""Degrees: the unit of the outlines of lakes, counted from 180 W and 90 S."""
TURN = 360.0
LEAST_CORNERS = 4
"""Of a ring, the first corner counted again at its end; the map has islands of fewer."""


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A country as the map has it, within and round a box; `code` is its ISO 3166 number, empty where it has none."""

    name: str
    code: str
    shape: Any


def countries(box: Box) -> list[Outline]:
    """Return the countries that have ground in a box, largest part first, as valid shapes cut to the box.

    Several outlines of the map cross themselves, and those of Fiji, Antarctica and one more jump over 180 degrees:
    the first are made valid, the others cut there.
    """
    shapely, found = package("shapely"), []
    topology = json.loads(lzma.decompress(_data("countries.json.xz")))
    arcs = [_degrees(arc, topology["transform"]) for arc in topology["arcs"]]
    square = shapely.box(box.west, box.south, box.east, box.north)
    for each in topology["objects"]["countries"]["geometries"]:
        parts = [part for rings in _polygons(each, arcs) for part in _valid(rings, square)]
        if parts:
            name, code = each["properties"]["name"], each.get("id", "")
            found.append(Outline(name=name, code=code, shape=shapely.union_all(parts)))
    return sorted(found, key=lambda outline: (-outline.shape.area, outline.name))


def lakes(box: Box) -> Any:
    """Return the lakes within a box as one valid shape, empty where there are none."""
    shapely, found = package("shapely"), []
    square = shapely.box(box.west, box.south, box.east, box.north)
    for rings in json.loads(lzma.decompress(_data("lakes.json.xz"))):
        corners = [np.cumsum(np.reshape(ring, (-1, 2)), axis=0) * LAKE_GRAIN - [180, 90] for ring in rings]
        found += _valid(corners, square)
    return shapely.union_all(found)


def _data(name: str) -> bytes:
    return (files("simulation.region_building") / "data" / name).read_bytes()


def _degrees(arc: Sequence[Sequence[int]], transform: dict[str, Sequence[float]]) -> np.ndarray:
    return np.asarray(np.cumsum(arc, axis=0) * np.array(transform["scale"]) + transform["translate"])


def _polygons(geometry: dict[str, Any], arcs: Sequence[np.ndarray]) -> Iterator[list[np.ndarray]]:
    """Yield each polygon of a country as its rings, f8 (n, 2); an arc ~i runs backwards."""
    several = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in several:
        yield [np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]) for ring in polygon]


def _valid(rings: Sequence[np.ndarray], square: Any) -> list[Any]:
    """Return what of a polygon lies in a square, in valid parts; none where it lies elsewhere."""
    shapely = package("shapely")
    west, south, east, north = square.bounds
    shell, *holes = (ring for ring in rings if len(ring) >= LEAST_CORNERS or ring is rings[0])
    if len(shell) < LEAST_CORNERS:
        return []
    jumps = bool(np.any(np.abs(np.diff(shell[:, 0])) > TURN / 2))
    if shell[:, 1].max() < south or shell[:, 1].min() > north:
        return []
    if not jumps and (shell[:, 0].max() < west or shell[:, 0].min() > east):
        return []
    shape = shapely.make_valid(shapely.Polygon(*_unrolled([shell, *holes]) if jumps else (shell, holes)))
    turns = (-TURN, 0.0, TURN) if jumps else (0.0,)
    moved = [shapely.transform(shape, lambda at, turn=turn: at + np.array([turn, 0])) for turn in turns]
    cut = [shapely.intersection(part, square) for part in moved]
    return [part for part in cut if part.area > 0]


def _unrolled(rings: Sequence[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return rings whose longitudes run on across 180 degrees; one round a pole is closed over it."""
    turned = []
    for ring in rings:
        lon = np.unwrap(ring[:, 0], period=TURN)
        corners = np.column_stack([lon, ring[:, 1]])
        if abs(lon[-1] - lon[0]) > TURN / 2:
            pole = -90.0 if ring[:, 1].mean() < 0 else 90.0
            corners = np.vstack([corners, [lon[-1], pole], [lon[0], pole]])
        turned.append(corners)
    return turned[0], turned[1:]
