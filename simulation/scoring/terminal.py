"""A hindcast as a terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from simulation.scoring.scorecard import MODEL, Scorecard, ScoreRow
from simulation.scoring.sentences import (
    ONE_EVENT,
    as_of_words,
    forecast_words,
    rank_words,
    titles,
    truth_words,
    verdict,
    where,
)
from simulation.wording.phrases import NOTHING, counted, number, range_heading
from simulation.wording.terminal import screen

READING = (
    "truth: best value (spread among sources) [confidence]; model: middle ({}); below: of 100 "
    "histories, how many lie below the truth; the other columns are CRPS in the unit of the row, smaller is "
    "better{}"
)


def scored_text(scored: Scorecard) -> str:
    """Return the summary, with colours only where stdout is a terminal that wants them."""
    return screen(_parts(scored))


def _parts(scored: Scorecard) -> Iterator[Text | Table | str]:
    yield ""
    yield Text(f"{scored.title}: {counted(scored.replicates, 'history')} against what happened", style="bold")
    yield from (Text(each) for each in (ONE_EVENT, *scored.notes, *as_of_words(scored)))
    yield ""
    yield _table(scored)
    yield Text(
        READING.format(range_heading(scored.replicates), ", * the best" if scored.naive else ""), style="dim"
    )
    yield ""
    for name in scored.naive:
        yield Text(verdict(scored, name))
    yield Text(f"{where(scored)}.")
    for each in scored.not_scored:
        yield Text(f"Not scored: {each.what} {each.why}")


def _table(scored: Scorecard) -> Table:
    known = list(titles(scored))
    table = Table(box=None, padding=(0, 1, 0, 0))
    for heading, width in (("measure", None), ("truth", 14), ("model", 15), ("below", 5)):
        table.add_column(heading, width=width)
    for _, title in known:
        table.add_column(Text(title), justify="right", width=10)
    for row in scored.rows:
        scores = [_crps(row, name) for name, _ in known]
        table.add_row(
            Text(row.observable.label), Text(truth_words(row.observable)), Text(forecast_words(row)), rank_words(row),
            *scores,
        )  # fmt: skip
    return table


def _crps(row: ScoreRow, name: str) -> Text:
    if name not in row.scores:
        return Text(NOTHING)
    best = name in row.best
    told = f"{number(row.scores[name].crps.value)}{'*' if best else ' '}"
    return Text(told, style="bold" if best or name == MODEL else "")
