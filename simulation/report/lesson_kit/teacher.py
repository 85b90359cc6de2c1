"""What the teacher has: a plan by minutes, the answers of this run, and what to do when something fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from simulation.report.lesson import code_html
from simulation.report.lesson_kit.answers import filled
from simulation.report.lesson_kit.run_facts import RunFacts
from simulation.report.lesson_kit.run_numbers import share_words, slips, spread_words
from simulation.report.lesson_kit.sheet import heading, sheet, table
from simulation.report.lesson_kit.subject import CIVILIANS, LessonSubject
from simulation.scenario.lesson_plan import MINUTES, Saying, Step, minutes_of
from simulation.scenario.lesson_stage import WORDS
from simulation.scenario.lesson_steps import PROGRAM, trials
from simulation.wording.phrases import NOTHING

WITH_PHONES = (
    "With phones: <code>simulate classroom {} --host 0.0.0.0</code>, and open the stage that stands beside each part. "
    "Without: the sheets and the covered report."
)
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
NUMBERED = "What a good answer says. The questions stand on the worksheet under the same numbers."
SLIPS = "Slips, where there is no computer: whoever draws a number from 1 to 100 has drawn a history that ends so."
EXPECT = (
    Saying(
        pupil="So it is 60 per cent likely.",
        answer="It is 60 of 100 histories of this model. What would have to be true for more?",
    ),
    Saying(
        pupil="But we know how it ended.",
        answer="One history happened. In how many of the model's does something like it happen?",
    ),
    Saying(
        pupil="Run it longer until it is sure.",
        answer="That narrows the error of the count. It does not make the model better.",
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
    lesson, plan = subject.lesson, subject.lesson.plan
    yield f'<p class="question">{escape(subject.question)}</p>'
    yield f"<p>What it teaches: {code_html(lesson.debrief if plan is None else plan.about)}</p>"
    if plan is not None:
        yield f"<p>In the room: {code_html(' '.join(plan.material))}</p>"
    yield f"{heading(f'{MINUTES} minutes')}<p>{WITH_PHONES.format(escape(subject.name))}</p>"
    yield table(["Minutes", "Part", "Stage", "What to do"], map(_step, minutes_of(lesson.steps)))
    yield f"{heading('When something fails')}<ul>"
    yield from (f"<li>{code_html(each)}</li>" for each in (FAILS if plan is None else plan.fails))
    yield f"</ul>{heading('What pupils say')}<ul>"
    sayings = EXPECT if plan is None else plan.sayings
    yield from (f"<li><em>{escape(each.pupil)}</em> {code_html(each.answer)}</li>" for each in sayings)
    yield "</ul>"
    if plan is not None:
        yield f"{heading('Take home')}<p>{code_html(lesson.debrief)}</p>"


def _step(planned: tuple[int, int, Step]) -> list[str]:
    begins, ends, step = planned
    stage = NOTHING if step.stage is None else WORDS[step.stage]
    return [f"{begins} to {ends}", escape(step.part), stage, code_html(step.do)]


def _second(subject: LessonSubject) -> Iterator[str]:
    lesson, plan = subject.lesson, subject.lesson.plan
    yield f"{heading('Answers')}<p>From <code>{escape(subject.typed)}</code>: "
    yield f"{escape(' '.join(subject.sentences))}</p>"
    yield table(*_key(subject))
    yield f"<p>{RANGES}</p><p>{SLIPS} {escape(slips(subject.facts))}</p>{heading('Notice')}"
    attempts = [each.text for each in trials(lesson)]
    if plan is None:
        yield f"{_numbered(lesson.notice)}{heading('Try')}{_numbered(attempts)}"
        yield f"<p><code>{PROGRAM} try {escape(subject.name)} 1</code> runs the first of them, and so on.</p>"
    else:
        yield f"<p>{NUMBERED}</p>{_numbered(plan.answers.notice, subject.facts)}"
        yield f"{heading('Try')}{_numbered(plan.answers.attempts, subject.facts)}"


def _numbered(texts: Sequence[str], facts: RunFacts | None = None) -> str:
    """Return a numbered list; numbers that the texts name are those of the run."""
    told = [text if facts is None else filled(text, facts) for text in texts]
    return f"<ol>{''.join(f'<li>{code_html(text)}</li>' for text in told)}</ol>"


def _key(subject: LessonSubject) -> tuple[list[str], Iterator[list[str]]]:
    shares = subject.shares()
    rows = [
        [escape(each.label), *(share_words(run[each.id]) for run in shares)]
        for each in subject.endings
    ]  # fmt: skip
    rows += [
        [escape(CIVILIANS[name]).capitalize(), *map(spread_words, subject.spreads(name))]
        for name in subject.people
    ]
    return ["", *subject.columns], iter(rows)
