"""What pupils write on: guesses before anything is run, then what they notice, try and take home."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from simulation.report.lesson import code_html
from simulation.report.lesson_kit.sheet import heading, lines, sheet, table
from simulation.report.lesson_kit.subject import CIVILIANS, LessonSubject
from simulation.scenario.lesson_steps import question_of, trials

WORDS = (
    ("history", "One way the war could go in this model, from the first day to the last."),
    ("of 100 histories", "How often something happens in the model. It is no chance in the real world."),
    ("ending", "How a history ends. Each history has one ending."),
    ("input", "A number that nobody knows exactly. Each history draws its own."),
    ("range", "Nine of ten histories lie between its two ends."),
    ("measure", "Something that a scenario changes on a day, such as a truce."),
    ("cannot be told apart", "The two look too much alike. More histories might show a difference."),
)
"""Words of the report in short sentences; docs/glossary.md has the field's own."""


def worksheet(subject: LessonSubject) -> str:
    """Return the pupils' sheets as HTML."""
    return sheet(
        title=subject.title,
        kicker="Worksheet",
        first="".join(_first(subject)),
        second="".join(_second(subject)),
    )


def _first(subject: LessonSubject) -> Iterator[str]:
    yield '<div class="name"><span>Name</span><span>Date</span></div>'
    yield f'<p class="question">{escape(subject.question)}</p>'
    yield f"{heading('1. Predict')}<p>{code_html(question_of(subject.lesson))}</p>"
    yield "<p>Write before anybody runs anything. A guess is never wrong here.</p>"
    yield table(*_guesses(subject))
    yield f"<p>Why do you think so?</p>{lines(2)}"
    yield f"<p>What would you need to know to be surer?</p>{lines(2)}"


def _guesses(subject: LessonSubject) -> tuple[list[str], Iterator[list[str]]]:
    """Return headings and rows to guess in: lowest, best and highest of one run, or one number for each run."""
    alone = len(subject.runs) == 1
    asked = ["lowest", "my guess", "highest"] if alone else list(subject.columns)
    rows = [f"<strong>{escape(each.label)}</strong> {escape(each.meaning)}" for each in subject.endings]
    rows += [escape(CIVILIANS[name]).capitalize() for name in subject.people]
    blank = [""] * len(asked)
    return ["Of 100 histories, how many end like this?", *asked], ([row, *blank] for row in rows)


def _second(subject: LessonSubject) -> Iterator[str]:
    yield heading("2. Notice")
    yield "<p>Now open the report. Choose two and write what you see.</p><ol>"
    yield from (f"<li>{code_html(each)}</li>" for each in subject.lesson.notice)
    yield f"</ol>{lines(3)}{heading('3. Try')}<p>Choose one. Guess first, then run it.</p>"
    rows = ([_short(subject, each.number), code_html(each.told), "", ""] for each in trials(subject.lesson))
    yield table(["Type", "What it does", "I expect", "It came out"], rows)
    yield f"{heading('4. Take home')}<p>One sentence that I would defend:</p>{lines(1)}"
    yield f"<p>One question that stays open:</p>{lines(1)}{heading('Words')}<dl>"
    yield from (f"<dt>{escape(word)}</dt><dd>{escape(meaning)}</dd>" for word, meaning in WORDS)
    yield "</dl>"


def _short(subject: LessonSubject, number: int) -> str:
    return f"<code>simulate try {escape(subject.name)} {number}</code>"
