"""More swept inputs, or points from a file: for each outcome a panel for each input, with every point as a dot."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.parameter_study.factor import Factor
from simulation.parameter_study.study import ParameterStudy
from simulation.report.comparison.panels import row
from simulation.report.markup import Plot, figure
from simulation.report.parameter_study.marks import Dots, card, dots, narrow_axis, unit_of, x_axis, y_axis
from simulation.report.parameter_study.numbers import numbers_table
from simulation.report.style import ACCENT, layout
from simulation.sensitivity_analysis.study import StudiedOutcome
from simulation.wording.phrases import sentence

HEIGHT, TICKS = 210, 3
READING = (
    "How to read it: every panel shows all points, each as a dot with its 95 % interval, over one of the inputs. Dots "
    "above each other have the same value of that input and differ in the others.{line} A filled dot can be told from "
    "the first point ({first}), a hollow one cannot."
)
LINE = " The line runs through their mean: every value of this input met every value of the others."
SHORT = "How to read it: as the first figure of this kind."


def cloud_figures(study: ParameterStudy) -> str:
    """Return one figure for each outcome."""
    reading = READING.format(line=LINE if study.design.full else "", first=study.words_of(1))
    return "".join(
        _figure(study, each, k, reading if k == 0 else SHORT) for k, each in enumerate(study.outcomes)
    )


def _figure(study: ParameterStudy, outcome: StudiedOutcome, at: int, reading: str) -> str:
    cards = (
        card(factor.axis, _plot(study, outcome, factor, f"plot-cloud-{at}-{k}"))
        for k, factor in enumerate(study.factors)
    )
    body = row(sentence(outcome.label), cards, unit_of(outcome))
    return figure(body, reading=reading, table=numbers_table(study, [outcome]))


def _plot(study: ParameterStudy, outcome: StudiedOutcome, factor: Factor, name: str) -> Plot:
    found = dots(study, outcome, factor, range(1, len(study.design.points) + 1))
    told = "; ".join(found.words[:1] + found.words[-1:]) or "no history has it"
    axis = x_axis(factor, title="", ticks=TICKS)
    return Plot(
        id=name,
        data=[*([_means(found)] if study.design.full and found.x else ()), found.trace(opacity=0.75)],
        layout=layout(
            margin={"l": 46, "r": 10, "t": 6, "b": 30},
            xaxis=axis,
            yaxis=y_axis(study, outcome, title=""),
        ),
        narrow=narrow_axis(factor, axis),
        height=HEIGHT,
        alternative=f"{sentence(outcome.label)} in {unit_of(outcome)} over {factor.axis}, first and last: {told}.",
    )


def _means(found: Dots) -> dict[str, Any]:
    """Return the line through the mean of the dots above each value."""
    x = sorted(set(found.x))
    at, values = np.array(found.x), np.array(found.y)
    means = [float(values[at == place].mean()) for place in x]
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": means, "line": {"color": ACCENT, "width": 2},
        "hoverinfo": "skip",
    }  # fmt: skip
