"""A forecast as a film in sentences, and as a terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from simulation.scoring.as_of import BEFORE
from simulation.scoring.film import FilmRow, ScoredFilm, best_naive
from simulation.scoring.scorecard import MODEL
from simulation.scoring.sentences import ONE_EVENT, truth_words
from simulation.updating.sentences import trouble_words
from simulation.wording.phrases import NOTHING, counted, number
from simulation.wording.terminal import screen

READING = (
    "For each date three CRPS in the unit of the row, smaller is better: of the model updated on what was known by the "
    "end of that date, of the same without the reports, and of the best naive forecast that starts there. "
    "* the best of the three; a dash: it had happened by then"
)


def film_text(scored: ScoredFilm) -> str:
    """Return the summary."""
    return screen(_parts(scored))


def date_words(scored: ScoredFilm, date: str) -> str:
    """Return how the updated model did as of a date against each other forecast, and on how much that rests."""
    card = scored.cards[date]
    assert card.evidence is not None, "as of a date there are reports, or none is known"
    against = [
        f"{better} of {total} against “{card.naive[name][0]}”"
        for name in card.naive
        for better, total in [scored.wins(date, name)]
    ]
    size = f"{counted(len(card.evidence.pulls), 'report')}, histories worth {card.evidence.effective:,.0f}"
    return f"As of {date} ({size}) the updated model does better on {'; on '.join(against)}."


def film_sentences(scored: ScoredFilm) -> Iterator[str]:
    """Yield what is found as of each date, and where histories are too few to rely on."""
    for date, card in scored.cards.items():
        yield date_words(scored, date)
        if card.evidence is not None and (trouble := trouble_words(card.evidence)):
            yield f"As of {date}: {trouble}"


def _parts(scored: ScoredFilm) -> Iterator[Text | Table | str]:
    first = scored.first
    yield ""
    size = f"{counted(len(scored.cards), 'date')}, {counted(first.replicates, 'history')} each"
    yield Text(f"{first.title}: the forecast as of {size}", style="bold")
    yield Text(ONE_EVENT)
    yield ""
    yield _table(scored)
    yield Text(READING, style="dim")
    yield ""
    yield from (Text(each) for each in film_sentences(scored))


def _table(scored: ScoredFilm) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0))
    table.add_column("measure", ratio=1)
    table.add_column("truth", width=13)
    for date in scored.cards:
        for heading in (f"{date[5:]} updated", "without", "naive"):
            table.add_column(Text(heading), justify="right", width=8)
    for row in scored.rows:
        cells = [cell for date in scored.cards for cell in three(row, date)]
        table.add_row(Text(row.observable.label), Text(truth_words(row.observable)), *map(Text, cells))
    return table


def three(row: FilmRow, date: str) -> tuple[str, str, str]:
    """Return the CRPS of the updated model, of the model without reports, and of the best naive forecast."""
    found = row.frames.get(date)
    if found is None:
        return (NOTHING,) * 3
    naive = best_naive(found)
    values = [found.scores[MODEL].crps.value, found.scores[BEFORE].crps.value, naive[1] if naive else None]
    least = min(value for value in values if value is not None)
    told = [
        NOTHING if value is None else f"{number(value)}{'*' if value <= least else ''}" for value in values
    ]
    return told[0], told[1], told[2]
