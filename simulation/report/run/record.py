"""What was on record before, compared with the histories: two figures, and every line in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap
from typing import Any

from simulation.record.comparison import Comparison
from simulation.record.sentences import (
    ONLY_A_CHECK,
    chance_words,
    credibility_words,
    given_words,
    model_words,
    never_words,
    reading,
    record_words,
    summary,
    verdict_words,
)
from simulation.record.verdict import Compared, Verdict
from simulation.report.markup import Plot, Table, figure, items
from simulation.report.run.report_input import ReportInput
from simulation.report.style import ACCENT, INK, axis, layout, rgba
from simulation.wording.phrases import sentence

RECORD = "#b3541e"
"""The colour of what is on record, as that of what happened on the page of a hindcast."""
ROW, NARROW_ROW, FOOT = 46, 72, 56
LEFT, LINE_LENGTH, NARROW_LENGTH = 300, 38, 44
SYMBOLS = {Verdict.WITHIN: "diamond", Verdict.FAILED: "x", Verdict.TOO_FEW: "circle-open"}
RANKS = (
    "How to read it: a mark at 10 says that 10 of 100 histories have less than what is on record and 90 more; a bar, "
    "that the record is a range or open at one end. The band holds the middle 90 of 100 histories: what does not reach "
    "into it has a cross, and fails."
)
SHARES = (
    "How to read it: the pale bar is what the record says: of k in n cases the 90 % interval of the share, wide "
    "because cases are few, or a bound. The mark is the share of histories, with its 95 % interval. A cross beside the "
    "bar says that the line fails, a circle that it could be asked of too few histories."
)


def record_section(material: ReportInput) -> str:
    """Return what fails, the figures, the lines in a table, and what was not measured."""
    comparison = material.compared
    assert comparison is not None, "the section is shown only where there is a record"
    file = comparison.file
    told = [summary(comparison), credibility_words(comparison), file.note, ONLY_A_CHECK]
    parts = [f"<p>{escape(text)}</p>" for text in told if text]
    ranked = [each for each in comparison.lines if each.found is not None and each.found.above is not None]
    shares = [each for each in comparison.lines if each.found is not None and each.found.chance is not None]
    if ranked:
        parts.append(
            figure(_ranks(ranked).html(), title="Where the record lies among 100 histories", reading=RANKS)
        )
    if shares:
        parts.append(figure(_shares(shares).html(), title="How often it happens", reading=SHARES))
    parts.append(
        figure(_table(comparison).html(), title="Line by line", reading=f"How to read it: {reading()}.")
    )
    if never := never_words(comparison):
        parts.append(f"<p>{escape(never)}</p>{_all_never(comparison)}")
    left = [f"{each.what} {each.why}" for each in file.not_measured]
    return "".join(parts) + (f"<h3>Not measured</h3>{items(left)}" if left else "")


def _all_never(comparison: Comparison) -> str:
    if not comparison.never:
        return ""
    name = f"<summary>All places that no history took ({len(comparison.never)})</summary>"
    return f"<details>{name}<p>{escape(', '.join(comparison.never))}</p></details>"


def _ranks(lines: Sequence[Compared]) -> Plot:
    band = {
        "type": "rect", "x0": 5, "x1": 95, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
        "fillcolor": rgba(ACCENT, 0.14), "line": {"width": 0},
    }  # fmt: skip
    middles = [sum(_ends(each)) / 2 if each.line.kind == "value" else None for each in lines]
    return _plot(
        "record-ranks", lines,
        [_bars([_ends(each) for each in lines], RECORD, 5), *_marks(lines, middles, _ends, RECORD)],
        axis("histories of 100 with less than on record", range=[-2, 102], tickvals=[0, 5, 25, 50, 75, 95, 100]),
        {"tickvals": [5, 25, 50, 75, 95]}, [band],
    )  # fmt: skip


def _ends(each: Compared) -> tuple[float, float]:
    """Return how many of 100 histories lie below the low end of what is on record, and at or below the high end."""
    assert each.found is not None and each.found.above is not None and each.found.below is not None
    return 100 * (1 - each.found.above.share), 100 * each.found.below.share


def _shares(lines: Sequence[Compared]) -> Plot:
    chances = [
        each.found.chance for each in lines if each.found is not None and each.found.chance is not None
    ]
    bars = _bars([(100 * each.low, 100 * each.high) for each in lines], RECORD, 14) | {"opacity": 0.35}
    spread = _bars([(100 * share.low, 100 * share.high) for share in chances], ACCENT, 3)
    at = [100 * share.share for share in chances]
    return _plot(
        "record-shares", lines, [bars, spread, *_marks(lines, at, None, ACCENT)],
        axis("histories of 100", range=[-2, 102], tickvals=[0, 25, 50, 75, 100]), {}, [],
    )  # fmt: skip


def _bars(ends: Sequence[tuple[float, float]], colour: str, width: int) -> dict[str, Any]:
    x, y = list[float | None](), list[int | None]()
    for row, (low, high) in enumerate(ends):
        x += [low, high, None]
        y += [row, row, None]
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip", "cliponaxis": False,
        "line": {"color": colour, "width": width},
    }  # fmt: skip


def _marks(
    lines: Sequence[Compared], at: Sequence[float | None], ends: Any, colour: str
) -> Iterator[dict[str, Any]]:
    """Yield the marks of lines by verdict; a range has one only where it fails, at its end near the band."""
    for verdict, symbol in SYMBOLS.items():
        rows, failed = (
            [k for k, each in enumerate(lines) if each.verdict is verdict],
            verdict is Verdict.FAILED,
        )
        placed = [(k, at[k] if at[k] is not None or not failed else _near(ends(lines[k]))) for k in rows]
        shown = [(k, x) for k, x in placed if x is not None]
        yield {
            "type": "scatter", "mode": "markers", "cliponaxis": False,
            "x": [x for _, x in shown], "y": [k for k, _ in shown],
            "marker": {"size": 13, "symbol": symbol, "color": colour},
            "hovertemplate": [f"{escape(_spoken(lines[k]))}<extra></extra>" for k, _ in shown],
        }  # fmt: skip


def _near(ends: tuple[float, float]) -> float:
    return ends[1] if ends[1] < 50 else ends[0]


def _plot(
    name: str, lines: Sequence[Compared], data: list[dict[str, Any]], xaxis: dict[str, Any],
    narrow_axis: dict[str, Any], shapes: list[dict[str, Any]],
) -> Plot:  # fmt: skip
    return Plot(
        id=name,
        data=data,
        layout=layout(
            margin={"l": LEFT, "r": 24, "t": 8, "b": 46},
            xaxis=xaxis,
            yaxis={"visible": False, "range": [len(lines) - 0.4, -0.6], "fixedrange": True},
            shapes=shapes,
            annotations=[_label_left(each, row) for row, each in enumerate(lines)],
        ),
        narrow={
            "margin": {"l": 14, "r": 20, "t": 8, "b": 46},
            "height": NARROW_ROW * len(lines) + FOOT + 16,
            "xaxis": {"tickangle": 0} | narrow_axis,
            "yaxis": {"range": [len(lines) - 0.6, -0.9]},
            "annotations": [_label_over(each, row) for row, each in enumerate(lines)],
        },
        height=ROW * len(lines) + FOOT,
        alternative=". ".join(_spoken(each) for each in lines) + ".",
    )


def _label_left(each: Compared, at: int) -> dict[str, Any]:
    return _note(wrap(each.line.what, LINE_LENGTH), each, at, xanchor="right", xshift=-12, align="right")


def _label_over(each: Compared, at: int) -> dict[str, Any]:
    lines = wrap(each.line.what, NARROW_LENGTH)
    return _note(
        lines, each, at - 0.18, yanchor="bottom", xanchor="left", xshift=-8, align="left", font={"size": 12}
    )


def _note(lines: Sequence[str], each: Compared, at: float, **where: Any) -> dict[str, Any]:
    text = "<br>".join(escape(line) for line in lines[:2])
    bold = f"<b>{text}</b>" if each.verdict is Verdict.FAILED else text
    plain = {"xref": "paper", "x": 0, "y": at, "yanchor": "middle", "showarrow": False}
    return plain | {"font": {"size": 13, "color": INK}, "text": bold} | where


def _spoken(each: Compared) -> str:
    return (
        f"{each.line.what}: on record {record_words(each)}, model {model_words(each)}: {verdict_words(each)}"
    )


def _table(comparison: Comparison) -> Table:
    rows = tuple(
        (
            each.line.what,
            f"{record_words(each)} [{each.line.confidence}]",
            "; ".join(
                part
                for part in (model_words(each), chance_words(each), given_words(comparison, each))
                if part
            ),
            sentence(verdict_words(each)),
            each.line.source,
        )
        for each in comparison.lines
    )
    return Table(headings=("line", "on record", "the model", "verdict", "source"), rows=rows)
