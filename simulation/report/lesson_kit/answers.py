"""The answers of a lesson's plan, with the numbers that they name read from the run itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulation.errors import InputError
from simulation.io.pydantic_messages import suggestion
from simulation.outcomes.targets import allowed_names
from simulation.report.lesson_kit.run_facts import RunFacts
from simulation.report.lesson_kit.run_numbers import NUMBERS, OF_COMPARISONS, OF_REPORTS, OF_RUNS
from simulation.scenario.lesson_plan import NUMBER, LessonPlan, numbers_in
from simulation.world.world import World


def filled(answer: str, facts: RunFacts) -> str:
    """Return an answer in which each name in braces is replaced by that number of the run."""

    def told(name: str) -> str:
        kind, _, of = name.partition(".")
        return NUMBERS[kind](facts, of)

    return NUMBER.sub(lambda found: told(found[1]), answer)


def check_numbers(plan: LessonPlan, world: World, *, compares: bool, updated: bool) -> None:
    """Refuse answers that name what a world, or this kind of run, does not have: InputError with the nearest."""
    known = allowed_names(world)
    for part, answers in (("notice", plan.answers.notice), ("try", plan.answers.attempts)):
        for name in (name for text in answers for name in numbers_in(text)):
            if why := _wrong(name, known, compares=compares, updated=updated):
                path = f"lesson.plan.answers.{part}"
                raise InputError(f"{{{name}}}: {why}", file=world.scenario.file, path=path)


def _wrong(name: str, known: Mapping[str, Sequence[str]], *, compares: bool, updated: bool) -> str:
    """Return what is wrong with a number, "" where nothing is."""
    kind, _, of = name.partition(".")
    if kind in (OF_RUNS if compares else OF_COMPARISONS):
        return (
            f"the lesson's command is {'a comparison' if compares else 'one run'}, which has no such number"
        )
    if compares and updated and kind in known:
        return f"histories compared given reports have weights; name change.{kind}.NAME"
    if kind in OF_REPORTS and not updated:
        return "the lesson's run is not updated on reports"
    if kind in ("before", "change"):
        kind, _, of = of.partition(".")
        if kind not in known:
            return f"no kind {kind!r}{suggestion(kind, known)}"
    names = known.get("outcome" if kind == "strongest" else kind, ())
    return f"there is no {of!r}{suggestion(of, names)}" if of and of not in names else ""
