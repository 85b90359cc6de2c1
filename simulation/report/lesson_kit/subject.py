"""What the sheets of a lesson show: its text, the endings that can be guessed, and what came of its command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulation.comparison.comparison import Comparison
from simulation.outcomes.variables import CIVILIAN_OUTCOMES
from simulation.report.lesson_kit.run_facts import RunFacts
from simulation.report.page_data import EndingText, ending_texts, map_grid
from simulation.results.folder import Results
from simulation.scenario import Scenario
from simulation.scenario.lesson import Lesson
from simulation.scenario.lesson_steps import PROGRAM, Command
from simulation.statistics.intervals import Share, Spread, ending_shares, spread, weights_of
from simulation.world.world import World

CIVILIANS = dict(
    zip(CIVILIAN_OUTCOMES, ("civilians killed", "people in flight at the worst moment"), strict=True)
)
"""What is guessed besides endings, as pupils are asked for it."""


@dataclass(frozen=True, kw_only=True)
class LessonSubject:
    """A lesson and its runs: one, or without and with a circumstance. `sentences` say what came of it.

    `name` is that of the scenario. `facts` are what answers take their numbers from; `runs` are labelled as columns of
    a table.
    """

    name: str
    title: str
    question: str
    lesson: Lesson
    command: Command
    endings: tuple[EndingText, ...]
    runs: tuple[tuple[str, Results], ...]
    sentences: tuple[str, ...]
    has_people: bool
    facts: RunFacts

    @property
    def typed(self) -> str:
        """The command as it is typed."""
        return " ".join((PROGRAM, *self.command))

    @property
    def columns(self) -> tuple[str, ...]:
        """What the runs are called side by side."""
        return tuple(label for label, _ in self.runs)

    @property
    def people(self) -> tuple[str, ...]:
        """The outcomes of civilians that are guessed; none in a world without people."""
        return CIVILIAN_OUTCOMES if self.has_people else ()

    def shares(self) -> tuple[dict[str, Share], ...]:
        """Return the share of every ending in each run."""
        names = [each.id for each in self.endings]
        return tuple(ending_shares(self.facts.rows(results, "ending"), names) for _, results in self.runs)

    def spreads(self, outcome: str) -> tuple[Spread, ...]:
        """Return how far an outcome spreads in each run."""
        found = (self.facts.rows(results, outcome) for _, results in self.runs)
        return tuple(spread(rows[outcome].to_numpy(), weights_of(rows)) for rows in found)


def lesson_subject(
    name: str,
    scenario: Scenario,
    world: World,
    command: Command,
    runs: Sequence[tuple[str, Results]],
    sentences: Sequence[str],
    comparison: Comparison | None = None,
) -> LessonSubject:
    """Return what the sheets show of a scenario's lesson, played in a world; ValueError where it has none."""
    if scenario.lesson is None:
        raise ValueError(f"{name} has no lesson")
    return LessonSubject(
        name=name,
        title=scenario.title,
        question=scenario.question,
        lesson=scenario.lesson,
        command=command,
        endings=ending_texts(world),
        runs=tuple(runs),
        sentences=tuple(sentences),
        has_people=map_grid(world) is not None,
        facts=RunFacts(world=world, runs=tuple(runs), comparison=comparison),
    )
