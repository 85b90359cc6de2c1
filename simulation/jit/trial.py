"""A small example of all that linking does: parts in a whole, a state as an address, an error from within."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from simulation.jit.linking import Part
from simulation.jit.rows import RowsAddress
from simulation.jit.state_pointer import declare

_LAYOUT = {"weights": (np.dtype([("kg", "f8"), ("n", "i8")], align=True), 1), "grid": (np.dtype("i8"), 2)}
_TABLE_ROW = 3


class _Tray:
    """Two arrays and the address of their table."""

    def __init__(self) -> None:
        """Lay out three weights, and a grid that is not square."""
        self.weights = np.array([(0.5, 1), (1.5, 2), (2.5, 3)], _LAYOUT["weights"][0])
        self.grid = np.arange(6).reshape(3, 2)
        self.table = np.zeros((len(_LAYOUT), _TABLE_ROW), np.int64)
        for row, array in zip(self.table, (self.weights, self.grid), strict=True):
            row[0], row[1 : 1 + array.ndim] = array.ctypes.data, array.shape
        self.address = self.table.ctypes.data


def _part(function: Callable[..., Any]) -> Any:
    return Part(function, lambda whole: None)


@_part
def _weight(tray: Any, k: int, each: Any) -> Any:
    """Return a weight, or all of a kind if `each` is None, and say where there is none."""
    if k >= len(tray.weights):
        raise IndexError("no such weight", k)
    w = tray.weights[k]
    return w.kg * w.n if each is None else w.kg


@_part
def _moved(tray: Any) -> Any:
    """Return the sum of the weights after adding to one of them."""
    total = 0.0
    for k in range(len(tray.weights)):
        total += _weight(tray, k, None) + _weight(tray, k, True)
    tray.weights[1].n += tray.grid[2, 1]
    return total


@_part
def _whole(tray: Any, k: int) -> Any:
    """Return what both parts say."""
    return _moved(tray) + _weight(tray, k, None)


def link_and_run() -> None:
    """Compile, link and run the example; any exception means that rules cannot be linked."""
    declare(_Tray, _LAYOUT, _TABLE_ROW, RowsAddress)
    tray = _Tray()
    found = _whole(tray, 1)
    if (found, tray.weights["n"].tolist()) != (15.5 + 10.5, [1, 7, 3]):
        raise RuntimeError(f"a linked example gave {found}")
    try:
        _whole(tray, 3)
    except IndexError as error:
        if error.args == ("no such weight", 3):
            return
    raise RuntimeError("a linked example did not raise")
