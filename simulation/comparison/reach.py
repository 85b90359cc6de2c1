"""How far a scenario reaches where it moves no ending for certain: what is sent and flown, and how far endings move.

A lever that moves no ending either hardly changes what fights, or changes it and the war takes no notice. Which of
the two it is can often be seen from fighters who are sent and strikes that are flown. Truces, orders and morale, by
which a scenario may act as well, are no outcomes, and nothing is found of them here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from simulation.comparison.finding import Finding, FindingKind
from simulation.comparison.scenario_tables import ScenarioTables
from simulation.statistics.evidence import CLEAR, IDENTICAL, UNCLEAR
from simulation.wording.plain import rows_of

MEANS = ("fighters_sent", "sorties_total")
"""What is sent and flown: outcomes by which much of what is changed outside a battle enters it."""
REACHES = {
    **dict.fromkeys(CLEAR, FindingKind.REACH),
    UNCLEAR: FindingKind.REACH_UNCLEAR,
    IDENTICAL: FindingKind.REACH_IDENTICAL,
}
"""The finding on such an outcome by its verdict."""


def reach_findings(tables: ScenarioTables) -> Iterator[Finding]:
    """Yield the most that any ending moves, then what is sent and flown; nothing where an ending clearly moves."""
    endings = rows_of(tables.endings[tables.endings["verdict"] != IDENTICAL])
    if not endings or any(row["verdict"] in CLEAR for row in endings):
        return
    most = max(max(abs(row["low"]), abs(row["high"])) for row in endings)
    if not math.isfinite(most):  # a single pair
        return
    yield tables.finding(FindingKind.ENDINGS_AT_MOST, most=most)
    rows = rows_of(tables.outcomes[tables.outcomes["outcome"].isin(MEANS)])
    for verdict, kind in REACHES.items():
        for row in rows:
            if row["verdict"] == verdict and max(row["mean"], row["mean_reference"]) > 0:
                yield tables.of_mean(kind, row)
