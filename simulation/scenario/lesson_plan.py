"""How a lesson goes: steps by minutes, good answers, what pupils say, and what to do when something fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, Field, model_validator

from simulation.io.pydantic_messages import suggestion
from simulation.scenario.dated_change import STRICT
from simulation.scenario.lesson_stage import Stage

MINUTES = 45
"""How long a lesson is, as most schools have it [minutes]."""
NAMED = ("ending", "place", "outcome", "before", "change", "strongest")
"""Numbers of a run that name something, such as place.Goma; `before` is followed by one of the first two."""
ALONE = ("endings", "learnt", "moved", "report", "worth", "clear")
"""Numbers of a run that name nothing."""
NUMBER = re.compile(r"\{([^{}]*)\}")
"""Where a number of the run stands in an answer: its name in braces."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def _numbers_known(text: str) -> str:
    for name in numbers_in(text):
        kind, dot, of = name.partition(".")
        if not (kind in NAMED and of) and (dot or kind not in ALONE):
            known = [*ALONE, *(f"{each}.NAME" for each in NAMED)]
            raise ValueError(f"no number {{{name}}} of a run{suggestion(name, known)}")
    return text


Text = Annotated[str, AfterValidator(_not_blank), Field(json_schema_extra={"minLength": 1})]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
Answer = Annotated[Text, AfterValidator(_numbers_known)]
Answers = Annotated[tuple[Answer, ...], Field(min_length=1)]


class Step(BaseModel):
    """Some minutes of a lesson; `stage` is the one of `simulate classroom` that is opened with it, if any."""

    model_config = STRICT

    minutes: int = Field(ge=1, le=MINUTES, description="how long it takes [minutes]")
    stage: Stage | None = Field(
        default=None, strict=False, description="the stage of simulate classroom that is opened with it"
    )
    part: Text = Field(description="what it is called, in a few words")
    do: Text = Field(description="what the teacher does")


class Key(BaseModel):
    """What a good answer says to each item of `notice` and of `try`; `attempts` is written `try`."""

    model_config = STRICT

    notice: Answers = Field(
        description="one for each item of notice; {place.NAME} stands for a number of the run"
    )
    attempts: Answers = Field(alias="try", description="one for each item of try")


class Saying(BaseModel):
    """What pupils often say, and what to say to it."""

    model_config = STRICT

    pupil: Text = Field(description="what a pupil says")
    answer: Text = Field(description="what the teacher may say")


class LessonPlan(BaseModel):
    """A lesson of 45 minutes, planned: `number` is its place in the series, `about` what it teaches, in a line."""

    model_config = STRICT

    number: int = Field(ge=1, description="its place among the planned lessons")
    about: Text = Field(description="what it teaches, in one line")
    material: Texts = Field(description="what to have in the room")
    steps: Annotated[tuple[Step, ...], Field(min_length=2)] = Field(
        description=f"what is done, in order; the minutes add up to {MINUTES}"
    )
    answers: Key = Field(description="what a good answer says")
    sayings: Annotated[tuple[Saying, ...], Field(min_length=1)] = Field(description="what pupils say")
    fails: Texts = Field(description="what to do when the network, the laptop or the phones fail")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        taken = sum(step.minutes for step in self.steps)
        if taken != MINUTES:
            raise ValueError(f"the minutes of the steps add up to {taken}, not {MINUTES}")
        stages = [step.stage for step in self.steps if step.stage is not None]
        for before, after in pairwise(stages):
            if after.place <= before.place:
                order = ", ".join(Stage)
                raise ValueError(f"the stage {after} cannot come after {before}; the order is {order}")
        return self


USUAL = (
    Step(minutes=5, stage=Stage.JOIN, part="The source",
         do="Read the question, and two sentences of the document. Who says it? Who has confirmed it?"),
    Step(minutes=7, stage=Stage.PREDICT, part="Predict",
         do="Everybody writes alone on sheet 1. Collect the numbers on the board; mark the ends."),
    Step(minutes=3, stage=Stage.PLAY, part="Show",
         do="Open the covered report. Ask whose range will hold. Then uncover it."),
    Step(minutes=13, stage=Stage.NOTICE, part="Notice",
         do="In twos, two items of sheet 2. Each pair tells the others what it sees."),
    Step(minutes=9, stage=Stage.COMPARE, part="Try", do="The class chooses one trial and guesses first. Then run it."),
    Step(minutes=8, stage=Stage.HOME, part="Take home",
         do="Ask what they would tell somebody who must decide. Then read the idea above, and argue."),
)  # fmt: skip
"""The steps of a lesson that has no plan of its own."""


def minutes_of(steps: tuple[Step, ...]) -> Iterator[tuple[int, int, Step]]:
    """Yield each step with the minutes at which it begins and ends."""
    begins = 0
    for step in steps:
        yield begins, begins + step.minutes, step
        begins += step.minutes


def numbers_in(text: str) -> list[str]:
    """Return the names of the numbers of a run that stand in an answer."""
    return NUMBER.findall(text)
