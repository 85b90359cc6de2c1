"""Forecast against truth: one row per observable, rows of the same kind on one axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap
from typing import Any

from simulation.report.hindcast.marks import TRUTH, key, symbols
from simulation.report.markup import Plot, Table, figure
from simulation.report.style import ACCENT, INK, PAPER, axis, layout
from simulation.scoring.observables import Observable
from simulation.scoring.scorecard import MODEL, Scorecard, ScoreRow
from simulation.scoring.sentences import amount, forecast_words, range_words, truth_words
from simulation.wording.phrases import WHOLE, frequency_words, range_heading

ROW, NARROW_ROW, FOOT = 44, 62, 56
LEFT, LINE_LENGTH = 250, 32
NARROW_LENGTH = 46
READING = (
    "How to read it: look first whether the diamond lies within the bar, then how wide the bar is. A wide bar that "
    "holds the diamond is worth little; a narrow one that misses it is worth less. Naive marks show only the "
    "middle of a naive forecast. "
)
AGAIN = "How to read it: as the first figure."
CUT = "Days are cut off at the length of the run: a mark at its right end means “not within the run”."


def picture_section(scored: Scorecard) -> str:
    """Return the figures, falls first, and the endings as a sentence each."""
    parts = [key(scored)]
    for k, rows in enumerate(_groups(scored.ranked)):
        fall = rows[0].observable.kind == "fall"
        parts.append(
            figure(
                forecast_plot(f"forecast-{k}", scored, rows).html(),
                title="The calendar day on which a place falls" if fall else _title(rows),
                reading=_reading(k, fall=fall),
                table=_table(scored, rows),
            )
        )
    endings = [row for row in scored.rows if row.observable.kind == "ending"]
    return "".join(parts) + "".join(f"<p>{escape(_ending(scored, row))}</p>" for row in endings)


def _reading(k: int, *, fall: bool) -> str:
    """Return how to read figure `k`; in full for the first, and for falls, whose axis has an end."""
    if fall:
        return READING + CUT
    return AGAIN if k else READING


def _groups(rows: Sequence[ScoreRow]) -> Iterator[list[ScoreRow]]:
    """Yield the rows that share an axis: all falls, then each series or outcome of its own."""
    groups: dict[str, list[ScoreRow]] = {}
    for row in rows:
        item = row.observable.item
        groups.setdefault(item.series or item.outcome or "", []).append(row)
    yield from groups.values()


def _title(rows: Sequence[ScoreRow]) -> str:
    """Return what rows of amounts share, with the unit where it is not what is counted."""
    first = rows[0].observable
    if len(rows) == 1:
        return first.label
    return first.subject if first.unit in WHOLE else f"{first.subject} ({first.unit})"


def _ending(scored: Scorecard, row: ScoreRow) -> str:
    naive = [
        f"{title}: {forecast_words(row, name)}"
        for name, (title, _) in scored.naive.items()
        if name in row.scores
    ]
    others = f" ({'; '.join(naive)})" if naive else ""
    of = row.scores[MODEL]
    return f"{row.observable.label}: it did; in the model in {frequency_words((of.hits or 0, of.draws))}{others}."


def forecast_plot(name: str, scored: Scorecard, rows: Sequence[ScoreRow]) -> Plot:
    """Return rows that share an axis: bars of the model, marks of the other forecasts, diamonds of what happened."""
    at = list(range(len(rows)))
    observable = rows[0].observable
    return Plot(
        id=name,
        data=[*_bars(rows, at), *_naive(scored, rows, at), _truth(rows, at)],
        layout=layout(
            margin={"l": LEFT, "r": 24, "t": 8, "b": 46},
            xaxis=_axis(observable),
            yaxis={"visible": False, "range": [len(rows) - 0.4, -0.6], "fixedrange": True},
            annotations=[label_left(row, k) for k, row in enumerate(rows)],
        ),
        narrow={
            "margin": {"l": 14, "r": 20, "t": 8, "b": 46},
            "height": NARROW_ROW * len(rows) + FOOT + 16,
            "xaxis": {"tickangle": 0} | ({} if observable.kind == "fall" else {"nticks": 4}),
            "yaxis": {"range": [len(rows) - 0.5, -0.8]},
            "annotations": [label_over(row, k) for k, row in enumerate(rows)],
        },
        height=ROW * len(rows) + FOOT,
        alternative=". ".join(_spoken(row) for row in rows) + ".",
    )


def _axis(observable: Observable) -> dict[str, Any]:
    if observable.kind != "fall":
        return axis(observable.unit, rangemode="tozero", nticks=6)
    ticks = [day for day in range(0, int(observable.horizon) + 1, 5) if day < observable.horizon - 2]
    return axis(
        "calendar day after the first",
        range=[-1, observable.horizon * 1.02],
        tickvals=[*ticks, observable.horizon],
        ticktext=[*map(str, ticks), "not"],
    )


def _bars(rows: Sequence[ScoreRow], at: Sequence[int]) -> Iterator[dict[str, Any]]:
    for low, high, width in ((0, 4, 3), (1, 3, 12)):
        x, y = [], []
        for row, k in zip(rows, at, strict=True):
            marks = row.scores[MODEL].marks
            x += [marks[low], marks[high], None]
            y += [k, k, None]
        yield {
            "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
            "line": {"color": ACCENT, "width": width}, "opacity": 0.55 if width > 3 else 1,
        }  # fmt: skip
    middle = {"size": 20, "symbol": "line-ns-open", "color": INK, "line": {"color": INK, "width": 3}}
    yield _markers([row.scores[MODEL].marks[2] for row in rows], at, middle, [_spoken(row) for row in rows])


def _naive(scored: Scorecard, rows: Sequence[ScoreRow], at: Sequence[int]) -> Iterator[dict[str, Any]]:
    for name, (symbol, _) in symbols(scored).items():
        known = [(row, k) for row, k in zip(rows, at, strict=True) if name in row.scores]
        title = scored.naive[name][0]
        marker = {"size": 10, "symbol": symbol, "color": INK, "line": {"color": INK, "width": 1.6}}
        yield _markers(
            [row.scores[name].marks[2] for row, _ in known],
            [k - 0.26 for _, k in known],
            marker,
            [f"{title}: {forecast_words(row, name)}" for row, _ in known],
        )


def _truth(rows: Sequence[ScoreRow], at: Sequence[int]) -> dict[str, Any]:
    marker = {"size": 14, "symbol": "diamond", "color": TRUTH, "line": {"color": PAPER, "width": 1}}
    values = [row.observable.value for row in rows]
    drawn = _markers(values, at, marker, [f"what happened: {truth_words(row.observable)}" for row in rows])
    return drawn | {
        "error_x": {
            "type": "data", "symmetric": False, "color": TRUTH, "thickness": 2, "width": 5,
            "array": [row.observable.high - row.observable.value for row in rows],
            "arrayminus": [row.observable.value - row.observable.low for row in rows],
        },
    }  # fmt: skip


def _markers(
    x: Sequence[float], y: Sequence[float], marker: dict[str, Any], told: Sequence[str]
) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "markers", "x": list(x), "y": list(y), "marker": marker, "cliponaxis": False,
        "hovertemplate": [f"{escape(text)}<extra></extra>" for text in told],
    }  # fmt: skip


def label_left(row: ScoreRow, at: int) -> dict[str, Any]:
    """Return a row's label to the left of the axis."""
    text = "<br>".join(escape(line) for line in wrap(row.observable.label, LINE_LENGTH))
    return _note(text, at, xanchor="right", xshift=-12, align="right")


