"""Cases: draws of all inputs of a scenario together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simulation.scenario.copula import joined_points
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.inputs import Input, at_quantiles
from simulation.scenario.points import BLOCK, nested_points

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def draw_cases(
    inputs: Mapping[str, Input],
    cases: range,
    seed: int,
    together: Mapping[str, InputGroup] | None = None,
) -> NDArray[np.float64]:
    """Return one row per case and one column per input in the order of `inputs`.

    Case k is the same whatever range it is drawn in; an input's draws hang on its name and the seed alone, and on
    the other members of its group in `together`. Shape (len(cases), len(inputs)).
    Errors: ValueError for a range with a step or before 0.
    """
    import numpy as np

    if cases.step != 1 or not cases.start >= 0:
        raise ValueError(f"cases must be a range of whole numbers from 0 upwards, not {cases}")
    drawn, groups = np.empty((len(cases), len(inputs))), _groups_by_member(together or {})
    for position, each in enumerate(inputs.values()):
        drawn[:, position] = _values(each, cases, seed, groups.get(each.name))
    return drawn


def _groups_by_member(together: Mapping[str, InputGroup]) -> dict[str, InputGroup]:
    """Return the group of each input that is drawn together with others."""
    return {name: group for group in together.values() if group.correlation > 0 for name in group.signs}


def case_points(name: str, cases: range, seed: int, group: InputGroup | None = None) -> NDArray[np.float64]:
    """Return the quantiles of an input in a range of cases, strictly between 0 and 1."""
    import numpy as np

    if not cases:
        return np.empty(0)
    first, last = cases.start // BLOCK, (cases.stop - 1) // BLOCK
    points = np.concatenate([_points(name, block, seed, group) for block in range(first, last + 1)])
    start = cases.start - first * BLOCK
    return points[start : start + len(cases)]


def _points(name: str, block: int, seed: int, group: InputGroup | None) -> NDArray[np.float64]:
    """Return the points of an input in a block; of a member of a group, constant members count too.

    So a member that is set to a constant leaves the others' draws as they were.
    """
    if group is None:
        return nested_points(name, block, seed)
    members = tuple(sorted(group.signs.items()))
    row = [member for member, _ in members].index(name)
    points: NDArray[np.float64] = joined_points(members, group.correlation, block, seed)[row]
    return points


def _values(each: Input, cases: range, seed: int, group: InputGroup | None) -> NDArray[np.float64]:
    import numpy as np

    if each.dist is None:
        return np.full(len(cases), each.value)
    return at_quantiles(each, case_points(each.name, cases, seed, group))
