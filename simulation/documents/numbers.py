"""A number that nobody knows exactly: one value or a range, with its source or the reason why it is assumed."""

from __future__ import annotations

from pydantic import model_validator

from simulation.documents.seed_model import Reason, SeedModel, exactly_one


class Numbers(SeedModel):
    """One value, or low, best and high, with the basis: exactly one of source and assumption."""

    value: float | None = None
    low: float | None = None
    best: float | None = None
    high: float | None = None
    source: Reason | None = None
    assumption: Reason | None = None

    @model_validator(mode="after")
    def _is_a_number_with_a_basis(self) -> Numbers:
        exactly_one(source=self.source, assumption=self.assumption)
        low, best, high = self.low, self.best, self.high
        if self.value is not None:
            if not low is best is high is None:
                raise ValueError("a number with a value has no low, best or high")
            return self
        if low is None or best is None or high is None:
            raise ValueError("a number is a value, or low, best and high together")
        if not (low <= best <= high and low < high):
            raise ValueError(f"low, best and high must rise: found {low:g}, {best:g}, {high:g}")
        return self

    @property
    def span(self) -> tuple[float, float, float]:
        """Low, best and high; three times the same for a fixed value."""
        if self.value is not None:
            return self.value, self.value, self.value
        assert self.low is not None and self.best is not None and self.high is not None
        return self.low, self.best, self.high
