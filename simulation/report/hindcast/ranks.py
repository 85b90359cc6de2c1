"""Where what happened lies among the histories, in hundredths, for every observable on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from simulation.report.hindcast.marks import TRUTH
from simulation.report.hindcast.picture import FOOT, LEFT, ROW, label_left, label_over
from simulation.report.markup import Plot, figure
from simulation.report.style import INK, PAPER, axis, layout, rgba
from simulation.scoring.scorecard import MODEL, Scorecard, ScoreRow
from simulation.scoring.sentences import rank_words, where

READING = (
    "How to read it: a diamond at 10 says that 10 of 100 histories lie below what happened (for a place: it fell "
    "earlier in them) and 90 above; histories that say the same count half. The band holds the middle 90. Were the "
    "forecast reliable, the diamonds of many separate events would lie evenly from 0 to 100. These rows are one event "
    "and hang together: if all lie at one side, that is one surprise, not many."
)


def ranks_section(scored: Scorecard) -> str:
    """Return the figure of ranks with the sentence on it."""
    rows = scored.ranked
    if not rows:
        return "<p>An ending has no rank, and nothing else is scored here.</p>"
    said = f"<p>{escape(where(scored))}.</p>"
    return said + figure(
        _plot(rows).html(), title="Rank of what happened among 100 histories", reading=READING
    )


def _plot(rows: Sequence[ScoreRow]) -> Plot:
    ranks = [100 * row.scores[MODEL].rank for row in rows]
    told = [f"{row.observable.label}: {rank_words(row)} of 100 histories below" for row in rows]
    band = {
        "type": "rect", "x0": 5, "x1": 95, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
        "fillcolor": rgba(INK, 0.06), "line": {"width": 0},
    }  # fmt: skip
    return Plot(
        id="rank-of-truth",
        data=[
            {
                "type": "scatter", "mode": "markers", "x": ranks, "y": list(range(len(rows))), "cliponaxis": False,
                "marker": {"size": 14, "symbol": "diamond", "color": TRUTH, "line": {"color": PAPER, "width": 1}},
                "hovertemplate": [f"{escape(text)}<extra></extra>" for text in told],
            }
        ],
        layout=layout(
            margin={"l": LEFT, "r": 24, "t": 8, "b": 46},
            xaxis=axis("histories of 100 below what happened", range=[-2, 102], tickvals=[0, 5, 25, 50, 75, 95, 100]),
            yaxis={"visible": False, "range": [len(rows) - 0.4, -0.6], "fixedrange": True},
            shapes=[band],
            annotations=[label_left(row, k) for k, row in enumerate(rows)],
        ),
        narrow={
            "margin": {"l": 14, "r": 20, "t": 8, "b": 46},
            "height": ROW * len(rows) + FOOT + 16,
            "xaxis": {"tickangle": 0, "tickvals": [5, 25, 50, 75, 95]},
            "yaxis": {"range": [len(rows) - 0.5, -0.9]},
            "annotations": [label_over(row, k) for k, row in enumerate(rows)],
        },
        height=round(0.85 * ROW * len(rows)) + FOOT,
        alternative=". ".join(told) + ".",
    )  # fmt: skip
