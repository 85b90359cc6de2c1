"""What the teacher has: a plan by minutes, the answers of this run, and what to do when something fails."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from simulation.report.lesson import code_html
from simulation.report.lesson_kit.sheet import heading, sheet, table
from simulation.report.lesson_kit.subject import CIVILIANS, LessonSubject
from simulation.scenario.lesson_steps import PROGRAM, trials
from simulation.statistics.intervals import Share, Spread
from simulation.wording.phrases import number, of_hundred

PLAN = (
    ("0-5", "The source", "Read the question, and two sentences of the document. Who says it? Who has confirmed it?"),
    ("5-12", "Predict", "Everybody writes alone on sheet 1. Collect the numbers on the board; mark the ends."),
    ("12-15", "Show", "Open the covered report. Ask whose range will hold. Then uncover it."),
    ("15-28", "Notice", "In twos, two items of sheet 2. Each pair tells the others what it sees."),
    ("28-37", "Try", "The class chooses one trial and guesses first. Then run it."),
    ("37-45", "Take home", "Ask what they would tell somebody who must decide. Then read the idea above, and argue."),
)  # fmt: skip
FAILS = (
    "No network is needed: the pages in this folder and the program load nothing.",
    "No projector, or a computer fails: this sheet has the answers. Print the report before, covered and whole.",
    "A run takes too long: add `--replicates 200`. Large effects still show.",
    "Time is short: leave out the trial, never the prediction.",
)
RANGES = (
    "The range of a count says how far it could be off for want of histories. The range of people holds nine of ten "
    "histories."
)
EXPECT = (
    (
        "So it is 60 per cent likely.",
        "It is 60 of 100 histories of this model. What would have to be true for more?",
    ),
    (
        "But we know how it ended.",
        "One history happened. In how many of the model's does something like it happen?",
    ),
    (
        "Run it longer until it is sure.",
        "That narrows the error of the count. It does not make the model better.",
    ),
)


def teachers_page(subject: LessonSubject) -> str:
    """Return the teacher's sheets as HTML."""
    return sheet(
        title=subject.title,
        kicker="Teacher's page",
        first="".join(_first(subject)),
        second="".join(_second(subject)),
    )


def _first(subject: LessonSubject) -> Iterator[str]:
    yield f'<p class="question">{escape(subject.question)}</p>'
    yield f"<p>What it teaches: {code_html(subject.lesson.debrief)}</p>"
    yield heading("45 minutes")
    yield table(["Minutes", "Part", "What to do"], (tuple(map(escape, row)) for row in PLAN))
    yield f"{heading('When something fails')}<ul>"
    yield from (f"<li>{code_html(each)}</li>" for each in FAILS)
    yield f"</ul>{heading('What pupils say')}<ul>"
    yield from (f"<li><em>{escape(said)}</em> {escape(answer)}</li>" for said, answer in EXPECT)
    yield "</ul>"


def _second(subject: LessonSubject) -> Iterator[str]:
    yield f"{heading('Answers')}<p>From <code>{escape(subject.typed)}</code>: "
    yield f"{escape(' '.join(subject.sentences))}</p>"
    yield table(*_key(subject))
    yield f"<p>{RANGES}</p>{heading('Notice')}<ol>"
    yield from (f"<li>{code_html(each)}</li>" for each in subject.lesson.notice)
    yield f"</ol>{heading('Try')}<ol>"
    yield from (f"<li>{code_html(each.text)}</li>" for each in trials(subject.lesson))
    yield f"</ol><p><code>{PROGRAM} try {escape(subject.name)} 1</code> runs the first of them, and so on.</p>"


def _key(subject: LessonSubject) -> tuple[list[str], Iterator[list[str]]]:
    shares = subject.shares()
    rows = [
        [escape(each.label), *(_share(run[each.id]) for run in shares)]
        for each in subject.endings
    ]  # fmt: skip
    rows += [
        [escape(CIVILIANS[name]).capitalize(), *map(_spread, subject.spreads(name))]
        for name in subject.people
    ]
    return ["", *subject.columns], iter(rows)


def _share(share: Share) -> str:
    return f"{of_hundred(share)} ({100 * share.low:.0f} to {100 * share.high:.0f})"


def _spread(spread: Spread) -> str:
    low, _, middle, _, high = map(number, spread.quantiles)
    return f"{middle} ({low} to {high})"
