"""What the ground does for those who hold it: earthworks, hills, houses. All shares lie in 0..1."""

from __future__ import annotations

from simulation.jit.decorator import njit


@njit
def hills(ruggedness, scale):
    """Return how far ground of some ruggedness (m) shelters: a half where it equals the scale (m)."""
    return ruggedness / (ruggedness + scale)


@njit
def field_shelter(s, cell):
    """Return how well the holder of a cell is sheltered in open land: by earthworks or by hills."""
    return max(s.cells[cell].dug_in, hills(s.ground[cell].ruggedness, s.params[0].hill_scale))


@njit
def shelter_of(s, cell):
    """Return how well the holder of a cell is sheltered by earthworks, hills or houses, whichever is best."""
    return max(field_shelter(s, cell), s.ground[cell].urban)
