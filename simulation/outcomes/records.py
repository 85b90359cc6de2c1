"""Records of histories, end to end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulation.model.state import CHANGE

if TYPE_CHECKING:
    from simulation.engine.ensemble import History


def end_to_end(parts: Sequence[np.ndarray], dtype: np.dtype) -> np.ndarray:
    """Return records of one type one after the other, (rows,); there must be a part.

    Joined as bytes: numpy would work out the type that they have in common, field by field in Python.
    """
    return np.concatenate([np.asarray(part).view(np.uint8) for part in parts]).view(dtype)


def changes_of(histories: Sequence[History]) -> tuple[np.ndarray, np.ndarray]:
    """Return all changes of control in some histories, CHANGE (rows,), and of which history each is, i4 (rows,)."""
    parts = [history.outcome.changes for history in histories]
    numbers = np.array([history.replicate for history in histories], np.int32)
    return end_to_end(parts, CHANGE), np.repeat(numbers, [len(part) for part in parts])
