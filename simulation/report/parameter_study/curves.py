"""One swept input: a panel for each outcome, in which a line with its band runs over the values."""

from __future__ import annotations

from html import escape

from simulation.parameter_study.study import ParameterStudy
from simulation.report.markup import Plot, figure
from simulation.report.parameter_study.marks import dots, unit_of, x_axis, y_axis
from simulation.report.parameter_study.numbers import numbers_table
from simulation.report.style import layout
from simulation.sensitivity_analysis.study import StudiedOutcome
from simulation.wording.phrases import sentence

HEIGHT, TICKS = 260, 5
READING = (
    "How to read it: each dot is one point, with the 95 % interval of its value as a line and a band. A filled dot can "
    "be told from the first point, a hollow one cannot: since every history meets the same luck at every point, a "
    "difference can be sure although two intervals overlap. Between the dots nothing was played."
)


def curves_figure(study: ParameterStudy) -> str:
    """Return one panel for each outcome."""
    cards = "".join(_card(study, each, k) for k, each in enumerate(study.outcomes))
    return figure(
        f'<div class="cards several top">{cards}</div>', reading=READING, table=numbers_table(study)
    )


def _card(study: ParameterStudy, outcome: StudiedOutcome, at: int) -> str:
    return f'<div class="card"><h3>{escape(sentence(outcome.label))}</h3>{_plot(study, outcome, at).html()}</div>'


def _plot(study: ParameterStudy, outcome: StudiedOutcome, at: int) -> Plot:
    (factor,) = study.factors
    found = dots(study, outcome, factor, range(1, len(study.design.points) + 1))
    told = "; ".join(found.words) or "no history has it"
    return Plot(
        id=f"plot-curve-{at}",
        data=[*(found.band() if factor.numbers else ()), found.trace()],
        layout=layout(
            margin={"l": 62, "r": 14, "t": 8, "b": 46},
            xaxis=x_axis(factor, title=factor.axis, ticks=TICKS),
            yaxis=y_axis(study, outcome, title=unit_of(outcome)),
        ),
        height=HEIGHT,
        alternative=f"{sentence(outcome.label)} in {unit_of(outcome)}: {told}.",
    )
