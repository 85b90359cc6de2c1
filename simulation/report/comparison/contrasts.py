"""What pairing saved, and every contrast with its interval and verdict."""

from __future__ import annotations

from html import escape

import pandas as pd

from simulation.comparison.pairing import pairing_words
from simulation.outcomes.labels import describe
from simulation.report.comparison.outcomes import signed
from simulation.report.comparison.subject import ComparisonSubject
from simulation.report.markup import Table
from simulation.statistics.evidence import IDENTICAL
from simulation.wording.phrases import counted, number, sentence

MOST_PLACES = 60


def pairing_section(subject: ComparisonSubject) -> str:
    """Return in a sentence what pairing saved."""
    told = pairing_words(subject.comparison.pairing)
    if not told:
        return "<p>Nothing is left to save: no pair of histories differs.</p>"
    return f"<p>{escape(told)} The gain of each stands in the tables below.</p>"


def contrasts_section(subject: ComparisonSubject) -> str:
    """Return all contrasts of endings, outcomes and places, each kind folded."""
    comparison = subject.comparison
    text = (
        "“Higher” and “lower” are said only when the plain 95 % interval, which is printed, leaves out none and the "
        "evidence is strong enough for so many contrasts: of many intervals some leave out none by luck. “Not "
        f"distinguishable” is an answer: at {counted(subject.comparison.replicates, 'history')} the difference "
        "could be none. “Identical” means that not one history differs."
    )
    return f"<p>{escape(text)}</p>" + "".join(
        [
            _folded("endings", _shares(subject, comparison.endings, "ending", subject.ending_names)),
            _folded("outcomes", _outcomes(subject)),
            _folded("places", _places(subject)),
        ]
    )


def _folded(name: str, content: tuple[Table, str]) -> str:
    table, note = content
    said = f'<p class="note">{escape(note)}</p>' if note else ""
    summary = f"<summary>All contrasts of {name}: {len(table.rows):,}</summary>"
    return f'<details class="numbers">{summary}{said}{table.html()}</details>'


def _shares(
    subject: ComparisonSubject, table: pd.DataFrame, column: str, labels: dict[str, str], note: str = ""
) -> tuple[Table, str]:
    rows = tuple(
        (
            subject.labels[row["scenario"]],
            labels.get(str(row[column]), str(row[column])),
            *(f"{100 * float(row[name]):.1f}" for name in ("share_reference", "share")),
            *(f"{100 * float(row[name]):+.1f}" for name in ("difference", "low", "high")),
            number(float(row["gain"])),
            row["verdict"],
        )
        for row in table.to_dict("records")
    )
    headings = (
        "scenario",
        column,
        "reference, of 100",
        "here",
        "difference",
        "low",
        "high",
        "gain",
        "verdict",
    )
    return Table(headings=headings, rows=rows, numbers=(2, 3, 4, 5, 6, 7)), note


def _outcomes(subject: ComparisonSubject) -> tuple[Table, str]:
    table = subject.comparison.outcomes
    kept = table[table["verdict"] != IDENTICAL]
    columns = ("mean_reference", "mean")
    rows = tuple(
        (
            subject.labels[row["scenario"]],
            sentence(describe(row["outcome"], subject.actor_names).label),
            *(number(float(row[name])) for name in columns),
            *(signed(float(row[name])) for name in ("difference", "low", "high")),
            f"{100 * float(row['superiority']):.0f}",
            number(float(row["gain"])),
            row["verdict"],
        )
        for row in kept.to_dict("records")
    )
    headings = (
        "scenario", "outcome", "reference, mean", "here", "difference", "low", "high", "more in … of 100 pairs",
        "gain", "verdict",
    )  # fmt: skip
    note = f"{len(table) - len(kept):,} contrasts that are identical in every history are left out."
    return Table(headings=headings, rows=rows, numbers=(2, 3, 4, 5, 6, 7, 8)), note if len(kept) < len(
        table
    ) else ""


def _places(subject: ComparisonSubject) -> tuple[Table, str]:
    table = subject.comparison.falls
    differing = table[table["verdict"] != IDENTICAL]
    heavy = differing.assign(weight=differing["place"].astype(str).map(dict(subject.weights)).fillna(0.0))
    kept = (
        heavy.sort_values("weight", ascending=False, kind="stable")
        .groupby("scenario", sort=False)
        .head(MOST_PLACES)
    )
    kept = kept.sort_values("scenario", key=lambda names: names.map(subject.others.index), kind="stable")
    left = len(table) - len(kept)
    note = (
        f"The weightiest places; {left:,} more contrasts, {len(table) - len(differing):,} of them identical in every "
        "history, are in falls.parquet beside this page."
    )
    return _shares(subject, kept, "place", {}, note if left else "")
