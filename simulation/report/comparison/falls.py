"""When places fall: for each place one panel a scenario, with the curve of the reference beneath."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from simulation.report.comparison.panels import HEIGHT, HERE, MARGIN, THERE, key, panel, row
from simulation.report.comparison.subject import ComparisonSubject
from simulation.report.markup import Plot, Table, figure
from simulation.report.style import axis, layout
from simulation.statistics.evidence import IDENTICAL
from simulation.statistics.intervals import FallCurve, fall_curve
from simulation.wording.phrases import listed

PLACES = 6
NAMED = 5
TOPS = (10, 20, 50, 100)
OTHER_DAYS = "in the same histories by the end, but on other days"


def falls_section(subject: ComparisonSubject) -> str:
    """Return the curves of the weightiest places that fall, and how many places nothing touches."""
    names = _chosen(subject)
    if not names:
        return "<p>No named place fell in any history.</p>"
    rows = "".join(_place(subject, place, number) for number, place in enumerate(names))
    reading = (
        "How to read it: follow a dark line to a day; its height is the number of histories, out of 100, in which "
        "the place had left its first holder by then. The broad pale line is the same in the reference: where "
        "the dark line leaves it, the changed circumstance speaks. Each heading gives the share on the last day. "
        "The panels of a row have the same axes; a place that seldom falls has a shorter one. Where an ending is named "
        "after a place, the place can fall in more histories than that: a history counts under one ending only."
    )
    table = Table(
        headings=("place", "scenario", "reference", "here", "difference (95 %)", "verdict"),
        rows=tuple(line for place in names for line in _lines(subject, place)),
        numbers=(2, 3, 4),
    )
    return _untouched(subject) + figure(
        key() + rows, title="Histories in which a place has fallen, by day",
        reading=reading, table=table,
    )  # fmt: skip


def _chosen(subject: ComparisonSubject) -> list[str]:
    """Return the places whose fall matters most by weight and share, the largest difference first."""
    table = subject.comparison.falls.assign(place=lambda rows: rows["place"].astype(str))
    table = table[table["place"].isin(list(subject.weights))]
    found = table.assign(size=table["difference"].abs(), most=table[["share", "share_reference"]].max(axis=1))
    best = found.groupby("place")[["size", "most"]].max()
    best = best[best["most"] > 0]
    score = np.array([subject.weights[str(name)] for name in best.index]) * best["most"] ** 0.5
    kept = best.loc[score.sort_values(ascending=False, kind="stable").index[:PLACES]]
    return [str(name) for name in kept.sort_values("size", ascending=False, kind="stable").index]


def _untouched(subject: ComparisonSubject) -> str:
    table = subject.comparison.falls
    known = table["place"].astype(str)
    touched = {place for place in known for name in subject.others if not _same_days(subject, place, name)}
    still = sorted(set(known) - touched, key=lambda name: (-subject.weights.get(name, 0.0), name))
    if not still:
        return ""
    some = f", among them {listed(still[:NAMED])}" if len(still) > NAMED else f": {listed(still)}"
    count = f"Of {len(set(known)):,} named places, {len(still):,} fare the same"
    return f"<p>{escape(f'{count} in every single history of every scenario{some}.')}</p>"


def _same_days(subject: ComparisonSubject, place: str, name: str) -> bool:
    """Return whether a place falls in the same histories and on the same days as in the reference."""
    falls = subject.falls
    return bool(np.array_equal(falls[name][place].to_numpy(), falls[subject.reference][place].to_numpy()))


def _place(subject: ComparisonSubject, place: str, number: int) -> str:
    panels = [_panel(subject, place, name, number, _top(subject, place)) for name in subject.others]
    share = _curve(subject, place, subject.reference).shares
    last = 100 * float(share[-1]) if len(share) else 0.0
    return row(place, panels, f"falls in {last:.0f} of 100 histories of the reference")


def _curve(subject: ComparisonSubject, place: str, name: str) -> FallCurve:
    ends = subject.outcomes[name]["end_day"].to_numpy(dtype=float)
    days = subject.falls[name][place].to_numpy(dtype=float)
    return fall_curve(place, days, ends, subject.pair_weights)


def _top(subject: ComparisonSubject, place: str) -> int:
    """Return the end of the axis that all panels of a place share, in histories of 100."""
    table = subject.comparison.falls
    rows = table[table["place"].astype(str) == place]
    most = 100 * float(rows[["share", "share_reference"]].to_numpy().max())
    return next(top for top in TOPS if most <= top)


def _panel(subject: ComparisonSubject, place: str, name: str, number: int, top: int) -> str:
    found = _found(subject, place, name)
    here, there = 100 * float(found["share"]), 100 * float(found["share_reference"])
    words, plot = f"{here:.0f} instead of {there:.0f}", _plot(subject, place, name, number, top)
    same = IDENTICAL if _same_days(subject, place, name) else OTHER_DAYS
    return panel(subject.labels[name], str(found["verdict"]), words, plot, same=same)


def _found(subject: ComparisonSubject, place: str, name: str) -> dict[str, Any]:
    table = subject.comparison.falls
    row_ = table[(table["scenario"] == name) & (table["place"].astype(str) == place)]
    return {str(column): value for column, value in row_.iloc[0].items()}


def _plot(subject: ComparisonSubject, place: str, name: str, number: int, top: int) -> Plot:
    last = subject.comparison.days
    found = _found(subject, place, name)
    return Plot(
        id=f"plot-falls-{number}-{subject.comparison.names.index(name)}",
        data=[
            _line(_curve(subject, place, subject.reference), last, subject.labels[subject.reference], THERE),
            _line(_curve(subject, place, name), last, subject.labels[name], HERE),
        ],
        layout=layout(
            margin=MARGIN,
            xaxis=axis("day", range=[0, last], nticks=4),
            yaxis=axis("out of 100", range=[0, 1.04 * top], tickvals=[0, top / 2, top]),
        ),
        height=HEIGHT,
        alternative=f"Share of histories in which {place} has fallen, by day: at the end "
        f"{100 * float(found['share']):.0f} of 100 under {subject.labels[name]}, "
        f"{100 * float(found['share_reference']):.0f} in the reference; {found['verdict']}.",
    )


def _line(curve: FallCurve, last: float, name: str, line: dict[str, Any]) -> dict[str, Any]:
    inside = curve.days <= last
    days = np.round(np.array([0.0, *curve.days[inside], last]), 2)
    shares = np.round(100 * np.array([0.0, *curve.shares[inside]]), 1)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": days.tolist(),
        "y": [*shares.tolist(), float(shares[-1])],
        "line": {"shape": "hv"} | line,
        "hovertemplate": f"{escape(name)}: %{{y:.0f}} of 100 by day %{{x:.1f}}<extra></extra>",
    }


def _lines(subject: ComparisonSubject, place: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name in subject.others:
        found = _found(subject, place, name)
        here, there, by, low, high = (
            100 * float(found[column]) for column in ("share", "share_reference", "difference", "low", "high")
        )
        told = f"{by:+.1f} ({low:+.1f} to {high:+.1f})"
        rows.append((place, subject.labels[name], f"{there:.0f}", f"{here:.0f}", told, str(found["verdict"])))
    return rows
