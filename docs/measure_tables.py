"""The table of measures in docs/model.md, as the measures declare them."""

from __future__ import annotations

from world_tables import table

from simulation.scenario.schema import KINDS


def effects() -> str:
    """Return what each measure does to the state."""
    rows = ((f"`{kind}`", each.effect, each.lapse) for kind, each in KINDS.items())
    return table(["Measure", "On `from_day`", "On `until_day`, if given"], rows)
