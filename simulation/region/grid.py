"""Grid arithmetic in integer micro-degrees: cells of 0.05 degrees that nest in PRIO-GRID cells of 0.5.

Source: PRIO-GRID, Tollefsen, Strand and Buhaug 2012, doi:10.1177/0022343311431287.
South and west edges belong to the cell.
Every function takes a number or an array of them, except where it says otherwise.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

MICRO = 1_000_000
GID_SIDE = 500_000
CELL_SIDE = 50_000
GIDS_PER_ROW = 360 * MICRO // GID_SIDE
CELLS_PER_GID_SIDE = GID_SIDE // CELL_SIDE
EARTH_RADIUS_KM = 6371.0088
# The eight neighbours, in the order N, NE, E, SE, S, SW, W, NW.
ROW_STEP = (1, 1, 0, -1, -1, -1, 0, 1)
COL_STEP = (0, 1, 1, 1, 0, -1, -1, -1)


def micro(degrees: Any) -> Any:
    """Return degrees as whole micro-degrees, rounded to the nearest.

    Raises ValueError for a number that is not finite.
    """
    values = np.asarray(degrees, dtype=np.float64)
    if not np.all(np.isfinite(values)):
        raise ValueError(f"not a finite number of degrees: {degrees}")
    whole = np.rint(values * MICRO).astype(np.int64)
    return int(whole) if whole.ndim == 0 else whole


def gid_of(lat: Any, lon: Any) -> Any:
    """Return the PRIO-GRID cell (1 to 259200) that holds a point in degrees."""
    south, west = _from_corner(lat, lon)
    return south // GID_SIDE * GIDS_PER_ROW + west // GID_SIDE + 1


def sub_id_of(lat: Any, lon: Any) -> Any:
    """Return the cell that holds a point in degrees: gid * 100 + 10 * row + column.

    Row and column run from 0 to 9, from the south-west corner of the PRIO-GRID cell.
    """
    south, west = _from_corner(lat, lon)
    row, col = south % GID_SIDE // CELL_SIDE, west % GID_SIDE // CELL_SIDE
    return gid_of(lat, lon) * 100 + row * CELLS_PER_GID_SIDE + col


def south_west(sub_id: Any) -> tuple[Any, Any]:
    """Return the latitude and longitude of a cell's south-west corner in micro-degrees.

    Raises ValueError for a number that names no cell.
    """
    gid, inner = np.asarray(sub_id, dtype=np.int64) // 100 - 1, np.asarray(sub_id, dtype=np.int64) % 100
    if not np.all((gid >= 0) & (gid < GIDS_PER_ROW * GIDS_PER_ROW // 2)):
        raise ValueError(f"no cell has the number {sub_id}")
    lat = gid // GIDS_PER_ROW * GID_SIDE + inner // CELLS_PER_GID_SIDE * CELL_SIDE - 90 * MICRO
    lon = gid % GIDS_PER_ROW * GID_SIDE + inner % CELLS_PER_GID_SIDE * CELL_SIDE - 180 * MICRO
    return (int(lat), int(lon)) if lat.ndim == 0 else (lat, lon)


def centre(sub_id: Any) -> tuple[Any, Any]:
    """Return the latitude and longitude of a cell's centre in degrees."""
    south, west = south_west(sub_id)
    return (south + CELL_SIDE // 2) / MICRO, (west + CELL_SIDE // 2) / MICRO


def area_km2(lat: Any) -> Any:
    """Return the area of the cell whose centre lies on this latitude (degrees), on a sphere."""
    half, side = math.radians(CELL_SIDE / MICRO / 2), math.radians(CELL_SIDE / MICRO)
    return EARTH_RADIUS_KM**2 * side * 2 * math.sin(half) * np.cos(np.radians(lat))


def distance_km(lat_a: Any, lon_a: Any, lat_b: Any, lon_b: Any) -> Any:
    """Return the great-circle distance between points in degrees (haversine)."""
    a, b = np.radians(lat_a), np.radians(lat_b)
    turn = (
        np.sin((b - a) / 2) ** 2
        + np.cos(a) * np.cos(b) * np.sin(np.radians(np.subtract(lon_b, lon_a)) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(turn))


def neighbours_of(row: np.ndarray, col: np.ndarray) -> np.ndarray:
    """Return the index of each cell's neighbour in each direction, i4 (n, 8), -1 where there is none."""
    index = np.full((row.max() + 3, col.max() + 3), -1, dtype=np.int32)
    index[row + 1, col + 1] = np.arange(len(row), dtype=np.int32)
    return np.stack(
        [index[row + 1 + dr, col + 1 + dc] for dr, dc in zip(ROW_STEP, COL_STEP, strict=True)], axis=1
    )


def _from_corner(lat: Any, lon: Any) -> tuple[Any, Any]:
    south, west = micro(lat) + 90 * MICRO, micro(lon) + 180 * MICRO
    if not np.all((south >= 0) & (south < 180 * MICRO) & (west >= 0) & (west < 360 * MICRO)):
        raise ValueError(
            f"outside latitude -90 to 90 or longitude -180 to 180 (upper ends excluded): {lat}, {lon}"
        )
    return south, west
