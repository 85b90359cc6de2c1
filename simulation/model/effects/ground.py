"""What the ground does for those who hold it: earthworks, hills, houses. All shares lie in 0..1."""

from __future__ import annotations

from simulation.model.compilation import State, njit


@njit
def hills(ruggedness: float, scale: float) -> float:
    """Return how far ground of some ruggedness (m) shelters: a half where it equals the scale (m)."""
    return ruggedness / (ruggedness + scale)


@njit
def field_shelter(s: State, cell: int) -> float:
    """Return how well the holder of a cell is sheltered in open land: by earthworks or by hills."""
    return max(s.cells[cell].dug_in, hills(s.ground[cell].ruggedness, s.params[0].hill_scale))


@njit
def shelter_of(s: State, cell: int) -> float:
    """Return how well the holder of a cell is sheltered by earthworks, hills or houses, whichever is best."""
    return max(field_shelter(s, cell), s.ground[cell].urban)
