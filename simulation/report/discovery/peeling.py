"""How the search went: with each condition fewer of the histories in which it happened are met, and fewer others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.report.discovery.subject import DiscoverySubject
from simulation.report.markup import Plot, Table, figure
from simulation.report.style import ACCENT, INK, PALE, PAPER, axis, layout
from simulation.scenario_discovery.condition import Tally, conditions_words
from simulation.wording.phrases import sentence

HEIGHT = 340
READING = (
    "How to read it: the search begins at the right, with all histories and no condition, and peels off slice after "
    "slice. Each dot is a step: from right to left fewer of the histories in which it happened are met, and upwards "
    "those that are met are more often such. Filled dots are the half in which was searched, hollow ones the other "
    "half, which counts. The large dot is the step that is told, the one that best tells the two kinds of history "
    "apart. Where the hollow dots lie far below the filled ones, the search has followed chance."
)


def peeling_figure(subject: DiscoverySubject) -> str:
    """Return the steps as dots: how many of those in which it happened are met, and how often it happened in those."""
    steps = [(step.found, other) for step, other in subject.found.steps]
    chosen = next(
        k for k, (step, _) in enumerate(subject.found.steps) if step.conditions == subject.found.conditions
    )
    last = steps[chosen][1]
    plot = Plot(
        id="plot-peeling",
        data=[
            _dots([found for found, _ in steps], chosen, ACCENT, "searched"),
            _dots([other for _, other in steps], chosen, PAPER, "counted"),
        ],
        layout=layout(
            margin={"l": 62, "r": 16, "t": 10, "b": 50},
            xaxis=axis("of 100 in which it happens, so many are met", range=[0, 104], nticks=5),
            yaxis=axis("of 100 that are met, it happens in", range=[0, 104], nticks=5),
        ),
        narrow={"xaxis": axis("of 100 in which it happens, met", range=[0, 104], nticks=5)},
        height=HEIGHT,
        alternative=f"{len(steps)} steps; the one that is told meets {_percent(last.both, last.happened):.0f} of 100 "
        f"histories in which it happens, and it happens in {_percent(last.both, last.met):.0f} of 100 that are met.",
    )
    return figure(f'<div class="cards alone"><div class="card">{plot.html()}</div></div>', reading=READING,
                  table=_table(subject))  # fmt: skip


def _dots(tallies: Sequence[Tally], chosen: int, colour: str, what: str) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines+markers",
        "x": [_percent(each.both, each.happened) for each in tallies],
        "y": [_percent(each.both, each.met) for each in tallies],
        "line": {"color": PALE, "width": 1},
        "marker": {
            "size": [16 if k == chosen else 8 for k in range(len(tallies))], "color": colour,
            "line": {"color": INK if colour == PAPER else ACCENT, "width": 2},
        },
        "hovertemplate": f"{what}: %{{x:.0f}} of 100 met, it happens in %{{y:.0f}} of 100 of them<extra></extra>",
    }  # fmt: skip


def _table(subject: DiscoverySubject) -> Table:
    rows = tuple(
        (
            sentence(conditions_words(step.conditions) or "no condition"),
            *(f"{part:,} of {whole:,}" for part, whole in _parts(step.found)),
            *(f"{part:,} of {whole:,}" for part, whole in _parts(other)),
        )
        for step, other in subject.found.steps
    )
    headings = ("conditions", "searched: met where it happens", "it happens where met",
                "counted: met where it happens", "it happens where met")  # fmt: skip
    return Table(headings=headings, rows=rows, numbers=(1, 2, 3, 4))


def _parts(tally: Tally) -> tuple[tuple[int, int], tuple[int, int]]:
    return (tally.both, tally.happened), (tally.both, tally.met)


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0
