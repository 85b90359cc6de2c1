"""From drawn inputs to the numbers that the rules read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.documents import QUANTITIES
from simulation.model.parameters import PARAMETERS
from simulation.model.state import PARAMS, CaseColumn


def filled(names: Sequence[str], actors: Sequence[str], inputs: np.ndarray) -> tuple[np.recarray, np.ndarray]:
    """Return PARAMS (cases,) and quantities (cases, actors, quantities) for inputs (cases, inputs).

    `names` gives the inputs by column; a quantity of an actor that is no input is neutral.
    """
    columns = {name: k for k, name in enumerate(names)}
    numbers = np.zeros(len(inputs), PARAMS).view(np.recarray)
    for name in PARAMETERS:
        numbers[name] = inputs[:, columns[name]]
    quantities = np.empty((len(inputs), len(actors), len(CaseColumn)))
    for a, actor in enumerate(actors):
        for quantity in CaseColumn:
            name = quantity.name.lower()
            column = columns.get(f"{actor}_{name}")
            quantities[:, a, quantity] = QUANTITIES[name].neutral if column is None else inputs[:, column]
    return numbers, quantities
