"""Endings side by side: one panel a scenario, with the reference marked in each."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from simulation.report.comparison.subject import ComparisonSubject
from simulation.report.markup import Plot, Table, figure
from simulation.report.style import ACCENT, INK, PALE, PAPER, QUIET, axis, layout, rgba
from simulation.statistics.intervals import Share, ending_shares
from simulation.wording.phrases import interval, parts_of_hundred

ROW = 44


def endings_section(subject: ComparisonSubject) -> str:
    """Return the shares of endings in every scenario, on one axis."""
    names = (subject.reference, *subject.others)
    shares = {name: _shares(subject, name) for name in names}
    top = 100 * max(share.share for found in shares.values() for share in found.values())
    cards = "".join(_card(subject, name, shares, top) for name in names)
    reading = (
        "How to read it: a bar is the number of histories, out of 100, that end this way; all panels have the "
        "same axis. The upright mark in each panel is where the reference's bar ends: a bar "
        "that ends short of it has lost histories, one that runs past it has gained."
    )
    return figure(f'<div class="cards several">{cards}</div>', reading=reading, table=_table(subject, shares))


def _shares(subject: ComparisonSubject, name: str) -> dict[str, Share]:
    return ending_shares(subject.outcomes[name], list(subject.ending_labels))


def _card(subject: ComparisonSubject, name: str, shares: dict[str, dict[str, Share]], top: float) -> str:
    plot = _plot(subject, name, shares[name], shares[subject.reference], top)
    return f'<div class="card"><h3>{escape(subject.labels[name])}</h3>{plot.html()}</div>'


def _plot(
    subject: ComparisonSubject, name: str, shares: dict[str, Share], reference: dict[str, Share], top: float
) -> Plot:
    labels = [subject.ending_labels.get(ending, ending) for ending in shares]
    here = [100 * share.share for share in shares.values()]
    there = [100 * reference[ending].share if ending in reference else 0.0 for ending in shares]
    known, before = _counts(here), _counts(there)
    is_reference = name == subject.reference
    return Plot(
        id=f"plot-endings-{subject.comparison.names.index(name)}",
        data=[_bars(here, PALE if is_reference else rgba(ACCENT, 0.6))],
        layout=layout(
            margin={"l": 8, "r": 16, "t": 2, "b": 42},
            xaxis=axis("histories out of 100", range=[0, 1.06 * top], nticks=5),
            yaxis={"visible": False, "range": [len(here) - 0.5, -0.75], "fixedrange": True},
            shapes=[] if is_reference else [_mark(row, value) for row, value in enumerate(there)],
            annotations=[
                _label(row, label, value, "" if is_reference else f"reference {old}")
                for row, (label, value, old) in enumerate(zip(labels, known, before, strict=True))
            ],
            bargap=0.62,
        ),
        height=ROW * len(here) + 48,
        alternative=f"Bars of endings, {subject.labels[name]}, out of 100 histories: "
        + "; ".join(
            f"{label} {value}, reference {old}"
            for label, value, old in zip(labels, known, before, strict=True)
        ),
    )


def _bars(values: list[float], colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(values))),
        "marker": {"color": colour},
        "hovertemplate": "%{x:.1f} of 100 histories<extra></extra>",
    }


def _mark(row: int, value: float) -> dict[str, Any]:
    return {
        "type": "line", "x0": value, "x1": value, "y0": row - 0.24, "y1": row + 0.24,
        "line": {"color": INK, "width": 3},
    }  # fmt: skip


def _label(row: int, label: str, value: str, note: str) -> dict[str, Any]:
    quiet = f" <span style='color:{QUIET}'>{note}</span>"
    return {
        "text": f"{escape(label)} <b>{value}</b>{quiet if note else ''}",
        "bgcolor": PAPER,
        "borderpad": 0,
        "x": 0,
        "y": row - 0.42,
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "xshift": -2,
        "font": {"size": 13, "color": INK if value != "0" else QUIET},
    }


def _counts(values: list[float]) -> list[str]:
    """Return shares of 100 as whole numbers that add up to 100; what is not nothing is never 0."""
    whole = parts_of_hundred(values) if any(values) else [0] * len(values)
    return [
        "under 1" if part == 0 and value else str(part) for part, value in zip(whole, values, strict=True)
    ]


def _table(subject: ComparisonSubject, shares: dict[str, dict[str, Share]]) -> Table:
    names = list(shares)
    rows = []
    for ending, label in subject.ending_names.items():
        found = [shares[name][ending] for name in names]
        rows.append((label, *(f"{share.count:,} ({interval(share)})" for share in found)))
    headings = (f"histories of {subject.pairs} (95 %)", *(subject.labels[name] for name in names))
    return Table(headings=headings, rows=tuple(rows), numbers=tuple(np.arange(1, len(names) + 1).tolist()))
