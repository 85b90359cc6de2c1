"""One scenario's part of the tables of a comparison, and findings of their rows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from simulation.comparison.change import Change
from simulation.comparison.finding import Finding, FindingKind
from simulation.comparison.quantities import HUNDREDTHS
from simulation.statistics.evidence import IDENTICAL
from simulation.wording.phrases import parts_of_hundred
from simulation.wording.plain import Row

SHARE_NUMBERS = ("share", "share_reference", "difference", "low", "high")
MEAN_NUMBERS = ("mean", "mean_reference", "difference", "low", "high")


@dataclass(frozen=True, kw_only=True)
class ScenarioTables:
    """One scenario's rows of the tables of a comparison, and what it changes; columns as in `Comparison`."""

    name: str
    replicates: int
    endings: pd.DataFrame
    outcomes: pd.DataFrame
    falls: pd.DataFrame
    changes: tuple[Change, ...]

    @property
    def identical(self) -> bool:
        """Whether every pair of histories is equal in all that is measured."""
        tables = (self.endings, self.outcomes, self.falls)
        return all(bool((table["verdict"] == IDENTICAL).all()) for table in tables)

    def finding(self, kind: FindingKind, subject: str = "", **numbers: float) -> Finding:
        """Return a finding of this scenario."""
        counted = {"replicates": self.replicates, **numbers}
        return Finding(kind=kind, scenario=self.name, subject=subject, numbers=counted)

    def of_share(self, kind: FindingKind, row: Row, what: str, **more: float) -> Finding:
        """Return a finding of a row of endings or places; `what` is the column of its subject."""
        told = {name: row[name] for name in SHARE_NUMBERS} | (
            self._hundredths(row) if what == "ending" else {}
        )
        return self.finding(kind, str(row[what]), **told, **more)

    def _hundredths(self, row: Row) -> dict[str, float]:
        """Return an ending's shares in whole hundredths, those of all endings adding up to 100."""
        at = list(self.endings["ending"]).index(row["ending"])
        return {
            name: parts_of_hundred(list(self.endings[share]))[at]
            for share, name in HUNDREDTHS.items()
            if math.isclose(self.endings[share].sum(), 1)
        }

    def of_mean(self, kind: FindingKind, row: Row) -> Finding:
        """Return a finding of a row of outcomes."""
        return self.finding(kind, str(row["outcome"]), **{name: row[name] for name in MEAN_NUMBERS})
