"""What is collected of a drawn model each day, and by whom: the usual columns and those a caller adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mesa.datacollection import DataCollector

Reporters = Mapping[str, Any]
"""Reporters by column, in any form that Mesa's `DataCollector` takes."""


def daily_collector(
    model: Any,
    more: Reporters | None = None,
    of_agents: Reporters | None = None,
    of_types: Mapping[type, Reporters] | None = None,
) -> DataCollector:
    """Return a collector of a `ConflictModel`: day, fighters_<actor>, area_km2_<actor>, displaced, and `more`.

    `of_agents` are reporters of all agents, `of_types` those of some types, as Mesa has them.
    """
    reporters: dict[str, Any] = {"day": "day"}
    for agent in model.actors.values():
        if agent.row.fights:
            reporters[f"fighters_{agent.id}"] = [getattr, [agent, "fighters"]]
            reporters[f"area_km2_{agent.id}"] = [getattr, [agent, "area_km2"]]
    reporters["displaced"] = displaced
    return DataCollector(
        model_reporters=reporters | dict(more or {}),
        agent_reporters=dict(of_agents or {}) or None,
        agenttype_reporters=dict(of_types or {}) or None,
    )


def displaced(model: Any) -> int:
    """Return the people who have fled their cell since the start and are still away but in the country."""
    return int(model.state.world[0].displaced)
