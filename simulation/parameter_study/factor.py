"""What is varied in a parameter study, and its values, in words."""

from __future__ import annotations

from dataclasses import dataclass

from simulation.scenario import Scenario

INPUTS = "inputs."


@dataclass(frozen=True, kw_only=True)
class Factor:
    """What is varied: its `path` in the scenario, what readers call it, its unit ("" for none) and its `values`.

    The values are texts, each once, numbers in ascending order and others as they came.
    """

    path: str
    label: str
    unit: str
    values: tuple[str, ...]

    @property
    def axis(self) -> str:
        """The label with the unit, as on an axis."""
        return f"{self.label} ({self.unit})" if self.unit and self.unit not in self.label else self.label

    @property
    def numbers(self) -> tuple[float, ...] | None:
        """The values as numbers; None where some are none."""
        found = tuple(number_in(value) for value in self.values)
        return None if None in found else found  # type: ignore[return-value]

    def words(self, value: str) -> str:
        """Return one of its values with its label, such as "League: fighters 5,000"."""
        return f"{self.label} {shown(value)}"


def factor_of(scenario: Scenario, path: str, values: tuple[str, ...]) -> Factor:
    """Return what a path of a scenario is, with the values that it is set to."""
    known = scenario.inputs.get(path.removeprefix(INPUTS)) if path.startswith(INPUTS) else None
    label, unit = (path, "") if known is None else (known.label or path, known.unit)
    numbers = [number_in(value) for value in values]
    if None not in numbers:
        values = tuple(sorted(values, key=float))
    return Factor(path=path, label=label, unit="" if unit == "1" else unit, values=values)


def number_in(value: str) -> float | None:
    """Return the number that a value's text is; None where it is none."""
    try:
        return float(value)
    except ValueError:
        return None


def shown(value: str) -> str:
    """Return a value as readers see it: a number with its thousands parted, any other text as it is."""
    number = number_in(value)
    return value if number is None else f"{number:,.15g}"
