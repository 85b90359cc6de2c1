"""What `simulate sources` prints: all chains or those of one name, as text or as one JSON document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulation.scenario.scenario import Scenario
from simulation.sources import json_document, terminal
from simulation.sources.chains import SourceChains, chains_of
from simulation.sources.lookup import found


@dataclass(frozen=True, kw_only=True)
class Printout:
    """Chains to print; `name` is what was asked for, None for all."""

    chains: SourceChains
    name: str | None

    def document(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        return json_document.document(self.chains, self.name)

    def text(self) -> str:
        """Return the chains for a terminal."""
        return terminal.whole_text(self.chains) if self.name is None else terminal.single_text(self.chains)


def printout(scenario: Scenario, before: Scenario | None, name: str | None) -> Printout:
    """Return the chains of a scenario, or of one name in it; InputError for a name that nothing has.

    `before` is the scenario without the overrides of the command line, None where there were none.
    """
    chains = chains_of(scenario, before)
    return Printout(chains=chains if name is None else found(chains, name), name=name)
