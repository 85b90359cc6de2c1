"""What the reports changed: before and after for endings, places and inputs, and what each report did."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from simulation.outcomes.labels import spell
from simulation.report.markup import Plot, Table, figure
from simulation.report.run.report_input import ReportInput
from simulation.report.run.reported_numbers import reported_numbers
from simulation.report.run.sources import link
from simulation.report.style import ACCENT, INK, QUIET, axis, layout
from simulation.statistics.intervals import Share
from simulation.updating.change import InputChange, Update, update_of
from simulation.updating.sentences import clash_words, known_words, lines, log_words
from simulation.wording.phrases import interval, number, of_hundred, sentence

ROW, HEAD = 40, 56
PLACES, INPUTS = 10, 10
"""Places and inputs that are shown: those that move most."""
HOLLOW = {"color": "#ffffff", "size": 11, "line": {"color": QUIET, "width": 2}}
WHAT = (
    "The scenario says what could be known of the first morning; its histories then go every way that this allows. "
    "Reports say how the war went on. A history that goes as the reports say counts more from here on, one that goes "
    "otherwise counts less, as far as the speaker can be trusted. Nothing is played again: the same histories are "
    "counted by other weights, and all that this page says is said by weight."
)
DRAWN = (
    "The scenario says what could be known of the first morning; its histories then go every way that this allows. "
    "Reports say how the war went on. {why} histories were drawn given the reports: of many beginnings those are kept "
    "that go as the reports say, as far as each speaker can be trusted, varied and tried again; and from the last day "
    "reported each goes on under new luck. All that this page says of endings, places, losses and people is said of "
    "them; “before” is said of plain histories, which lie beside them in the results folder."
)
TOO_FEW = "So few histories go as they say that these would be too few to count by weights. Therefore"
AS_ASKED = "As was asked,"
ENDINGS = (
    "How to read it: the hollow mark is the number of histories, out of 100, that ended this way before the reports, "
    "the full one after them, with its 95 % interval. A mark that stays where it was says that the reports did not "
    "bear on it."
)
PULLS = (
    "How to read it: “moves” is how many of 100 histories would end otherwise if this one report were left out: the "
    "larger, the more hangs on whether it is true. The evidence is the natural logarithm of how likely the report is, "
    "given all the others: the further below that by itself, the more it clashes with them. “Worth without it” is the "
    "effective sample size of the run without the report. To see what changes, leave it out with --doubt."
)


def updating_section(material: ReportInput) -> str:
    """Return what the reports changed; it is shown only where there were any."""
    update = update_of(material.results)
    assert update is not None, "the section is shown only for a run on reports"
    labels = {ending.id: ending.label for ending in material.endings}
    told = "".join(f"<p>{escape(text)}</p>" for text in lines(update.evidence, labels))
    before = update.evidence.before
    what = WHAT if before is None else DRAWN.format(why=AS_ASKED if before.asked else TOO_FEW)
    parts = [told, f"<p>{escape(what)}</p>"]
    if update.evidence.effective:
        parts += [
            _endings(update, labels),
            reported_numbers(update),
            _places(material, update),
            _inputs(material, update),
        ]
    return "".join([*parts, _pulls(material, update)])


def _endings(update: Update, labels: dict[str, str]) -> str:
    named = {sentence(labels.get(name, spell(name))): pair for name, pair in update.endings.items()}
    rows = tuple((name, of_hundred(b), of_hundred(a), interval(a)) for name, (b, a) in named.items())
    headings = ("ending", "before the reports", "after them", "95 % interval after")
    return figure(
        _pairs_plot(named).html(),
        title="How it ends, before and after",
        reading=ENDINGS,
        table=Table(headings=headings, rows=rows, numbers=(1, 2, 3)),
    )


def _pairs_plot(named: dict[str, tuple[Share, Share]]) -> Plot:
    before, after = ([100 * pair[k].share for pair in named.values()] for k in (0, 1))
    rows = list(range(len(named)))
    told = "; ".join(f"{name} {of_hundred(a)}, before {of_hundred(b)}" for name, (b, a) in named.items())
    return Plot(
        id="plot-updated-endings",
        data=[
            _dots(
                before,
                rows,
                "before the reports",
                {"color": "#ffffff", "size": 11, "line": {"color": QUIET, "width": 2}},
            ),
            _dots(after, rows, "after them", {"color": ACCENT, "size": 11})
            | {"error_x": _error(after, [pair[1] for pair in named.values()])},
        ],
        layout=layout(
            margin={"l": 10, "r": 16, "t": 4, "b": 46},
            xaxis=axis("histories out of 100", range=[-2, 102], dtick=20),
            yaxis={"visible": False, "range": [len(named) - 0.5, -0.8], "fixedrange": True},
            annotations=[_name(name, row) for row, name in enumerate(named)],
        ),
        height=ROW * len(named) + HEAD,
        alternative=f"Dots of endings before and after the reports: {told}.",
    )


def _dots(x: Sequence[float], rows: Sequence[float], name: str, marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": list(x),
        "y": list(rows),
        "marker": marker,
        "hovertemplate": f"{escape(name)}: %{{x:.0f}} of 100<extra></extra>",
    }


def _error(values: Sequence[float], shares: Sequence[Share]) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [100 * each.high - value for each, value in zip(shares, values, strict=True)],
        "arrayminus": [value - 100 * each.low for each, value in zip(shares, values, strict=True)],
        "color": INK,
        "thickness": 1.5,
        "width": 4,
    }


def _name(name: str, row: int) -> dict[str, Any]:
    return {
        "text": f"<b>{escape(name)}</b>",
        "x": 0,
        "y": row - 0.42,
        "xanchor": "left",
        "yanchor": "middle",
        "showarrow": False,
        "xshift": -2,
    }


def _places(material: ReportInput, update: Update) -> str:
    ranked = sorted(
        update.places, key=lambda name: -abs(update.places[name][1].share - update.places[name][0].share)
    )
    if not ranked:
        return ""
    rows = tuple(
        (link(material, name, group="places"), of_hundred(before), of_hundred(after), interval(after))
        for name in ranked[:PLACES]
        for before, after in [update.places[name]]
    )
    headings = ("place", "fallen by the end, before", "after the reports", "95 % interval after")
    return f"<h3>Places that move most</h3>{Table(headings=headings, rows=rows, numbers=(1, 2, 3)).html()}"


def _inputs(material: ReportInput, update: Update) -> str:
    shown = [change for change in update.inputs if change.clear][:INPUTS]
    heading = "<h3>What the reports say of the unknown numbers</h3>"
    if not shown:
        return f"{heading}<p>No input moves by more than chance would move it.</p>"
    rows = tuple((*_input(material, change),) for change in shown)
    headings = ("input", "what it means", "mean before", "mean after", "in standard deviations")
    return f"{heading}{Table(headings=headings, rows=rows, numbers=(2, 3, 4)).html()}"


def _input(material: ReportInput, change: InputChange) -> tuple[Any, ...]:
    label = link(material, change.name, sentence(material.input_label(change.name)))
    moved = f"{change.moved:+.2f}"
    return label, material.input_meaning(change.name), number(change.before), number(change.after), moved


def _pulls(material: ReportInput, update: Update) -> str:
    pulls = sorted(update.evidence.pulls, key=lambda each: -each.moved)
    rows = tuple(
        (
            link(material, pull.report.id, f"{pull.report.text} [{pull.report.id}]", "claims"),
            pull.report.speaker,
            known_words(pull.report),
            f"{100 * pull.moved:.1f}",
            f"{log_words(pull.given_others)} ({log_words(pull.alone)})",
            clash_words(pull) if pull.clash > 1 else "",
            f"{pull.effective_without:,.0f}",
        )
        for pull in pulls
    )
    headings = (
        "report",
        "said by",
        "known",
        "moves of 100",
        "log evidence (by itself)",
        "clash",
        "worth without it",
    )
    table = Table(headings=headings, rows=rows, numbers=(3, 4, 6)).html()
    return f"<h3>What each report does</h3><figure>{table}<figcaption>{escape(PULLS)}</figcaption></figure>"
