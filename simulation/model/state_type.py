"""Lets compiled functions take a state: they are handed its address, and look its arrays up in its table."""

from __future__ import annotations

from simulation.jit.decorator import pass_by_address
from simulation.model.state import LAYOUT, TABLE_ROW, State

pass_by_address(State, LAYOUT, TABLE_ROW)
