"""What a lesson is about when a class plays it: scenarios to choose between and questions to guess at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.errors import InputError
from simulation.outcomes.collector import ending_names
from simulation.outcomes.labels import describe, spell
from simulation.outcomes.tables import Columns, Words
from simulation.outcomes.targets import KINDS, Target, allowed_names, is_updated, values_of
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.lesson import InClass, Lesson
from simulation.world.world import World, build_world

DEFAULT_OUTCOME = "displaced_peak"
"""What a lesson that says nothing of a class asks beside its first ending."""
HIGHEST_GUESS = 1e9


@dataclass(frozen=True, kw_only=True)
class Question:
    """What everybody guesses before playing: of 100 histories in how many, or how much in a middle history."""

    target: Target
    text: str
    label: str
    """The same in two or three words, for a button."""
    unit: str

    @property
    def highest(self) -> float:
        """The highest guess that is taken."""
        return 100 if self.target.is_share else HIGHEST_GUESS

    def data(self) -> dict[str, object]:
        """Return what a page needs of it."""
        return {
            "id": self.target.label, "text": self.text, "label": self.label, "unit": self.unit,
            "share": self.target.is_share, "highest": self.highest,
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A scenario that can be chosen: an ensemble of its own, whose histories are numbered from 0."""

    scenario: Scenario
    world: World

    @property
    def name(self) -> str:
        """The name of the scenario."""
        return self.scenario.name


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A lesson with all that a class needs of it. The last choice is its own scenario, or what it plays instead."""

    scenario: Scenario
    """The scenario that the lesson belongs to."""
    lesson: Lesson
    choices: tuple[Choice, ...]
    questions: tuple[Question, ...]
    endings: tuple[tuple[str, str], ...]
    """How a history can end, by index: a short name, and what it means."""
    seed: int

    @property
    def identity(self) -> dict[str, object]:
        """What has to be the same for a lesson to go on: seed, questions, and the digest of each scenario."""
        return {
            "seed": self.seed,
            "choices": {each.name: each.scenario.digest for each in self.choices},
            "questions": [each.target.label for each in self.questions],
        }

    def rows(self, choice: int, tables: Mapping[str, Columns]) -> list[list[float | None]]:
        """Return of each history of some tables its ending, by index, and the value for each question (None: none)."""
        if not tables:
            return []
        endings = tables["outcomes"]["ending"]
        assert isinstance(endings, Words)
        world = self.choices[choice].world
        columns = [values_of(each.target, world, tables) for each in self.questions]
        return [
            [int(code), *(_plain(column[k]) for column in columns)] for k, code in enumerate(endings.codes)
        ]


def plan_of(file: str, seed: int) -> Plan:
    """Return the plan of a lesson's scenario; InputError for one without a lesson, or whose `classroom` is wrong."""
    scenario = load_scenario(file)
    if scenario.lesson is None:
        message = "has no lesson; write one (docs/scenario.md), or name another scenario (simulate list)"
        raise InputError(message, file=scenario.file or file)
    in_class = scenario.lesson.classroom
    own = _choice(load_scenario(in_class.play) if in_class is not None and in_class.play else scenario)
    asked = in_class or _default(own.world)
    choices = (*(_choice(load_scenario(name)) for name in asked.choose), own)
    _check(choices, scenario)
    return Plan(
        scenario=scenario,
        lesson=scenario.lesson,
        choices=choices,
        questions=tuple(_question(text, scenario, own.world) for text in asked.ask),
        endings=_endings(own.world),
        seed=seed,
    )


def _choice(scenario: Scenario) -> Choice:
    return Choice(scenario=scenario, world=build_world(scenario))


def _default(world: World) -> InClass:
    names = [f"ending.{ending_names(world)[0]}", f"outcome.{DEFAULT_OUTCOME}"]
    return InClass(ask=tuple(names))


def _check(choices: Sequence[Choice], scenario: Scenario) -> None:
    """Refuse choices that cannot share a histogram: InputError."""

    def wrong(message: str) -> InputError:
        return InputError(message, file=scenario.file, path="lesson.classroom.choose")

    names = [each.name for each in choices]
    if len(set(names)) < len(names):
        raise wrong("names a scenario twice, or the lesson's own, which is there anyway")
    for each in choices:
        if _endings(each.world) != _endings(choices[-1].world):
            raise wrong(f"{each.name} has other endings than {scenario.name}")
        if is_updated(each.scenario):
            raise wrong(
                f"{each.name} is updated on reports, which a class cannot play; name under `play` what it can"
            )


def _question(text: str, scenario: Scenario, world: World) -> Question:
    kind, _, name = text.partition(".")
    if kind not in KINDS or name not in allowed_names(world)[kind]:
        message = (
            f"no {text!r}; write ending.NAME, place.NAME or outcome.NAME, as simulate run --json names them"
        )
        raise InputError(message, file=scenario.file, path="lesson.classroom.ask")
    target = Target(text=text, kind=kind, name=name, width=0.5)
    if kind == "place":
        told = f"In how many of 100 histories does {name} fall?"
        return Question(target=target, text=told, label=f"{name} falls", unit="of 100")
    if kind == "ending":
        meanings = {each.id: each.meaning for each in world.seeds.endings}
        told = f"In how many of 100 histories is this the end: {meanings.get(name, name)}"
        return Question(target=target, text=told, label=_label(name, world), unit="of 100")
    actors = {each.id: each.name for each in world.seeds.actors}
    meaning = describe(name, actors)
    told = f"Of all histories, think of the one in the middle: {meaning.label}?"
    return Question(target=target, text=told, label=meaning.label, unit=meaning.unit)


def _endings(world: World) -> tuple[tuple[str, str], ...]:
    meanings = {each.id: each.meaning for each in world.seeds.endings}
    return tuple(
        (_label(name, world), meanings.get(name, "No other ending holds.")) for name in ending_names(world)
    )


def _label(ending: str, world: World) -> str:
    """Return an ending's id as words, in which places have their capitals."""
    places = {place.lower(): place for place in world.places}
    words = [places.get(word, word) for word in spell(ending).split()]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def _plain(value: float) -> float | None:
    """Return a number as JSON has it: whole where it is, and None where there is none."""
    if not np.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else float(value)
