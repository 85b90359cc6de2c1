"""What a comparison of scenarios found: paired tables, what differs, and the findings that are put into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from simulation.comparison.change import Change
from simulation.comparison.changes import change_table
from simulation.comparison.condition import Condition
from simulation.comparison.finding import Finding
from simulation.comparison.question_words import question_sentences
from simulation.comparison.sentences import answer_paragraphs, scenario_sentences
from simulation.comparison.vocabulary import Vocabulary
from simulation.outcomes.labels import describe
from simulation.results.folder import Results
from simulation.scenario.lesson import Lesson
from simulation.wording.notebook import one_line
from simulation.wording.plain import plain_rows

TABLES = ("endings", "outcomes", "falls", "moves", "changes")


@dataclass(frozen=True, kw_only=True)
class ComparedScenario:
    """One scenario of a comparison: a short unique `name`, its own words, and its `run`, read from its folder."""

    name: str
    title: str
    question: str
    lesson: Lesson | None
    run: Results


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Scenarios under the same cases and the same luck, compared with the first one, the reference.

    `scenarios` has the reference first. `replicates` counts the histories that finished in every scenario: only
    those are compared, pair by pair. `days` is the length of the runs.

    The tables have one row per scenario other than the reference and per ending, outcome or place:
    `endings`: scenario, ending, share_reference, share, difference, low, high, gain, verdict.
    `outcomes`: scenario, outcome, mean_reference, mean, difference, low, high, superiority, superiority_low,
    superiority_high, gain, verdict; superiority is P(more) + P(equal) / 2 within a pair of histories.
    `falls`: scenario, place, share_reference, share, difference, low, high, gain, verdict; by the end.
    `moves`: scenario, from_ending, to_ending, replicates; cells without a history are left out.
    `changes`: scenario, path, kind (measure, input, group, claim, setting), reference, value, source; the last three in
    words, "" where there is none.

    Differences are scenario minus reference, `low` and `high` their plain 95 % interval, and `gain` what
    pairing saved: (Var A + Var B) / Var(A - B), inf when the pairs do not differ but the histories do, NaN
    when nothing varies. `verdict` is "higher", "lower", "not distinguishable" or "identical" (every pair
    equal to the last digit).

    `answer_findings` say which scenario matters most for how it ends and for civilians, and how sure that is.
    `scenario_findings` are those of each scenario other than the reference by name, the one that differs most
    clearly first. `pairing` is what pairing saved. `differing` has the changes of each scenario by name. `meanings`
    gives each ending's meaning, `clauses` the same within a sentence, `actors` each actor's name. `left_out` are
    the `names` of those scenarios that are named for a measure they leave out. `condition` is what the histories are
    updated on: then all numbers count pairs by the weights of the reference, and intervals are those of the effective
    sample size; `replicates` of `moves` are whole numbers by weight.
    """

    scenarios: tuple[ComparedScenario, ...]
    replicates: int
    seed: int
    days: float
    endings: pd.DataFrame
    outcomes: pd.DataFrame
    falls: pd.DataFrame
    moves: pd.DataFrame
    differing: Mapping[str, tuple[Change, ...]]
    answer_findings: tuple[Finding, ...]
    scenario_findings: Mapping[str, tuple[Finding, ...]]
    pairing: Finding | None
    meanings: Mapping[str, str] = field(default_factory=dict)
    clauses: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    condition: Condition | None = None

    def __post_init__(self) -> None:
        """Refuse names that are not unique, and a reference without another."""
        if len(set(self.names)) != len(self.names) or len(self.names) < 2:
            raise ValueError(f"a comparison needs two or more different names, not {self.names!r}")

    def __repr__(self) -> str:
        """Return what is compared on one line."""
        return one_line(self, f"of {' and '.join(self.names)}: {self.replicates:,} pairs of histories")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the scenarios, the reference first."""
        return tuple(each.name for each in self.scenarios)

    @property
    def runs(self) -> tuple[Results, ...]:
        """The results of the scenarios, the reference first."""
        return tuple(each.run for each in self.scenarios)

    @property
    def ranking(self) -> tuple[str, ...]:
        """The names of the scenarios other than the reference, the one that differs most clearly first."""
        return tuple(self.scenario_findings)

    def scenario(self, name: str) -> ComparedScenario:
        """Return the scenario of a name."""
        return self.scenarios[self.names.index(name)]

    def moved(self, folders: Iterable[Path]) -> Comparison:
        """Return the comparison with the results of its scenarios in other folders, the reference first."""
        pairs = zip(self.scenarios, folders, strict=True)
        return replace(self, scenarios=tuple(replace(each, run=Results(folder)) for each, folder in pairs))

    @property
    def changes(self) -> pd.DataFrame:
        """The table of what differs, in words."""
        return change_table(self.differing)

    @property
    def vocabulary(self) -> Vocabulary:
        """What sentences call things where scenarios have their own names."""
        return Vocabulary(
            reference=self.names[0],
            clauses=self.clauses,
            actors=self.actors,
            left_out=self.left_out,
            worth=None if self.condition is None else self.condition.evidence.effective,
        )

    @property
    def question(self) -> str:
        """Which question is asked where the histories are updated on reports, and what they are worth; else ""."""
        return (
            "" if self.condition is None else "\n".join(question_sentences(self.condition, self.vocabulary))
        )

    @property
    def answer(self) -> str:
        """The answer in words: a line each for how it ends and for civilians."""
        return "\n".join(each.text for each in answer_paragraphs(self.answer_findings, self.vocabulary))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is found of each scenario of `ranking` in words, after its name and a colon."""
        return tuple(
            f"{name}: {' '.join(each.text for each in scenario_sentences(findings, self.vocabulary))}"
            for name, findings in self.scenario_findings.items()
        )

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name, as they are stored."""
        return {name: getattr(self, name) for name in TABLES}

    def document(self) -> dict[str, Any]:
        """Return what `--json` prints: plain data in which a number that is not finite is None."""
        told = ("replicates", "seed", "days", "answer", "ranking", "sentences")
        words = {
            "names": self.names,
            "titles": tuple(each.title for each in self.scenarios),
            "questions": tuple(each.question for each in self.scenarios),
        }
        runs = [{"folder": str(run.folder), "manifest": run.manifest.document()} for run in self.runs]
        tables = {name: plain_rows(table) for name, table in self.tables.items()}
        for row in tables["outcomes"]:
            meaning = describe(row["outcome"], self.actors)
            row |= {"label": meaning.label, "unit": meaning.unit}
        head = words | {name: getattr(self, name) for name in told} | {"findings": self._findings_document()}
        if self.condition is not None:
            head["updated"] = {"question": self.question} | self.condition.document()
        return head | tables | {"runs": runs}

    def _findings_document(self) -> dict[str, Any]:
        """Return the findings behind `answer`, behind each of `sentences`, and what pairing saved."""
        return {
            "answer": [each.document() for each in self.answer_findings],
            "sentences": [
                [each.document() for each in findings] for findings in self.scenario_findings.values()
            ],
            "pairing": self.pairing.document() if self.pairing else None,
        }
