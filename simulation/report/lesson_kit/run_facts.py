"""What a lesson's command came to: its runs, how they compare, and what reports changed in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from simulation.comparison.comparison import Comparison
from simulation.report.page_data import ending_texts
from simulation.results.folder import Results
from simulation.statistics.intervals import ORIGIN, counted_as
from simulation.updating.change import Update, update_of
from simulation.updating.evidence import Evidence
from simulation.wording.phrases import listed
from simulation.world.world import World


@dataclass(frozen=True, kw_only=True)
class RunFacts:
    """What a lesson's command came to: its runs by label, and how they compare where there are several."""

    world: World
    runs: Sequence[tuple[str, Results]]
    comparison: Comparison | None = None

    @cached_property
    def update(self) -> Update | None:
        """What reports changed in the first run; None without reports."""
        return update_of(self.runs[0][1])

    @property
    def evidence(self) -> Evidence | None:
        """What the histories say of the reports; None without reports."""
        if self.comparison is not None and self.comparison.condition is not None:
            return self.comparison.condition.evidence
        return None if self.update is None else self.update.evidence

    def rows(self, results: Results, *names: str) -> pd.DataFrame:
        """Return columns of the outcomes of one of the runs; those compared given reports count as the first does."""
        condition = None if self.comparison is None else self.comparison.condition
        if condition is None:
            return results.columns(*names)
        reference = self.runs[0][1].outcomes
        rows = results.outcomes if ORIGIN in reference else results.columns(*names)
        return counted_as(rows, reference) if len(rows) == len(reference) else rows

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each ending is called."""
        return {each.id: each.label for each in ending_texts(self.world)}

    def beside(self, told: Callable[[Results], str]) -> str:
        """Return what is so in the run, or in each of several with its name."""
        if len(self.runs) == 1:
            return told(self.runs[0][1])
        return listed([f"{told(results)} in {label}" for label, results in self.runs])