def label_over(row: ScoreRow, at: int) -> dict[str, Any]:
    """Return a row's label above it, for narrow screens."""
    text = "<br>".join(escape(line) for line in wrap(row.observable.label, NARROW_LENGTH)[:1])
    return _note(text, at - 0.52, xanchor="left", xshift=-8, font={"size": 12})


def _note(text: str, at: float, **where: Any) -> dict[str, Any]:
    plain = {"xref": "paper", "x": 0, "y": at, "yanchor": "middle", "showarrow": False, "font": {"size": 13}}
    return plain | {"text": text} | where


def _spoken(row: ScoreRow) -> str:
    return f"{row.observable.label}: happened {truth_words(row.observable)}, model {forecast_words(row)}"


def _table(scored: Scorecard, rows: Sequence[ScoreRow]) -> Table:
    titles = [title for title, _ in scored.naive.values()]
    body = tuple(
        (
            row.observable.label,
            truth_words(row.observable),
            amount(row.observable, row.scores[MODEL].marks[2]),
            *(
                range_words(row.observable, row.scores[MODEL].marks[k], row.scores[MODEL].marks[-1 - k])
                for k in (1, 0)
            ),
            *(forecast_words(row, name) if name in row.scores else "no forecast" for name in scored.naive),
        )
        for row in rows
    )
    most = range_heading(scored.replicates)
    headings = ("measure", "what happened", "middle", "half of histories", most, *titles)
    return Table(headings=headings, rows=body, numbers=(2, 3, 4))
