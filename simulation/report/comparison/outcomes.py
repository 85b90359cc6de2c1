"""Key outcomes: how they spread over the histories, one panel a scenario, with the reference as an outline."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from simulation.outcomes.labels import describe
from simulation.report.comparison.key_outcomes import key_outcomes
from simulation.report.comparison.panels import HEIGHT, MARGIN, panel, row
from simulation.report.comparison.subject import ComparisonSubject
from simulation.report.markup import Plot, Table, figure
from simulation.report.style import ACCENT, INK, axis, bins, layout, rgba
from simulation.wording.phrases import number, sentence

BARS, USUAL, LONG = 30, 0.99, 1000
"""`LONG` numbers stand on a narrow axis in twos."""


def outcomes_section(subject: ComparisonSubject) -> str:
    """Return for each key outcome the histograms of all scenarios on one axis."""
    names = key_outcomes(subject)
    if not names:
        return "<p>No outcome varies between the histories.</p>"
    rows = "".join(_row(subject, name, at) for at, name in enumerate(names))
    reading = (
        "How to read it: a bar is the number of histories, out of 100, whose outcome lies in its range; the "
        "outline is the same for the reference. Bars that stick out of the outline are outcomes that have become "
        "more frequent. The last bar holds the few histories beyond it. The panels of a row have the same axes; "
        "their headings give means."
    )
    table = Table(
        headings=(
            "outcome", "scenario", "reference's mean", "mean", "difference (95 %)", "more in … of 100 pairs", "verdict",
        ),
        rows=tuple(line for name in names for line in lines(subject, name)),
        numbers=(2, 3, 4, 5),
    )  # fmt: skip
    return figure(rows, title="Outcomes over all histories", reading=reading, table=table)


def lines(subject: ComparisonSubject, outcome: str) -> list[tuple[str, ...]]:
    """Return the contrasts of one outcome, one row a scenario."""
    label = sentence(describe(outcome, subject.actor_names).label)
    rows: list[tuple[str, ...]] = []
    for name in subject.others:
        found = _found(subject, outcome, name)
        before, after, by, low, high, share = (
            float(found[column])
            for column in ("mean_reference", "mean", "difference", "low", "high", "superiority")
        )
        told = f"{signed(by)} ({signed(low)} to {signed(high)})"
        rows.append(
            (
                label,
                subject.labels[name],
                number(before),
                number(after),
                told,
                f"{100 * share:.0f}",
                str(found["verdict"]),
            )
        )
    return rows


def signed(value: float) -> str:
    """Return a number with its sign."""
    return number(value) if value < 0 or not np.isfinite(value) else f"+{number(value)}"


def _row(subject: ComparisonSubject, outcome: str, at: int) -> str:
    meaning = describe(outcome, subject.actor_names)
    values = {name: _values(subject, name, outcome) for name in subject.comparison.names}
    edges = _edges(np.concatenate(list(values.values())))
    shares = {
        name: _shares(found, edges, _counting(subject, name, outcome)) for name, found in values.items()
    }
    top = max(float(found.max()) for found in shares.values())
    panels = [
        panel(
            subject.labels[name],
            _found(subject, outcome, name)["verdict"],
            _told(subject, outcome, name),
            _plot(subject, outcome, name, at, edges, shares, top, meaning.unit),
        )
        for name in subject.others
    ]
    return row(sentence(meaning.label), panels)


def _edges(values: np.ndarray) -> np.ndarray:
    """Return round bin edges for all but the most extreme values, which share the last bin."""
    usual = values[values <= np.quantile(values, USUAL)]
    return bins(usual, BARS) if usual.max() > usual.min() else bins(values, BARS)


def _shares(values: np.ndarray, edges: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    """Return the histories of 100 in each bin; what lies beyond the last edge counts in the last bin."""
    middles = (edges[1:] + edges[:-1]) / 2
    counts = np.histogram(np.minimum(values, middles[-1]), edges, weights=weights)[0]
    whole = len(values) if weights is None else weights.sum()
    found: np.ndarray = 100 * counts / (whole or 1.0)
    return found


def _counting(subject: ComparisonSubject, name: str, outcome: str) -> np.ndarray | None:
    """Return what each of the values counts, None where they count alike."""
    known = ~np.isnan(subject.outcomes[name][outcome].to_numpy(dtype=float))
    return None if subject.pair_weights is None else subject.pair_weights[known]


def _values(subject: ComparisonSubject, name: str, outcome: str) -> np.ndarray:
    values = subject.outcomes[name][outcome].to_numpy(dtype=float)
    return values[~np.isnan(values)]


def _found(subject: ComparisonSubject, outcome: str, name: str) -> dict[str, Any]:
    table = subject.comparison.outcomes
    line = table[(table["scenario"] == name) & (table["outcome"] == outcome)]
    return {str(column): value for column, value in line.iloc[0].items()}


def _told(subject: ComparisonSubject, outcome: str, name: str) -> str:
    found = _found(subject, outcome, name)
    return f"{number(float(found['mean']))} instead of {number(float(found['mean_reference']))}"


def _plot(
    subject: ComparisonSubject, outcome: str, name: str, at: int, edges: np.ndarray, shares: dict[str, np.ndarray],
    top: float, unit: str,
) -> Plot:  # fmt: skip
    reference = subject.labels[subject.reference]
    return Plot(
        id=f"plot-outcomes-{at}-{subject.comparison.names.index(name)}",
        data=[_bars(edges, shares[name]), _outline(edges, shares[subject.reference])],
        layout=layout(
            margin=MARGIN,
            bargap=0,
            xaxis=axis(
                unit,
                range=[edges[0], edges[-1]],
                nticks=4,
                tickangle=0,
                tickformat="~s" if edges[-1] >= 10_000 else ",~f",
            ),
            yaxis=axis("out of 100", range=[0, 1.05 * top], nticks=4),
        ),
        narrow={"xaxis": {"nticks": 2 if edges[-1] >= LONG else 4}},
        height=HEIGHT,
        alternative=f"Histograms of {describe(outcome, subject.actor_names).label}, {subject.labels[name]} "
        f"against {reference}: mean {_told(subject, outcome, name)}; {_found(subject, outcome, name)['verdict']}.",
    )


def _bars(edges: np.ndarray, shares: np.ndarray) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": ((edges[1:] + edges[:-1]) / 2).tolist(),
        "y": np.round(shares, 2).tolist(),
        "width": np.diff(edges).tolist(),
        "marker": {"color": rgba(ACCENT, 0.45), "line": {"width": 0}},
        "hovertemplate": [
            f"{escape(number(low))} to {escape(number(high))}<br>{share:.1f} of 100<extra></extra>"
            for low, high, share in zip(edges[:-1], edges[1:], shares, strict=True)
        ],
    }


def _outline(edges: np.ndarray, shares: np.ndarray) -> dict[str, Any]:
    heights = np.round(shares, 2).tolist()
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [edges[0], *edges.tolist()],
        "y": [0.0, *heights, 0.0],
        "line": {"shape": "hv", "color": INK, "width": 1.4},
        "hoverinfo": "skip",
    }
