"""What a comparison found, as records: the terminal, the page and `--json` put the same ones into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from simulation.wording.plain import plain


class FindingKind(StrEnum):
    """What a finding says; the comments name its subject. All count `replicates`, the pairs of histories."""

    # Of one scenario, in the order in which they are told.
    SAME_SCENARIO = "same_scenario"  # nothing that decides a history differs, so that no history does
    SAME_HISTORIES = "same_histories"  # what differs changes no history
    NOTHING_CLEAR = "nothing_clear"  # nothing that is shown can be told from the reference
    NOTHING_ELSE_CLEAR = "nothing_else_clear"  # nothing but the findings that follow
    ENDING = "ending"  # an ending that is clearly more or less frequent
    OUTCOME = "outcome"  # an outcome whose mean is clearly higher or lower
    FALL = "fall"  # the place whose fall differs most; more_often, less_often: how many others differ
    ENDING_UNCLEAR = "ending_unclear"  # an ending that cannot be told from the reference's
    OUTCOME_UNCLEAR = "outcome_unclear"  # an outcome that cannot
    ENDINGS_AT_MOST = "endings_at_most"  # no ending clearly moves; most: how far any may, as a share
    REACH = "reach"  # what is sent or flown, clearly higher or lower, where no ending clearly moves
    REACH_UNCLEAR = "reach_unclear"  # the same, not to be told from the reference's
    REACH_IDENTICAL = "reach_identical"  # the same, equal in every history
    ENDING_IDENTICAL = "ending_identical"  # an ending that occurs, the same in every history

    # Of all scenarios together, in the answer.
    FURTHEST_ENDING = "furthest_ending"  # the ending that moves furthest in any scenario
    STAYS_FIRST = "stays_first"  # of_hundred: repeats in which that scenario would come first again
    NEXT_ENDING = "next_ending"  # the ending that moves furthest in the scenario that comes next
    ENDINGS_UNCLEAR = "endings_unclear"  # a scenario no ending of which can be told from the reference's
    NO_ENDING_CLEAR = "no_ending_clear"  # the same, where it holds of every scenario
    KILLED = "killed"  # civilians killed, clearly more or fewer
    KILLED_UNCLEAR = "killed_unclear"  # civilians killed, not to be told from the reference's
    PAIRING = "pairing"  # histories: how many without pairing would tell as much as the pairs


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing found of a scenario, or of all ("").

    `subject` is an ending's id, the column of an outcome or a place's name, "" where there is none. `numbers`
    are those of its row in the comparison's tables, under the same names and in the same units, and the ones
    that its kind adds.
    """

    kind: FindingKind
    scenario: str = ""
    subject: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """Return the finding as plain data for JSON; a number that is not finite is None."""
        numbers = {name: plain(value) for name, value in self.numbers.items()}
        return {
            "kind": self.kind.value,
            "scenario": self.scenario,
            "subject": self.subject,
            "numbers": numbers,
        }
