"""What a study found, as records: the terminal, the page and `--json` put the same ones into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from simulation.wording.plain import plain

SHARE = "share of histories"
"""Unit of an ending or of a place's fall."""


class StudyFindingKind(StrEnum):
    """What a finding says; the comments name the numbers that are no columns of the study's tables."""

    # Of the whole study by variance, in the answer.
    NOTHING_SAID = "nothing_said"  # no outcome varies often enough
    MOST_CHANCE = "most_chance"  # the outcome of which chance makes most
    LEAST_CHANCE = "least_chance"  # the outcome of which it makes least
    DRIVER = "driver"  # an input that drives most over all outcomes; outcomes: how many those are
    STRONGEST = "strongest"  # an outcome for which a single strongest input can be named
    NO_STRONGEST = "no_strongest"  # there is no such outcome

    CONDITIONED = "conditioned"  # histories: how many were updated on reports; effective: what they are worth

    # Of one outcome.
    UNSAID = "unsaid"  # nothing is said; `Study.troubles` has why
    CHANCE = "chance"  # what is left when every input is known
    INPUT = "input"  # an input that stands out; histories: how many were played
    OTHERS = "others"  # left: how many inputs cannot be told from none; inputs: of how many; cases
    TOTAL = "total"  # the only strongest input, together with the others

    # Of a first look by walks.
    FIRST_LOOK = "first_look"  # walks; seen: inputs that show an effect on some outcome; inputs: of how many
    DICE = "dice"  # the effect of a new throw of the dice
    EFFECT = "effect"  # an input that shows more than that
    NO_EFFECT = "no_effect"  # none does; walks


class TroubleKind(StrEnum):
    """Why nothing is said of an outcome; the comments name the numbers."""

    SAME = "same"  # it is the same in every history
    FEW = "few"  # the histories are worth too few; effective: what they are worth
    RARE = "rare"  # usual: its commonest value; other: the cases with another; cases: of how many


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Why nothing is said of an outcome, with the numbers of its kind."""

    kind: TroubleKind
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StudyFinding:
    """One thing found of an outcome and an input, as they are named in the tables; "" where there is none.

    `numbers` are those of a row of the study's tables, under the same names and in the same units, and the ones
    that its kind adds.
    """

    kind: StudyFindingKind
    outcome: str = ""
    input: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """Return the finding as plain data for JSON; a number that is not finite is None."""
        numbers = {name: plain(value) for name, value in self.numbers.items()}
        return {"kind": self.kind.value, "outcome": self.outcome, "input": self.input, "numbers": numbers}
