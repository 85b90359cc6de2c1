"""How the shares settled: each outcome's chance and strongest inputs against the number of cases."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from simulation.report.markup import Plot, Table, figure
from simulation.report.style import INK, SEQUENCE, axis, layout, rgba
from simulation.sensitivity_analysis.shares import share_words
from simulation.sensitivity_analysis.study import CHANCE, StudiedOutcome, Study
from simulation.wording.phrases import sentence
from simulation.wording.plain import rows_of

HEIGHT, DRAWN = 250, 3
READING = (
    "How to read it: from left to right twice as many cases are counted at each dot. The bands are 95 % "
    "intervals. Lines that have become level, with bands apart from each other, say that more histories would"
    " change little. Bands that still overlap at the right belong to inputs that this study does not rank. "
    "The same cases are counted again at each dot, so a line may well stay on one side."
)


def settling_section(study: Study) -> str:
    """Return one panel for each outcome of which something is said."""
    table = study.tables["convergence"]
    known = [each for each in study.outcomes if (table["outcome"] == each.name).any()]
    if not known:
        return "<p>There is no estimate to settle.</p>"
    cards = "".join(_card(study, each, at) for at, each in enumerate(known))
    return figure(f'<div class="cards several top">{cards}</div>', reading=READING, table=_table(study))


def _card(study: Study, each: StudiedOutcome, at: int) -> str:
    table = study.of("convergence", each.name)
    names = list(dict.fromkeys(table["input"]))[: 1 + DRAWN]
    lines = [(name, table[table["input"] == name], _colour(name, k)) for k, name in enumerate(names)]
    key = "".join(
        f'<li style="color:{colour}"><b>{escape(sentence(study.called(name)))}</b></li>'
        for name, _, colour in lines
    )
    return (
        f'<div class="card"><h3>{escape(sentence(each.label))}</h3>{_plot(study, each, at, lines).html()}'
        f'<ul class="told" style="list-style:none;padding:0;margin:0">{key}</ul></div>'
    )


def _colour(name: str, at: int) -> str:
    return INK if name == CHANCE else SEQUENCE[1 + (at - 1) % (len(SEQUENCE) - 1)]


def _plot(study: Study, each: StudiedOutcome, at: int, lines: list[tuple[str, pd.DataFrame, str]]) -> Plot:
    sizes = lines[0][1]["cases"].to_numpy()
    top = min(100.0, 5 + 100 * max(float(rows["high"].max()) for _, rows, _ in lines))
    ticks = [int(size) for size in sizes[:: max(1, math.ceil(len(sizes) / 4))]]
    last = "; ".join(f"{study.called(name)} {100 * rows['share'].iloc[-1]:.0f}" for name, rows, _ in lines)
    return Plot(
        id=f"plot-settled-{at}",
        data=[trace for name, rows, colour in lines for trace in _line(rows, colour, study.called(name))],
        layout=layout(
            margin={"l": 52, "r": 14, "t": 8, "b": 42},
            xaxis=axis(
                "cases", type="log", range=[np.log10(sizes[0]), np.log10(sizes[-1])], tickvals=ticks,
                ticktext=[f"{tick:,}" for tick in ticks],
            ),
            yaxis=axis("parts of 100", range=[0, top], nticks=5),
        ),
        height=HEIGHT,
        alternative=f"Lines with bands, {each.label}: after {sizes[-1]:,} cases, of 100 parts: {last}.",
    )  # fmt: skip


def _line(rows: pd.DataFrame, colour: str, name: str) -> list[dict[str, Any]]:
    x = rows["cases"].tolist()
    low, high, value = ((100 * rows[name].clip(0, 1)).tolist() for name in ("low", "high", "share"))
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "x": x}
    return [
        edge | {"y": low},
        edge | {"y": high, "fill": "tonexty", "fillcolor": rgba(colour, 0.13)},
        {
            "type": "scatter", "mode": "lines+markers", "x": x, "y": value, "line": {"color": colour, "width": 2},
            "marker": {"size": 5, "color": colour},
            "hovertemplate": f"{escape(name)}: %{{y:.0f}} of 100 after %{{x:,}} cases<extra></extra>",
        },
    ]  # fmt: skip


def _table(study: Study) -> Table:
    labels = {each.name: each.label for each in study.outcomes}
    rows = tuple(
        (
            sentence(labels[row["outcome"]]), study.called(row["input"]), f"{row['cases']:,}",
            share_words(row["share"], row["low"], row["high"]),
        )
        for row in rows_of(study.tables["convergence"])
    )  # fmt: skip
    return Table(headings=("outcome", "input", "cases", "of 100 parts"), rows=rows, numbers=(2, 3))
