"""What a class does with a scenario: predict, run, notice, try, and take something home."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Any, Self

from pydantic import BaseModel, Field, model_validator

from simulation.scenario.dated_change import STRICT
from simulation.scenario.lesson_plan import USUAL, LessonPlan, Step, Text, Texts
from simulation.wording.phrases import counted

WIDTH = 88
"""Characters in a line of a terminal; a command is never broken, so that it can be copied."""
CODE = re.compile(r"`([^`]+)`")
_UNBROKEN = "\N{NO-BREAK SPACE}"


class InClass(BaseModel):
    """What a class guesses, and between which scenarios it chooses, when it plays a lesson together."""

    model_config = STRICT

    ask: Texts = Field(
        description="what to guess, as ending.NAME, place.NAME (in how many of 100 histories) or outcome.NAME"
    )
    choose: tuple[Text, ...] = Field(
        default=(),
        description="scenarios that can be chosen beside the lesson's own, each a file or bundled name",
    )
    play: Text | None = Field(
        default=None,
        description="what the class plays in place of the lesson's own scenario, such as the war before any report",
    )


class Lesson(BaseModel):
    """The four parts of a lesson; `attempts` is written `try`. Code in a text stands between backticks."""

    model_config = STRICT

    predict: Text = Field(description="what to write down before running")
    notice: Texts = Field(description="things to notice in the report")
    attempts: Texts = Field(alias="try", description="changes to make or commands to run next")
    debrief: Text = Field(description="what the class should take home")
    classroom: InClass | None = Field(default=None, description="how simulate classroom plays it")
    plan: LessonPlan | None = Field(default=None, description="the 45 minutes of a class, and its answers")

    @model_validator(mode="after")
    def _all_answered(self) -> Self:
        if self.plan is not None:
            key = self.plan.answers
            for name, answers, items in (
                ("notice", key.notice, self.notice),
                ("try", key.attempts, self.attempts),
            ):
                if len(answers) != len(items):
                    there, asked = counted(len(answers), "answer"), counted(len(items), "item")
                    raise ValueError(f"plan.answers.{name} has {there} for {asked}")
        return self

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of its own plan, or those that all lessons share."""
        return USUAL if self.plan is None else self.plan.steps

    def data(self) -> dict[str, Any]:
        """Return the lesson as it would be written in a scenario."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    def told(self) -> dict[str, Any]:
        """Return the four parts, by which a scenario is known: how a class goes about them decides no history."""
        return {name: part for name, part in self.data().items() if name not in ("classroom", "plan")}

    def text(self) -> str:
        """Return the lesson for reading on a terminal."""
        lines = [
            *_told("Predict before you run", (self.predict,), mark=""),
            *_told("Notice", self.notice),
            *_told("Try", self.attempts),
            *_told("Take home", (self.debrief,), mark=""),
        ]
        return "\n".join(lines)


def _told(heading: str, texts: tuple[str, ...], *, mark: str = "- ") -> Iterator[str]:
    yield f"{heading}:"
    for each in texts:
        whole = CODE.sub(lambda found: found[0].replace(" ", _UNBROKEN), each.strip())
        lines = textwrap.fill(
            whole,
            WIDTH,
            initial_indent=f"  {mark}",
            subsequent_indent="  " + " " * len(mark),
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield lines.replace(_UNBROKEN, " ")
