"""Rows of small panels on shared axes: one panel a scenario, the reference drawn into each."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from simulation.report.markup import Plot
from simulation.report.style import ACCENT, PALE
from simulation.statistics.evidence import CLEAR, IDENTICAL

HEIGHT = 190
MARGIN = {"l": 46, "r": 10, "t": 6, "b": 40}
HERE, THERE = {"color": ACCENT, "width": 2}, {"color": PALE, "width": 5}
"""Lines of a scenario and of the reference: the wider one stays visible where both run together."""


def panel(label: str, verdict: str, words: str, plot: Plot, *, same: str = IDENTICAL) -> str:
    """Return a panel under its scenario's name; `words` give the numbers, bold where they are clear.

    Where no history differs, `same` stands in their place.
    """
    unclear = same if verdict == IDENTICAL else f"{words}: {verdict}"
    told = f"<b>{escape(words)}</b>" if verdict in CLEAR else f'<span class="quiet">{escape(unclear)}</span>'
    return f'<div class="card"><h4>{escape(label)}</h4><p class="told">{told}</p>{plot.html()}</div>'


def row(heading: str, panels: Iterable[str], note: str = "") -> str:
    """Return a row of panels under what they have in common."""
    said = f' <span class="quiet">{escape(note)}</span>' if note else ""
    return f'<h3 class="row">{escape(heading)}{said}</h3><div class="cards small">{"".join(panels)}</div>'


def key() -> str:
    """Return what the two lines mean."""
    return (
        '<p class="lines"><span class="line" style="background:' + PALE + ';height:5px"></span> '
        f'the reference <span class="line" style="background:{ACCENT};height:2px"></span> the scenario named</p>'
    )
