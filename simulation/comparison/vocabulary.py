"""What the sentences of a comparison call things: scenarios, endings, actors and outcomes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from simulation.outcomes.labels import describe, spell_ending
from simulation.wording.phrases import PERCENT, counted, listed, sentence


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """What sentences call things: endings by what they mean, actors by their names, scenarios by their labels.

    A scenario without a label is called by its name. `reference` is the name of the one all are compared with;
    `left_out` has those named for a measure they leave out ("without the truce"), `percent` is the sign with its space.
    `worth` says how many histories those compared are worth after reports, None where they were not updated.
    """

    reference: str
    clauses: Mapping[str, str] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    left_out: Collection[str] = ()
    percent: str = PERCENT
    worth: float | None = None

    def called(self, scenario: str) -> str:
        """Return what a scenario is called."""
        return self.labels.get(scenario, scenario)

    @property
    def the_reference(self) -> str:
        """What the reference is called."""
        return self.called(self.reference)

    def under(self, scenarios: Sequence[str]) -> str:
        """Return how a sentence on scenarios begins: "With truce-holds", or "Without the truce" for one so named."""
        names = listed([self.called(scenario) for scenario in scenarios])
        return sentence(names) if scenarios[0] in self.left_out else f"With {names}"

    def histories(self, number: int) -> str:
        """Return so many histories, with how many they are worth where reports give them weights."""
        worth = "" if self.worth is None else f" worth {self.worth:,.0f}"
        return f"{counted(number, 'history')}{worth}"

    @property
    def sure(self) -> str:
        """What stands before an interval."""
        return f"95{self.percent}"

    def ending(self, name: str) -> str:
        """Return the id of an ending as words, with the names in it written as in its meaning."""
        return spell_ending(name, self.clauses.get(name, ""))

    def outcome(self, column: str) -> str:
        """Return what an outcome is called."""
        return describe(column, self.actors).label
