"""What every compiled rule begins with: the decorator, and the state that compiled functions are handed.

A state goes by its address; `s.units` looks the array up in its table.
"""

from __future__ import annotations

from simulation.jit.decorator import njit, pass_by_address
from simulation.model.state import LAYOUT, TABLE_ROW, State

__all__ = ["State", "njit"]

pass_by_address(State, LAYOUT, TABLE_ROW)
