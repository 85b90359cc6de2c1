"""A parameter study as a terminal shows it: the answer, and the outcomes point by point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from simulation.parameter_study.factor import shown
from simulation.parameter_study.sentences import answer, basis, value_words
from simulation.parameter_study.study import ParameterStudy, is_share
from simulation.sensitivity_analysis.study import StudiedOutcome
from simulation.statistics.evidence import HIGHER, IDENTICAL, LOWER
from simulation.wording.phrases import NOTHING
from simulation.wording.plain import rows_of
from simulation.wording.terminal import screen, table_of

SIGNS = {HIGHER: " ▲", LOWER: " ▼", IDENTICAL: " ="}
READING = (
    "▲ ▼ clearly more, less than at the first point; = the same in every history; no sign: not distinguishable, all "
    "points and outcomes allowed for"
)
MOST_POINTS, COLUMNS = 24, 5


def study_text(study: ParameterStudy) -> str:
    """Return the summary of a study."""
    return screen(_parts(study))


def _parts(study: ParameterStudy) -> Iterator[Text | Table | str]:
    yield ""
    yield Text(f"{study.title}: what if?", style="bold")
    yield Text(f"{basis(study)}.")
    yield ""
    yield Text(answer(study), style="bold")
    yield ""
    yield Text(READING, style="dim")
    shares = [each for each in study.outcomes if is_share(each)]
    others = [each for each in study.outcomes if not is_share(each)]
    for heading, chosen in (("of 100 histories", shares), ("mean", others)):
        for first in range(0, len(chosen), COLUMNS):
            yield _table(study, heading, chosen[first : first + COLUMNS])
    more = len(study.design.points) - MOST_POINTS
    yield Text(f"and {more} more points: see points.parquet" if more > 0 else "")


def _table(study: ParameterStudy, heading: str, chosen: Sequence[StudiedOutcome]) -> Table:
    at = ", ".join(factor.label for factor in study.factors)
    table = table_of(f"{heading} at {at}", *(each.label for each in chosen))
    rows = [rows_of(study.of(each)) for each in chosen]
    for k in range(min(MOST_POINTS, len(study.design.points))):
        cells = (
            f"{value_words(each, row[k]['value'])}{SIGNS.get(row[k]['verdict'], '')}"
            if row[k]["number"]
            else NOTHING
            for each, row in zip(chosen, rows, strict=True)
        )
        table.add_row(
            Text(", ".join(shown(study.texts_of(factor)[k]) for factor in study.factors)), *map(Text, cells)
        )
    return table
