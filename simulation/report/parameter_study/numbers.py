"""The table of points as it stands under the figures: every value and every paired difference, with intervals."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.parameter_study.factor import shown
from simulation.parameter_study.study import ParameterStudy
from simulation.report.markup import Table
from simulation.report.parameter_study.marks import unit_of, words_with_interval
from simulation.sensitivity_analysis.study import StudiedOutcome
from simulation.wording.phrases import sentence
from simulation.wording.plain import rows_of


def numbers_table(study: ParameterStudy, outcomes: Sequence[StudiedOutcome] = ()) -> Table:
    """Return the rows of some outcomes, or of all, point by point."""
    settings = [study.texts_of(factor) for factor in study.factors]
    rows = tuple(
        (
            sentence(each.label),
            *(shown(texts[k]) for texts in settings),
            f"{words_with_interval(each, row)} {unit_of(each)}",
            words_with_interval(each, row, "difference") if k else "",
            row["verdict"],
        )
        for each in (outcomes or study.outcomes)
        for k, row in enumerate(rows_of(study.of(each)))
    )
    factors = tuple(factor.axis for factor in study.factors)
    numbers = tuple(range(1, len(factors) + 1))
    headings = ("outcome", *factors, "value (95 % interval)", "difference from the first point", "verdict")
    return Table(headings=headings, rows=rows, numbers=numbers)
