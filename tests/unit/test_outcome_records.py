"""Records of several histories are laid end to end as they are."""

from types import SimpleNamespace

import numpy as np

from simulation.model.state import CHANGE
from simulation.outcomes.records import changes_of, end_to_end


def changes(*cells: int) -> np.recarray:
    rows = np.zeros(len(cells), CHANGE)
    rows["index"], rows["day"] = cells, 0.5
    return rows.view(np.recarray)


def test_records_keep_their_fields_and_order() -> None:
    found = end_to_end([changes(3, 1), changes(), changes(2)], CHANGE)
    assert found["index"].tolist() == [3, 1, 2] and (found["day"] == 0.5).all() and found.dtype == CHANGE


def test_each_change_is_known_by_its_history() -> None:
    histories = [
        SimpleNamespace(replicate=number, outcome=SimpleNamespace(changes=changes(*cells)))
        for number, cells in ((7, (1, 2)), (8, ()), (9, (3,)))
    ]
    _, numbers = changes_of(histories)  # type: ignore[arg-type]
    assert numbers.tolist() == [7, 7, 9] and numbers.dtype == np.int32
