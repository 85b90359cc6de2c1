"""What a comparison of scenarios found: paired tables, what differs, and the sentences that say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

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

    `answer` has a line each for how it ends and for civilians: which scenario matters most and how sure
    that is. `ranking` names the scenarios other than the reference, the one that differs most clearly
    first, and `sentences[k]` tells of `ranking[k]`, beginning with its name and a colon. `meanings` gives
    each ending's meaning, `actors` each actor's name;
    `lessons` has one for each scenario (None where it has none) or is empty.
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
    changes: pd.DataFrame
    answer: str
    ranking: tuple[str, ...]
    sentences: tuple[str, ...]
    meanings: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    lessons: tuple[Lesson | None, ...] = ()

    def __post_init__(self) -> None:
        """Refuse labels that are not unique, and titles, questions or runs that are not one for each."""
        if len(set(self.names)) != len(self.names) or len(self.names) < 2:
            raise ValueError(f"a comparison needs two or more different names, not {self.names!r}")
        for name in ("titles", "questions", "runs"):
            if len(getattr(self, name)) != len(self.names):
                raise ValueError(f"{name} must be one for each scenario")

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name, as they are stored."""
        return {name: getattr(self, name) for name in TABLES}

    def document(self) -> dict[str, Any]:
        """Return what `--json` prints: plain data in which a number that is not finite is None."""
        told = (
            "names",
            "titles",
            "questions",
            "replicates",
            "seed",
            "days",
            "answer",
            "ranking",
            "sentences",
        )
        runs = [{"folder": str(run.folder), "manifest": run.manifest.document()} for run in self.runs]
        tables = {name: plain_rows(table) for name, table in self.tables.items()}
        for row in tables["outcomes"]:
            meaning = describe(row["outcome"], self.actors)
            row |= {"label": meaning.label, "unit": meaning.unit}
        return {name: getattr(self, name) for name in told} | tables | {"runs": runs}
