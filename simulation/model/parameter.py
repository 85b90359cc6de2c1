"""What is said of one number that the rules use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One number of the model.

    Distances to places are in road kilometres: the length of main road that takes as long as the quickest way.

    `low` and `high` bound what a scenario may set; they are not a prior. `default` is an assumption that
    switches the effect to a plain middle value, or off where zero is the neutral value.
    """

    name: str
    unit: str
    low: float
    high: float
    default: float
    meaning: str
    used_by: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a default outside the bounds (NaN included)."""
        if not self.low <= self.default <= self.high:
            raise ValueError(
                f"parameter {self.name}: default {self.default} is not within {self.low}..{self.high}"
            )
