"""Elevation and ruggedness of each cell, from the 5 arc-minute heights of pvlib."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np

from simulation.region_building.packages import package

SAMPLES_PER_DEGREE = 12
STEP_M, LOWEST_M, NO_DATA = 28, -450, 255


@cache
def altitudes() -> np.ndarray:
    """Return heights in metres, f8 (2160, 4320), row 0 at the north pole, NaN where there is none.

    Source: `Altitude.h5` of pvlib, from Terrain Tiles; steps of 28 m, and peaks come out at half their height.
    """
    h5py = package("h5py")
    with h5py.File(str(files("pvlib") / "data" / "Altitude.h5"), "r") as data:
        coded = data["Altitude"][:]
    heights = coded * float(STEP_M) + LOWEST_M
    heights[coded == NO_DATA] = np.nan
    return np.asarray(heights)


def elevation_m(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return the elevation (m) of the sample each cell centre lies in, f8 (n); 0 where it has none."""
    row, col = _sample(lat, lon)
    return np.asarray(np.nan_to_num(altitudes()[row, col], nan=0.0))


def ruggedness_m(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Return the standard deviation (m) of the nine samples around each cell, f8 (n); sea is left out.

    The nine cover about 28 by 23 km at 35 degrees of latitude.
    """
    heights, (row, col) = altitudes(), _sample(lat, lon)
    rows, columns = heights.shape
    around = np.stack(
        [
            heights[np.clip(row + dr, 0, rows - 1), (col + dc) % columns]
            for dr in (-1, 0, 1)
            for dc in (-1, 0, 1)
        ]
    )
    found = np.zeros(len(row))
    known = ~np.isnan(around).all(axis=0)
    found[known] = np.nanstd(around[:, known], axis=0)
    return found


def _sample(lat: np.ndarray, lon: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    row = np.floor((90 - np.asarray(lat)) * SAMPLES_PER_DEGREE).astype(int)
    return row, np.floor((np.asarray(lon) + 180) * SAMPLES_PER_DEGREE).astype(int)
