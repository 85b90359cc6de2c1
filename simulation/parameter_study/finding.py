"""What is found of an outcome over all points: where it is least, where most, and at how many points it is clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from simulation.statistics.evidence import CLEAR, IDENTICAL


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An outcome's range over the points: `least` and `most` are values, `least_point` and `most_point` count from 1.

    `clear` is at how many of the `others` the outcome can be told from what it is at the first point, `identical` at
    how many it is the same in every history. `known` is false where no history has the outcome.
    """

    outcome: str
    least: float
    most: float
    least_point: int
    most_point: int
    clear: int
    identical: int
    others: int

    @property
    def known(self) -> bool:
        """Whether any history has the outcome."""
        return bool(np.isfinite(self.least))

    @property
    def width(self) -> float:
        """The difference between the most and the least."""
        return self.most - self.least if self.known else 0.0

    def document(self) -> dict[str, Any]:
        """Return the record as plain data for JSON."""
        return asdict(self) | ({} if self.known else {"least": None, "most": None})


def findings_of(table: pd.DataFrame, outcomes: Sequence[str]) -> tuple[Finding, ...]:
    """Return what is found of each outcome of a table of points; ties go to the first point."""
    return tuple(_finding(table[table["outcome"] == name].reset_index(drop=True), name) for name in outcomes)


def _finding(rows: pd.DataFrame, name: str) -> Finding:
    values = rows["value"].to_numpy()
    known = np.isfinite(values)
    least, most = (int(np.argmin(np.where(known, sign * values, np.inf))) for sign in (1, -1))
    return Finding(
        outcome=name,
        least=float(values[least]),
        most=float(values[most]),
        least_point=least + 1,
        most_point=most + 1,
        clear=int(rows["verdict"].isin(CLEAR).sum()),
        identical=int((rows["verdict"] == IDENTICAL).sum()),
        others=len(rows) - 1,
    )
