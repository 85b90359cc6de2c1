"""The command that plays many histories of one scenario."""

from __future__ import annotations

from simulation.commands.cluster_option import On, Parts, played_on
from simulation.commands.console import exits, hand_over
from simulation.commands.options import (
    AsOf,
    Days,
    Doubt,
    File,
    First,
    Given,
    Json,
    MaxReplicates,
    Open,
    Out,
    ProgressAs,
    Quiet,
    Replicates,
    Report,
    Seed,
    Sequential,
    Set,
    Until,
    Workers,
)
from simulation.commands.scenario_argument import done_with_scenario


def run(
    file: File,
    replicates: Replicates = None,
    until: Until = None,
    max_replicates: MaxReplicates = None,
    first: First = 0,
    days: Days = None,
    seed: Seed = 1,
    workers: Workers = None,
    on: On = None,
    parts: Parts = None,
    overrides: Set = None,
    as_of: AsOf = None,
    given: Given = None,
    doubt: Doubt = None,
    sequential: Sequential = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    progress: ProgressAs = "auto",
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Run many histories of a scenario and summarise them."""
    typed = locals()
    with exits(), played_on(on, workers) as where:
        done = done_with_scenario("run", typed, **where)
        hand_over(done, as_json=as_json, open_report=open_report)
