"""What there is to do in a lesson: the command that its prediction is about, and the trials by their numbers."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

from simulation.errors import InputError
from simulation.scenario.lesson import CODE, Lesson

PROGRAM, GIVEN = "simulate", "my.yaml"
"""What is typed first, and what lessons call the scenario file that a trial tells to write."""
_COMMANDS = re.compile(rf"(?::| by| with)?\s*(?:(?:,| and| or|, then|; then)*\s*`{PROGRAM} [^`]+`)+")
_FILE = re.compile(r":? in a file with `extends: [^`]+` write `[^`]+`")
_STOPS = re.compile(r"([.?!])[.:,]")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z`])")

type Command = tuple[str, ...]
"""The words after `simulate`."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One item of `try`: its number from 1, its text, the commands in it, and the lines of a scenario file in it."""

    number: int
    text: str
    commands: tuple[Command, ...]
    file: str

    @property
    def steps(self) -> tuple[Command, ...]:
        """The commands to run: those in the text, and before them a comparison of a file that none of them names."""
        if not self.file or any(GIVEN in command for command in self.commands):
            return self.commands
        base = self.file.partition("\n")[0].partition(":")[2].strip()
        return (("compare", base, GIVEN), *self.commands)

    @property
    def told(self) -> str:
        """The text without what the program does by itself, for a sheet on which the trial has a short name."""
        told = _COMMANDS.sub("", _FILE.sub(" (the file is written for you)", " ".join(self.text.split())))
        return _STOPS.sub(r"\1", " ".join(told.split()))


def trials(lesson: Lesson) -> tuple[Trial, ...]:
    """Return the trials of a lesson in their order."""
    return tuple(_trial(number, text) for number, text in enumerate(lesson.attempts, 1))


def trial(lesson: Lesson, number: int) -> Trial:
    """Return the trial of a number; InputError that says which there are."""
    every = trials(lesson)
    if not 1 <= number <= len(every):
        raise InputError(f"there is no trial {number}: the lesson has 1 to {len(every)}")
    return every[number - 1]


def own_command(lesson: Lesson) -> Command:
    """Return the command that the class runs after it has predicted: the last one in `predict`; () without one."""
    return (commands_in(lesson.predict) or ((),))[-1]


def question_of(lesson: Lesson) -> str:
    """Return what to predict, without the sentence that gives the command."""
    sentences = _SENTENCE.split(" ".join(lesson.predict.split()))
    return " ".join(each for each in sentences if not commands_in(each)) or lesson.predict


def commands_in(text: str) -> tuple[Command, ...]:
    """Return the commands that stand in a text between backticks."""
    found = (shlex.split(" ".join(code.split())) for code in CODE.findall(text) if _is_command(code))
    return tuple(tuple(words[1:]) for words in found)


def _trial(number: int, text: str) -> Trial:
    lines = [" ".join(code.split()) for code in CODE.findall(text) if not _is_command(code)]
    file = "\n".join(lines) if lines and lines[0].startswith("extends:") else ""
    return Trial(number=number, text=text, commands=commands_in(text), file=file)


def _is_command(code: str) -> bool:
    return code.strip().startswith(f"{PROGRAM} ")
