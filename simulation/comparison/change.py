"""One thing in which two scenarios differ, as a record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from simulation.scenario.description import named


class ChangeKind(StrEnum):
    """What part of a scenario differs."""

    SETTING = "setting"
    MEASURE = "measure"
    INPUT = "input"
    GROUP = "group"
    CLAIM = "claim"


@dataclass(frozen=True, kw_only=True)
class ChangeSide:
    """What one of two scenarios says: what stands there and, of a measure, what the measure is called."""

    name: str = ""
    detail: str = ""

    @property
    def words(self) -> str:
        """Both in words, such as "the bombardment by the air force: 40 strikes a day from day 3"; "" for nothing."""
        return named(self.name, self.detail) if self.name else self.detail


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that differs from the reference.

    `name` is the setting, the input, the group of inputs or the claim, "" for measures. `source` says where the
    scenario's value comes from, if it is written.
    """

    kind: ChangeKind
    path: str
    name: str = ""
    reference: ChangeSide = ChangeSide()
    value: ChangeSide = ChangeSide()
    source: str = ""
