"""Two swept inputs on a full grid: for each outcome a row of panels, one for each value of the second input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.parameter_study.factor import Factor
from simulation.parameter_study.study import ParameterStudy
from simulation.report.comparison.panels import row
from simulation.report.markup import Plot, figure
from simulation.report.parameter_study.marks import Dots, card, dots, narrow_axis, unit_of, x_axis, y_axis
from simulation.report.parameter_study.numbers import numbers_table
from simulation.report.style import PALE, layout
from simulation.sensitivity_analysis.study import StudiedOutcome
from simulation.wording.phrases import sentence

HEIGHT, TICKS = 200, 3
READING = (
    "How to read it: each panel is one value of {panel}, named above it, and runs from left to right over {across}. "
    "The dark line with its dots and 95 % intervals is that panel's, the pale lines are those of the others, so that "
    "a panel that lies apart from the rest shows. A filled dot can be told from the first point of all ({first}), a "
    "hollow one cannot. Between the dots nothing was played."
)
SHORT = "How to read it: as the first figure of this kind."


def panel_figures(study: ParameterStudy) -> str:
    """Return one figure for each outcome."""
    across, panel = across_and_panel(study.factors)
    reading = READING.format(panel=panel.label, across=across.label, first=study.words_of(1))
    return "".join(
        _figure(study, each, k, reading if k == 0 else SHORT) for k, each in enumerate(study.outcomes)
    )


def across_and_panel(factors: Sequence[Factor]) -> tuple[Factor, Factor]:
    """Return which of two factors runs across each panel, numbers and many values first, and which parts them."""
    first, second = sorted(factors, key=lambda each: (each.numbers is None, -len(each.values)))
    return first, second


def _figure(study: ParameterStudy, outcome: StudiedOutcome, at: int, reading: str) -> str:
    across, panel = across_and_panel(study.factors)
    texts = study.texts_of(panel)
    lines = [
        dots(study, outcome, across, [k for k, text in enumerate(texts, start=1) if text == value])
        for value in panel.values
    ]
    cards = (
        card(panel.words(value), _plot(study, outcome, across, lines, k, f"plot-panel-{at}-{k}"))
        for k, value in enumerate(panel.values)
    )
    body = row(sentence(outcome.label), cards, unit_of(outcome))
    return figure(body, reading=reading, table=numbers_table(study, [outcome]))


def _plot(
    study: ParameterStudy, outcome: StudiedOutcome, across: Factor, lines: Sequence[Dots], at: int, name: str
) -> Plot:
    here, others = lines[at], [line for k, line in enumerate(lines) if k != at]
    told = "; ".join(here.words) or "no history has it"
    axis = x_axis(across, title=across.label, ticks=TICKS)
    return Plot(
        id=name,
        data=[*map(_pale, others), *(here.band() if across.numbers else ()), here.trace()],
        layout=layout(
            margin={"l": 46, "r": 10, "t": 6, "b": 40},
            xaxis=axis,
            yaxis=y_axis(study, outcome, title=""),
        ),
        narrow=narrow_axis(across, axis),
        height=HEIGHT,
        alternative=f"{sentence(outcome.label)} in {unit_of(outcome)}: {told}.",
    )


def _pale(line: Dots) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "x": line.x, "y": line.y, "line": {"color": PALE, "width": 1.5},
        "opacity": 0.6, "hoverinfo": "skip",
    }  # fmt: skip
