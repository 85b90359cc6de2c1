"""How the histories end: one bar per ending, with its interval."""

from __future__ import annotations

from html import escape
from typing import Any

from simulation.outcomes.labels import spell
from simulation.report.markup import Plot, Table, figure
from simulation.report.run.report_input import ReportInput
from simulation.report.run.sources import link
from simulation.report.style import INK, PALE, QUIET, axis, layout
from simulation.statistics.intervals import Share, ending_shares
from simulation.wording.phrases import frequency_words, interval, natural_frequencies, sentence

ROW = 58


def endings_section(material: ReportInput) -> str:
    """Return the bar chart of endings, those that never occurred included."""
    shares = ending_shares(material.results.outcomes, material.results.manifest.endings)
    labels = {ending.id: ending.label for ending in material.endings}
    reading = (
        "How to read it: each bar is the number of histories, out of 100, that ended this way. The thin line "
        "is the 95 % interval: with more histories it would shrink. It says how well this model was sampled, "
        "not how well the model knows the world."
    )
    rows = tuple(
        (
            link(material, name, sentence(labels.get(name, spell(name))), "results"),
            material.meanings.get(name, ""),
            f"{share.count:,} of {share.total:,}",
            interval(share),
        )
        for name, share in shares.items()
    )
    table = Table(
        headings=("ending", "what it means", "histories", "95 % interval"), rows=rows, numbers=(2, 3)
    )
    plot = _plot({labels.get(name, spell(name)): share for name, share in shares.items()})
    return figure(plot.html(), reading=reading, table=table, unfolded=True)


def _plot(shares: dict[str, Share]) -> Plot:
    count, told = (
        len(shares),
        {name: frequency_words(each) for name, each in natural_frequencies(shares).items()},
    )
    return Plot(
        id="plot-endings",
        data=[_bars(list(shares.values()), list(told.values()))],
        layout=layout(
            margin={"l": 10, "r": 16, "t": 4, "b": 46},
            xaxis=axis("histories out of 100", range=[0, 102], dtick=20),
            yaxis={"visible": False, "range": [count - 0.5, -0.62], "fixedrange": True},
            annotations=[_label(row, *each) for row, each in enumerate(told.items())],
            bargap=0.62,
        ),
        height=ROW * count + 56,
        alternative="Bar chart of endings: "
        + "; ".join(f"{name} in {told[name]}, interval {interval(share)}" for name, share in shares.items()),
    )


def _bars(shares: list[Share], told: list[str]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(shares))),
        "x": [100 * share.share for share in shares],
        "marker": {"color": PALE},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [100 * (share.high - share.share) for share in shares],
            "arrayminus": [100 * (share.share - share.low) for share in shares],
            "color": INK,
            "thickness": 1.5,
            "width": 4,
        },
        "hovertemplate": [
            f"{words}<br>95 % interval {interval(share)}<extra></extra>"
            for words, share in zip(told, shares, strict=True)
        ],
    }


def _label(row: int, name: str, told: str) -> dict[str, Any]:
    text = f"<b>{escape(sentence(name))}</b>  <span style='color:{QUIET}'>{told}</span>"
    return {
        "text": text,
        "x": 0,
        "y": row - 0.36,
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "xshift": -2,
    }
