"""Points on the unit sphere, among which the nearest are found fast and across any meridian."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def on_sphere(lat: Sequence[float] | np.ndarray, lon: Sequence[float] | np.ndarray) -> np.ndarray:
    """Return points in degrees as x, y and z, f8 (n, 3)."""
    north, east = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
