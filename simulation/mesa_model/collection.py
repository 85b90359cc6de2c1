"""What is collected from a model each day: fighters and land of those who fight, and people displaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mesa.datacollection import DataCollector

if TYPE_CHECKING:
    from simulation.mesa_model.model import ConflictModel


def daily_collector(model: ConflictModel) -> DataCollector:
    """Return a collector with columns day, fighters_<actor>, area_km2_<actor> and displaced."""
    reporters: dict[str, Any] = {"day": "day"}
    for agent in model.actors.values():
        if agent.row.fights:
            reporters[f"fighters_{agent.id}"] = [getattr, [agent, "fighters"]]
            reporters[f"area_km2_{agent.id}"] = [getattr, [agent, "area_km2"]]
    reporters["displaced"] = displaced
    return DataCollector(model_reporters=reporters)


def displaced(model: ConflictModel) -> int:
    """Return the people who have fled their cell since the start and are still away but in the country."""
    return int(model.state.world[0].displaced)
