"""Chance against ignorance: one bar for each outcome, cut into chance, inputs by themselves, and the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape
from textwrap import shorten, wrap
from typing import Any

from simulation.report.markup import Plot, Table, figure
from simulation.report.style import ACCENT, INK, PAPER, axis, layout
from simulation.sensitivity_analysis.sentences import PARTS_OF_VARIANCE, trouble_words
from simulation.sensitivity_analysis.shares import in_brackets
from simulation.sensitivity_analysis.study import StudiedOutcome, Study
from simulation.wording.phrases import parts_of_hundred, sentence
from simulation.wording.plain import rows_of

ROW, LEFT, RIGHT, LINE, NARROW = 44, 260, 146, 32, 43
READING = (
    "How to read it: the whole bar is how much histories differ, cut into 100 parts. The grey part is chance:"
    " it would stay if somebody found out every unknown number. The dark part would go if the single inputs "
    "that stand out were known; the pale part needs several of them together, or inputs too weak to be seen. "
    "The number is the grey part with its 95 % interval, drawn as a line."
)


class BarPart(Enum):
    """What a part of a bar is, in words, and its colour: light enough for the line of an interval to show on it."""

    CHANCE = "chance", "#9aa3ae"
    SINGLE = "single inputs that stand out", ACCENT
    REST = "inputs together, and inputs too weak to be seen", "#dbe2ec"

    @property
    def words(self) -> str:
        """What it is."""
        return self.value[0]

    @property
    def colour(self) -> str:
        """How it is drawn."""
        return self.value[1]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """An outcome's bar: its parts of 100, and the interval of chance."""

    label: str
    parts: Mapping[BarPart, float]
    low: float
    high: float

    @property
    def chance(self) -> float:
        """The part of chance."""
        return self.parts[BarPart.CHANCE]

    @property
    def rounded(self) -> Mapping[BarPart, int]:
        """The parts as whole numbers that add up to 100."""
        return dict(zip(self.parts, parts_of_hundred(list(self.parts.values())), strict=True))

    @property
    def words(self) -> str:
        """The share of chance with its interval."""
        return f"{self.rounded[BarPart.CHANCE]}{in_brackets(self.low / 100, self.high / 100)}"


def bars_section(study: Study) -> str:
    """Return the bars, and which outcomes nothing can be said of."""
    bars = [_bar(study, each) for each in study.outcomes if each.name not in study.troubles]
    silent = "".join(
        f"<li>{escape(sentence(each.label))}: {escape(trouble_words(study.troubles[each.name]))}</li>"
        for each in study.outcomes
        if each.name in study.troubles
    )
    left = f"<p>Of these outcomes nothing is said:</p><ul>{silent}</ul>" if silent else ""
    return (_figure(bars) if bars else "") + left


def _bar(study: Study, each: StudiedOutcome) -> Bar:
    row, first = rows_of(study.of("chance", each.name))[0], study.of("first_order", each.name)
    chance = 100 * float(row["share"])
    single = min(100 - chance, 100 * float(first["share"][first["group"] > 0].sum()))
    return Bar(
        label=sentence(each.label),
        parts={
            BarPart.CHANCE: chance,
            BarPart.SINGLE: single,
            BarPart.REST: 100 - chance - single,
        },
        low=100 * float(row["low"]),
        high=100 * float(row["high"]),
    )


def _figure(bars: Sequence[Bar]) -> str:
    others = [part for part in BarPart if part is not BarPart.CHANCE]
    rows = tuple((bar.label, bar.words, *(str(bar.rounded[part]) for part in others)) for bar in bars)
    headings = ("outcome", *(part.words for part in (BarPart.CHANCE, *others)))
    table = Table(headings=headings, rows=rows, numbers=(1, 2, 3))
    key = "".join(
        f'<span><i class="swatch" style="display:inline-block;background:{part.colour}"></i> '
        f"{escape(part.words)}</span>"
        for part in BarPart
    )
    return f'<div class="key">{key}</div>' + figure(_plot(bars).html(), reading=READING, table=table)


def _plot(bars: Sequence[Bar]) -> Plot:
    at = list(range(len(bars)))
    data = [_part(bars, at, part) for part in BarPart]
    return Plot(
        id="plot-chance",
        data=[*data, _interval(bars, at)],
        layout=layout(
            barmode="stack",
            bargap=0.45,
            margin={"l": LEFT, "r": RIGHT, "t": 4, "b": 46},
            xaxis=axis(PARTS_OF_VARIANCE, range=[0, 100], dtick=25),
            yaxis={"visible": False, "range": [len(bars) - 0.4, -0.7], "fixedrange": True},
            annotations=[
                *(_note(_broken(b.label), k, -12, "right", x=0) for k, b in enumerate(bars)),
                *(_note(f"<b>{b.words}</b>", k, 12, "left", x=1) for k, b in enumerate(bars)),
            ],
        ),
        narrow={
            "margin": {"l": 12, "r": 12, "t": 4, "b": 46},
            "annotations": [
                _note(_beside(b), k - 0.43, -4, "left", x=0, font={"size": 12}, bgcolor=PAPER, borderpad=0)
                for k, b in enumerate(bars)
            ],
        },
        height=ROW * len(bars) + 56,
        alternative="Bars of the share of variance that is chance, of 100: "
        + "; ".join(f"{bar.label} {bar.words}" for bar in bars),
    )  # fmt: skip


def _beside(bar: Bar) -> str:
    """Return a label and its number for the one line there is over a bar on a narrow screen."""
    return f"{escape(shorten(bar.label, NARROW - len(bar.words), placeholder=' …'))}: <b>{bar.words}</b>"


def _part(bars: Sequence[Bar], at: list[int], part: BarPart) -> dict[str, Any]:
    return {
        "type": "bar", "orientation": "h", "x": [bar.parts[part] for bar in bars], "y": at,
        "marker": {"color": part.colour, "line": {"width": 0}},
        "hovertemplate": [f"{part.words}: {bar.rounded[part]} of 100<extra></extra>" for bar in bars],
    }  # fmt: skip


def _interval(bars: Sequence[Bar], at: list[int]) -> dict[str, Any]:
    """Return the interval of the share of chance as a line over the bar."""
    return {
        "type": "scatter", "mode": "markers", "x": [bar.chance for bar in bars], "y": at,
        "marker": {"size": 1, "color": INK}, "hoverinfo": "skip",
        "error_x": {
            "type": "data", "symmetric": False, "color": INK, "thickness": 2, "width": 5,
            "array": [max(0.0, bar.high - bar.chance) for bar in bars],
            "arrayminus": [max(0.0, bar.chance - bar.low) for bar in bars],
        },
    }  # fmt: skip


def _note(text: str, at: float, shift: int, anchor: str, **where: Any) -> dict[str, Any]:
    plain = {"xref": "paper", "y": at, "yanchor": "middle", "showarrow": False, "font": {"size": 13}}
    return plain | {"text": text, "xanchor": anchor, "xshift": shift, "align": anchor} | where


def _broken(label: str) -> str:
    return "<br>".join(escape(line) for line in wrap(label, LINE))
