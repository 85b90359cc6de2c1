"""How a forecast, a naive forecast and the truth are drawn, the same in every figure, and the key to it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from simulation.report.style import ACCENT, INK
from simulation.scoring.as_of import BEFORE
from simulation.scoring.scorecard import Scorecard
from simulation.statistics.intervals import NINE_TENTHS_FROM

TRUTH = "#b3541e"
SYMBOLS = (("circle-open", "○"), ("square-open", "□"), ("triangle-up-open", "△"), ("cross-thin-open", "+"))
"""What stands for the naive forecasts, in plotly and in text; from the fifth on the last is used again."""


def symbols(scored: Scorecard) -> Mapping[str, tuple[str, str]]:
    """Return the symbol of each naive forecast, as plotly and as text know it."""
    return {name: SYMBOLS[min(k, len(SYMBOLS) - 1)] for k, name in enumerate(scored.naive)}


def key(scored: Scorecard) -> str:
    """Return what the marks mean."""
    known, many = symbols(scored), "all" if scored.replicates < NINE_TENTHS_FROM else "9 of 10"
    naive = "".join(
        f'<li><b aria-hidden="true">{known[name][1]}</b> {escape(title)}: the middle of this {_kind(name)}</li>'
        for name, (title, _) in scored.naive.items()
    )
    return (
        '<ul class="marks" aria-label="What the marks mean">'
        f"<li>{_bar(2)} {many} histories of the model lie here</li><li>{_bar(10)} the middle half of them</li>"
        f'<li><b style="color:{INK}" aria-hidden="true">|</b> the middle history</li>{naive}'
        f'<li><b style="color:{TRUTH}" aria-hidden="true">◆</b> what happened, with its spread among sources</li></ul>'
    )


def _kind(name: str) -> str:
    return "forecast" if name == BEFORE else "naive forecast"


def _bar(height: int) -> str:
    return f'<span class="line" style="background:{ACCENT};height:{height}px"></span>'
