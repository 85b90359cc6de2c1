"""The histories of a study on reports: drawn or weighed as those of a run are."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from simulation.api.run import Run, play
from simulation.api.setup import Asked, Terms
from simulation.io.scratch_folder import scratch_folder
from simulation.outcomes.targets import Target
from simulation.results.stopping_rule import rule_of
from simulation.scenario import Scenario
from simulation.sensitivity_analysis.conditioned_study import histories_table


def histories_of(
    scenario: Scenario, targets: Sequence[Target], number: int, terms: Terms, sequential: bool | None
) -> tuple[pd.DataFrame, Run]:
    """Return the table of histories of a scenario given its reports, and the run that they are from.

    The run is played in a folder of its own, which is gone afterwards.
    """
    with scratch_folder("simulate-") as folder:
        asked = Asked(
            rule=rule_of((), number, None), sequential=sequential, seed=terms.seed, executor=terms.executor,
            place=folder / "run", report=False, progress=terms.progress,
        )  # fmt: skip
        done = play(scenario, asked)
        return histories_table(done.results, targets), done
