"""What a study found: tables of shares, ranks and how they settled, and the findings that are put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from simulation.outcomes.labels import spell
from simulation.results.manifest_head import Failure
from simulation.sensitivity_analysis.finding import StudyFinding, Trouble
from simulation.sensitivity_analysis.sentences import StudyVocabulary, study_sentences
from simulation.wording.notebook import one_line
from simulation.wording.phrases import counted, sentence
from simulation.wording.plain import Row, plain_rows, rows_of

SOBOL, MORRIS = "sobol", "morris"
GIVEN = "given"
"""From histories that were updated on reports."""
OTHERS = "all the others"
CHANCE = "chance"


@dataclass(frozen=True, kw_only=True)
class StudiedOutcome:
    """An outcome of a study: its name as asked for, in words, and its unit."""

    name: str
    label: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Study:
    """Which unknown inputs drive each outcome of a scenario, and how much is chance.

    `histories` counts those played, `cases` and `rows` the independent draws behind the indices (in a study
    by `morris` only `rows`, the walks). `inputs` are those asked about, `kept` those with total indices.

    Tables of a study by `sobol`; shares are of the variance of a single history, 0 to 1:
    `chance`: outcome, mean, deviation, share, low, high (what is left when every input is known), alone,
    alone_low, alone_high (what luck does alike whatever the inputs are), trouble ("" or `troubles` in words).
    `first_order`: outcome, input, share, low, high, explainable, explainable_low, explainable_high (of what
    is not chance), reference (what the largest of all inputs exceeds in 5 of 100 sets of nothing), group
    (from 1; 0 where not told from nothing), best_rank, worst_rank.
    `overall`: the same of all outcomes together, each counting the same: input, share, low, high, reference,
    group, best_rank, worst_rank.
    `total`: outcome, input, share, low, high (of the expected result), with_luck, with_luck_low,
    with_luck_high (luck counted as an input), group, best_rank, worst_rank.
    `convergence`: outcome, input (or "chance"), cases, share, low, high.

    Tables of a study by `given`: `first_order` and `overall` without what is said of chance; `effective` is the
    effective sample size of its histories.

    Tables of a study by `morris`: `effects`: outcome, input (or "chance"), mean, mean_low, mean_high, size,
    size_low, size_high, spread, spread_low, spread_high, group, best_rank, worst_rank; in the outcome's unit.

    `troubles` say by name why nothing is said of an outcome of a study by `sobol`; of the others something is.
    `answer_findings` have the most important, and `outcome_findings` those of each outcome, in the order of
    `outcomes`. `labels` and `meanings` say of each input what it is called and what it stands for,
    `notes` which inputs are drawn together and count as one.
    """

    method: str
    scenario: str
    title: str
    question: str
    days: float
    seed: int
    histories: int
    cases: int
    rows: int
    inputs: tuple[str, ...]
    kept: tuple[str, ...]
    outcomes: tuple[StudiedOutcome, ...]
    tables: Mapping[str, pd.DataFrame]
    troubles: Mapping[str, Trouble] = field(default_factory=dict)
    answer_findings: tuple[StudyFinding, ...] = ()
    outcome_findings: tuple[tuple[StudyFinding, ...], ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    effective: float = 0.0

    @property
    def vocabulary(self) -> StudyVocabulary:
        """What sentences call things."""
        return StudyVocabulary(
            outcomes={each.name: each.label for each in self.outcomes},
            units={each.name: each.unit for each in self.outcomes},
            inputs=self.labels,
            troubles=self.troubles,
        )

    @property
    def answer_sentences(self) -> tuple[str, ...]:
        """The most important, in sentences."""
        return study_sentences(self.answer_findings, self.vocabulary)

    def __repr__(self) -> str:
        """Return what was studied on one line."""
        return one_line(self, f"of {self.scenario} by {self.method}: {counted(self.histories, 'history')}")

    @property
    def answer(self) -> str:
        """The same as one text."""
        return " ".join(self.answer_sentences)

    @property
    def outcome_texts(self) -> dict[str, str]:
        """What is found of each outcome in words, by its name, without its label."""
        names = [each.name for each in self.outcomes]
        return {
            name: " ".join(study_sentences(findings, self.vocabulary))
            for name, findings in zip(names, self.outcome_findings, strict=True)
        }

    @property
    def sentences(self) -> tuple[str, ...]:
        """The same, one paragraph for each outcome, after its label and a colon."""
        texts = self.outcome_texts
        return tuple(f"{sentence(each.label)}: {texts[each.name]}" for each in self.outcomes)

    def called(self, name: str) -> str:
        """Return what an entry of a table is called: an input, "chance", or all the others."""
        return self.labels.get(name, spell(name))

    def of(self, table: str, outcome: str) -> pd.DataFrame:
        """Return the rows of a table about an outcome, in their order."""
        rows = self.tables[table]
        return rows[rows["outcome"] == outcome]

    def by_input(self, table: str, outcome: str) -> dict[str, Row]:
        """Return the rows of a table about an outcome by input; none where there is no such table."""
        rows = rows_of(self.of(table, outcome)) if table in self.tables else []
        return {str(row["input"]): row for row in rows}

    def document(self) -> dict[str, Any]:
        """Return what `--json` prints: plain data in which a number that is not finite is None."""
        told = (
            "method", "scenario", "title", "question", "days", "seed", "histories", "cases", "rows", "inputs",
            "kept", "answer", "sentences", "notes", "effective",
        )  # fmt: skip
        outcomes = [vars(each) for each in self.outcomes]
        tables = {name: plain_rows(table) for name, table in self.tables.items() if name not in POINTS}
        findings = {
            "answer": [each.document() for each in self.answer_findings],
            "sentences": [[each.document() for each in several] for several in self.outcome_findings],
        }
        head = {name: getattr(self, name) for name in told} | {"findings": findings}
        return head | {"outcomes": outcomes} | tables


POINTS = ("histories", "draws")
"""Tables of single histories, which are stored and not printed."""


@dataclass
class StudyResult:
    """What conducting a study leaves: its tables, what they say nothing of, what they rest on, what failed."""

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    cases: int = 0
    rows: int = 0
    histories: int = 0
    effective: float = 0.0
    kept: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
