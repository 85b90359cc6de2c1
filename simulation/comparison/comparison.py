"""What a comparison of scenarios found: paired tables, what differs, and the findings that are put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from simulation.comparison.changes import Change, change_table
from simulation.comparison.finding import Finding
from simulation.comparison.sentences import answer_paragraphs, scenario_sentences
from simulation.comparison.vocabulary import Vocabulary
from simulation.outcomes.labels import describe
from simulation.results.folder import Results
from simulation.scenario.lesson import Lesson
from simulation.wording.plain import plain_rows

TABLES = ("endings", "outcomes", "falls", "moves", "changes")


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Scenarios under the same cases and the same luck, compared with the first one, the reference.

    `names` are short unique labels, `titles` and `questions` the scenarios' own; the reference comes first.
    `replicates` counts the histories that finished in every scenario: only those are compared, pair by pair.
    `days` is the length of the runs and `runs` reads their folders, in the order of `names`.

    The tables have one row per scenario other than the reference and per ending, outcome or place:
    `endings`: scenario, ending, share_reference, share, difference, low, high, gain, verdict.
    `outcomes`: scenario, outcome, mean_reference, mean, difference, low, high, superiority, superiority_low,
    superiority_high, gain, verdict; superiority is P(more) + P(equal) / 2 within a pair of histories.
    `falls`: scenario, place, share_reference, share, difference, low, high, gain, verdict; by the end.
    `moves`: scenario, from_ending, to_ending, replicates; cells without a history are left out.
    `changes`: scenario, path, kind (measure, input, claim, setting), reference, value, source; the last three in
    words, "" where there is none.

    Differences are scenario minus reference, `low` and `high` their plain 95 % interval, and `gain` what
    pairing saved: (Var A + Var B) / Var(A - B), inf when the pairs do not differ but the histories do, NaN
    when nothing varies. `verdict` is "higher", "lower", "not distinguishable" or "identical" (every pair
    equal to the last digit).

    `answer_findings` say which scenario matters most for how it ends and for civilians, and how sure that is.
    `ranking` names the scenarios other than the reference, the one that differs most clearly first;
    `scenario_findings[k]` are of `ranking[k]`. `pairing` is what pairing saved. `differing` has the changes of
    each scenario by name. `meanings` gives each ending's meaning, `clauses` the same within a sentence, `actors`
    each actor's name; `lessons` has one for each scenario (None where it has none) or is empty. `left_out` are the
    `names` of those scenarios that are named for a measure they leave out.
    """

    names: tuple[str, ...]
    titles: tuple[str, ...]
    questions: tuple[str, ...]
    replicates: int
    seed: int
    days: float
    runs: tuple[Results, ...]
    endings: pd.DataFrame
    outcomes: pd.DataFrame
    falls: pd.DataFrame
    moves: pd.DataFrame
    differing: Mapping[str, tuple[Change, ...]]
    ranking: tuple[str, ...]
    answer_findings: tuple[Finding, ...]
    scenario_findings: tuple[tuple[Finding, ...], ...]
    pairing: Finding | None
    meanings: Mapping[str, str] = field(default_factory=dict)
    clauses: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    lessons: tuple[Lesson | None, ...] = ()
    left_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse labels that are not unique, and titles, questions or runs that are not one for each."""
        if len(set(self.names)) != len(self.names) or len(self.names) < 2:
            raise ValueError(f"a comparison needs two or more different names, not {self.names!r}")
        for name in ("titles", "questions", "runs"):
            if len(getattr(self, name)) != len(self.names):
                raise ValueError(f"{name} must be one for each scenario")

    @property
    def changes(self) -> pd.DataFrame:
        """The table of what differs, in words."""
        return change_table(self.differing)

    @property
    def vocabulary(self) -> Vocabulary:
        """What sentences call things where scenarios have their own names."""
        return Vocabulary(
            reference=self.names[0], clauses=self.clauses, actors=self.actors, left_out=self.left_out
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
            for name, findings in zip(self.ranking, self.scenario_findings, strict=True)
        )

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name, as they are stored."""
        return {name: getattr(self, name) for name in TABLES}

    def document(self) -> dict[str, Any]:
        """Return what `--json` prints: plain data in which a number that is not finite is None."""
        told = (
            "names", "titles", "questions", "replicates", "seed", "days", "answer", "ranking", "sentences",
        )  # fmt: skip
        runs = [{"folder": str(run.folder), "manifest": run.manifest.document()} for run in self.runs]
        tables = {name: plain_rows(table) for name, table in self.tables.items()}
        for row in tables["outcomes"]:
            meaning = describe(row["outcome"], self.actors)
            row |= {"label": meaning.label, "unit": meaning.unit}
        head = {name: getattr(self, name) for name in told} | {"findings": self._findings_document()}
        return head | tables | {"runs": runs}

    def _findings_document(self) -> dict[str, Any]:
        """Return the findings behind `answer`, behind each of `sentences`, and what pairing saved."""
        return {
            "answer": [each.document() for each in self.answer_findings],
            "sentences": [[each.document() for each in findings] for findings in self.scenario_findings],
            "pairing": self.pairing.document() if self.pairing else None,
        }
