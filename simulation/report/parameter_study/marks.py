"""What the figures of a sweep are drawn with: dots with intervals, the band between them, axes that fit the values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from simulation.parameter_study.factor import Factor, shown
from simulation.parameter_study.sentences import value_words
from simulation.parameter_study.study import ParameterStudy, is_share
from simulation.report.markup import Plot
from simulation.report.style import ACCENT, PAPER, QUIET, axis, rgba
from simulation.sensitivity_analysis.study import StudiedOutcome
from simulation.statistics.evidence import CLEAR
from simulation.wording.plain import Row, rows_of

ROOM = 0.06
"""Of the axis, left free beyond the outermost dots."""
OF_HUNDRED = "of 100 histories"
FEW_TICKS = 3


@dataclass(frozen=True, kw_only=True)
class Dots:
    """An outcome at some points: where each stands on the axis, its value with its interval, and its words.

    `filled` says of each whether it can be told from the first point.
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    filled: tuple[bool, ...]
    words: tuple[str, ...]

    def trace(self, **changes: Any) -> dict[str, Any]:
        """Return the dots with their intervals."""
        colours = [ACCENT if filled else PAPER for filled in self.filled]
        return {
            "type": "scatter", "mode": "markers", "x": self.x, "y": self.y,
            "marker": {"size": 8, "color": colours, "line": {"color": ACCENT, "width": 2}},
            "error_y": {
                "type": "data", "symmetric": False, "color": QUIET, "thickness": 1.5, "width": 0,
                "array": [high - y for high, y in zip(self.high, self.y, strict=True)],
                "arrayminus": [y - low for low, y in zip(self.low, self.y, strict=True)],
            },
            "hovertemplate": [f"{escape(words)}<extra></extra>" for words in self.words],
        } | changes  # fmt: skip

    def band(self) -> list[dict[str, Any]]:
        """Return the area between the ends of the intervals, and the line through the values."""
        edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "x": self.x}
        line = {"mode": "lines", "y": self.y, "line": {"color": ACCENT, "width": 2}}
        return [edge | {"y": self.low}, edge | {"y": self.high, "fill": "tonexty", "fillcolor": rgba(ACCENT, 0.15)},
                edge | line]  # fmt: skip


def dots(study: ParameterStudy, outcome: StudiedOutcome, factor: Factor, points: Sequence[int]) -> Dots:
    """Return the dots of an outcome at some points, counted from 1, in the order of a factor's values."""
    places, texts = positions(factor), study.texts_of(factor)
    rows = rows_of(study.of(outcome))
    known = [k for k in points if math.isfinite(float(rows[k - 1]["value"]))]
    ordered = sorted(known, key=lambda k: places[texts[k - 1]])
    chosen, scale = [rows[k - 1] for k in ordered], 100 if is_share(outcome) else 1
    return Dots(
        x=tuple(places[texts[k - 1]] for k in ordered),
        y=_column(chosen, "value", scale),
        low=_column(chosen, "low", scale),
        high=_column(chosen, "high", scale),
        filled=tuple(row["verdict"] in CLEAR for row in chosen),
        words=tuple(
            f"{study.words_of(k)}: {words_with_interval(outcome, row)}"
            for k, row in zip(ordered, chosen, strict=True)
        ),
    )


def card(heading: str, plot: Plot) -> str:
    """Return a small panel under its heading."""
    return f'<div class="card"><h4>{escape(heading)}</h4><p class="told"></p>{plot.html()}</div>'


def positions(factor: Factor) -> Mapping[str, float]:
    """Return where the values of a factor stand on an axis: numbers as they are, others one after the other."""
    places = factor.numbers or tuple(float(k) for k in range(len(factor.values)))
    return dict(zip(factor.values, places, strict=True))


def words_with_interval(outcome: StudiedOutcome, row: Row, prefix: str = "") -> str:
    """Return a value with its interval, such as "43 (38 to 47)"; `prefix` is that of a difference's columns."""
    value, low, high = (float(row[name]) for name in (prefix or "value", *_ends(prefix)))
    if not math.isfinite(value):
        return "none"
    told, start, end = (value_words(outcome, number) for number in (value, low, high))
    return f"{told} ({start} to {end})" if math.isfinite(low) else told


def _ends(prefix: str) -> tuple[str, str]:
    return (f"{prefix}_low", f"{prefix}_high") if prefix else ("low", "high")


def x_axis(factor: Factor, *, title: str, ticks: int) -> dict[str, Any]:
    """Return the axis of a factor with at most so many ticks, at values that were played."""
    places = positions(factor)
    inside = _spread_out(list(places), places, ticks)
    low, high = min(places.values()), max(places.values())
    room = ROOM * (high - low) or 0.5
    return axis(
        title, range=[low - room, high + room], tickvals=[places[value] for value in inside],
        ticktext=[_short(value) for value in inside], tickangle=0,
    )  # fmt: skip


def narrow_axis(factor: Factor, axis: dict[str, Any]) -> dict[str, Any]:
    """Return what of the axis of a small panel is otherwise on a narrow screen: only its ends have labels."""
    places = positions(factor)
    ends = [factor.values[0], factor.values[-1]]
    return {"xaxis": axis | {"tickvals": [places[end] for end in ends], "ticktext": list(map(_short, ends))}}


def y_axis(study: ParameterStudy, outcome: StudiedOutcome, *, title: str) -> dict[str, Any]:
    """Return the axis of an outcome, which is the same in all its panels."""
    rows, scale = study.of(outcome), 100 if is_share(outcome) else 1
    ends = scale * np.concatenate([rows[name].to_numpy() for name in ("low", "high", "value")])
    ends = ends[np.isfinite(ends)]
    low, high = (float(ends.min()), float(ends.max())) if len(ends) else (0.0, 1.0)
    if is_share(outcome):
        low = 0.0
    room = ROOM * (high - low) or 1.0
    return axis(title, range=[low - room, high + room], nticks=5)


def unit_of(outcome: StudiedOutcome) -> str:
    """Return what stands at the axis of an outcome."""
    return OF_HUNDRED if is_share(outcome) else outcome.unit


def _column(rows: Sequence[Row], name: str, scale: float) -> tuple[float, ...]:
    return tuple(scale * float(row[name]) for row in rows)


def _spread_out(values: Sequence[str], places: Mapping[str, float], most: int) -> list[str]:
    """Return at most so many of the values, the first and the last among them, about evenly apart on the axis."""
    if len(values) <= most:
        return list(values)
    low, high = places[values[0]], places[values[-1]]
    wanted = [low + (high - low) * k / (most - 1) for k in range(most)]
    nearest = (min(values, key=lambda value: abs(places[value] - at)) for at in wanted)
    return list(dict.fromkeys(nearest))


LONGEST_TICK = 12


def _short(value: str) -> str:
    """Return a value for a tick: large round numbers in thousands."""
    text = shown(value)
    return text if len(text) <= LONGEST_TICK else f"{text[: LONGEST_TICK - 1]}…"
