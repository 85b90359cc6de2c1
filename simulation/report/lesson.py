"""The lesson of a scenario on a page: folds, so that a class can answer before it reads on."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from simulation.scenario.lesson import CODE, Lesson


def prediction(lesson: Lesson | None) -> str:
    """Return what to write down before reading the result, folded; nothing without a lesson."""
    if lesson is None:
        return ""
    return f'<div class="predict">{_fold("Predict before you read on", _paragraph(lesson.predict))}</div>'


def afterwards(lesson: Lesson | None) -> str:
    """Return what to notice, to try and to take home, each folded; nothing without a lesson."""
    if lesson is None:
        return ""
    folds = (
        _fold("What to notice in the result", _list(lesson.notice)),
        _fold("What to try next", _list(lesson.attempts)),
        _fold("What to take home", _paragraph(lesson.debrief)),
    )
    return f'<div class="lesson"><h3>For a class</h3>{"".join(folds)}</div>'


def whole(lesson: Lesson | None) -> str:
    """Return all four parts under one fold; nothing without a lesson."""
    if lesson is None:
        return ""
    parts = (
        ("Predict before you run", _paragraph(lesson.predict)),
        ("Notice", _list(lesson.notice)),
        ("Try", _list(lesson.attempts)),
        ("Take home", _paragraph(lesson.debrief)),
    )
    return _fold("Lesson", "".join(f"<h4>{name}</h4>{body}" for name, body in parts))


def code_html(text: str) -> str:
    """Return a text as HTML in which what stands between backticks is code."""
    return CODE.sub(r"<code>\1</code>", escape(text.strip()))


def _fold(summary: str, body: str) -> str:
    return f"<details><summary>{summary}</summary>{body}</details>"


def _paragraph(text: str) -> str:
    return f"<p>{code_html(text)}</p>"


def _list(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{code_html(text)}</li>' for text in texts)}</ul>"
