"""What the page of a discovery is about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulation.results.manifest import Manifest
from simulation.scenario import Scenario
from simulation.scenario_discovery.discovery import Discovery


@dataclass(frozen=True, kw_only=True)
class DiscoverySubject:
    """A discovery with what its page shows beside it.

    `happens` is the event as a clause and `text` as it was typed; rows of `inputs` are histories, `happened` is bool.
    `worth` is what a history counts of an independent one: less than 1 where they were drawn by weight.
    """

    found: Discovery
    happens: str
    text: str
    inputs: pd.DataFrame
    happened: np.ndarray
    worth: float = 1.0
    scenario: Scenario
    manifest: Manifest
