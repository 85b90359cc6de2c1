"""Dots with intervals on one axis, grouped: how much each scenario differs, and what cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import shorten, wrap
from typing import Any

from simulation.report.markup import Plot
from simulation.report.style import ACCENT, INK, LINE, PAPER, QUIET, layout
from simulation.statistics.evidence import CLEAR

ABOVE, TOP = 24, -0.4
"""Room above the figure in px, and where it begins, in rows."""
THICKNESS = 2
ROW, HEAD = 30, 1.5
NARROW_ROW = 44
NOTE_LINE, NOTED_HEAD = 17, 1.4
LEFT, RIGHT, LINE_LENGTH = 220, 190, 30
NOTED_LEFT, NOTE_LENGTH, MOST_LINES = 300, 40, 3
NARROW_LENGTH = 42
LETTER, GAP = 7.6, 20
"""Width of a letter of the words beside a dot, and what lies between them and the edges, in px."""


@dataclass(frozen=True, kw_only=True)
class ForestRow:
    """One difference: where its dot and interval stand on the axis, its verdict, and the words beside it.

    A `note` says under the label what it means.
    """

    label: str
    value: float
    low: float
    high: float
    verdict: str
    words: str
    note: str = ""

    @property
    def clear(self) -> bool:
        """Whether the difference can be told from none."""
        return self.verdict in CLEAR


@dataclass(frozen=True, kw_only=True)
class ForestGroup:
    """The rows of one scenario under its name."""

    label: str
    rows: tuple[ForestRow, ...]


def forest(name: str, groups: Sequence[ForestGroup], *, axis: dict[str, Any], zero: float, told: str) -> Plot:
    """Return the figure; `axis` is the shared x axis, `zero` stands for no difference, `told` opens its words."""
    lines = max((len(_lines(row)) for group in groups for row in group.rows), default=0)
    head, left = (NOTED_HEAD, NOTED_LEFT) if lines else (HEAD, LEFT)
    rows, heads, end = _positions(groups, head)
    right = max(RIGHT, round(LETTER * max((len(row.words) for row, _ in rows), default=0)) + GAP)
    shapes = [
        _line(zero, zero, head - 0.9, end - 0.5, INK),
        *(_line(0, 1, at - 0.75, at - 0.75) for at in heads),
    ]
    return Plot(
        id=name,
        data=[_dots([row for row, _ in rows], [at for _, at in rows])],
        layout=layout(
            margin={"l": left, "r": right, "t": ABOVE, "b": 46},
            xaxis=axis,
            yaxis={"visible": False, "range": [end - 0.4, -0.4], "fixedrange": True},
            shapes=shapes,
            annotations=[
                *_ticks(axis, TOP),
                *(_head(group, at, -left) for group, at in zip(groups, heads, strict=True)),
                *(_left(row, at) for row, at in rows),
                *(_right(row, at) for row, at in rows),
            ],
        ),
        narrow={
            "margin": {"l": 12, "r": 12, "t": ABOVE, "b": 46},
            "height": round((NARROW_ROW + NOTE_LINE * lines) * end) + 50,
            "annotations": [
                *_ticks(axis, TOP),
                *(_head(group, at, -8) for group, at in zip(groups, heads, strict=True)),
                *(_over(row, at) for row, at in rows),
            ],
        },
        height=round((ROW + NOTE_LINE * lines) * end) + 50,
        alternative=f"{told}: {'. '.join(_spoken(group) for group in groups)}.",
    )


def _positions(
    groups: Sequence[ForestGroup], head: float
) -> tuple[list[tuple[ForestRow, float]], list[float], float]:
    """Return where rows and heads stand, counted in rows from the top, and where the figure ends."""
    rows, heads, at = [], [], 0.0
    for group in groups:
        heads.append(at)
        rows += [(row, at + head + index - 0.4) for index, row in enumerate(group.rows)]
        at += head + len(group.rows)
    return rows, heads, at


def _dots(rows: Sequence[ForestRow], at: Sequence[float]) -> dict[str, Any]:
    colours = [ACCENT if row.clear else QUIET for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.value for row in rows],
        "y": list(at),
        "marker": {
            "size": 10,
            "color": [ACCENT if row.clear else PAPER for row in rows],
            "line": {"color": colours, "width": 2},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [row.high - row.value for row in rows],
            "arrayminus": [row.value - row.low for row in rows],
            "color": QUIET,
            "thickness": THICKNESS,
            "width": 0,
        },
        "hovertemplate": [f"{escape(row.label)}: {escape(row.words)}<extra></extra>" for row in rows],
    }


def _ticks(axis: dict[str, Any], at: float) -> list[dict[str, Any]]:
    """Return the labels of the axis once more, above the first group."""
    font = {"size": 12, "color": QUIET}
    return [
        {"text": word, "x": tick, "y": at, "yanchor": "bottom", "showarrow": False, "font": font}
        for tick, word in zip(axis.get("tickvals", ()), axis.get("ticktext", ()), strict=True)
    ]


def _line(x0: float, x1: float, y0: float, y1: float, colour: str = LINE) -> dict[str, Any]:
    across = {"xref": "paper"} if y0 == y1 else {}
    return {
        "type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "layer": "between",
        "line": {"color": colour, "width": 1},
    } | across  # fmt: skip


def _note(text: str, **where: Any) -> dict[str, Any]:
    plain = {"xref": "paper", "yanchor": "middle", "showarrow": False, "font": {"size": 13}}
    return plain | {"text": text} | where


def _head(group: ForestGroup, at: float, shift: int) -> dict[str, Any]:
    font = {"size": 15, "color": INK}
    return _note(f"<b>{escape(group.label)}</b>", y=at, x=0, xanchor="left", xshift=shift, font=font)


def _left(row: ForestRow, at: float) -> dict[str, Any]:
    length = NOTE_LENGTH if row.note else LINE_LENGTH
    text = "<br>".join(escape(line) for line in wrap(row.label, length)) + _meaning(row)
    return _note(text, y=at, x=0, xanchor="right", xshift=-12, align="right")


def _meaning(row: ForestRow) -> str:
    """Return what a row means as lines under its label."""
    return "".join(
        f"<br><span style='color:{QUIET};font-size:12px'>{escape(line)}</span>" for line in _lines(row)
    )


def _lines(row: ForestRow) -> list[str]:
    return wrap(row.note, NOTE_LENGTH, max_lines=MOST_LINES, placeholder=" …")


def _right(row: ForestRow, at: float) -> dict[str, Any]:
    return _note(_words(row), y=at, x=1, xanchor="left", xshift=12)


def _over(row: ForestRow, at: float) -> dict[str, Any]:
    room = NARROW_LENGTH + 6 * (not row.clear) - len(row.words)
    text = f"{escape(shorten(row.label, room, placeholder=' …'))}: {_words(row)}{_meaning(row)}"
    place = {"y": at - 0.12, "yanchor": "bottom"} if row.note else {"y": at - 0.42}
    return _note(
        text,
        x=0,
        xanchor="left",
        xshift=-8,
        bgcolor=PAPER,
        borderpad=0,
        align="left",
        font={"size": 12},
        **place,
    )


def _words(row: ForestRow) -> str:
    return (
        f"<b>{escape(row.words)}</b>"
        if row.clear
        else f"<span style='color:{QUIET}'>{escape(row.words)}</span>"
    )


def _spoken(group: ForestGroup) -> str:
    return f"{group.label}: " + "; ".join(f"{row.label} {row.words}" for row in group.rows)
