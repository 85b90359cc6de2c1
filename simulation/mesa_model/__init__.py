"""The world as Mesa users know it: a model, agents on a grid, data collection; driven by the same engine."""

from simulation.mesa_model.agents import ActorAgent, UnitAgent
from simulation.mesa_model.model import ConflictModel
from simulation.mesa_model.own_process import OwnProcess

__all__ = ["ActorAgent", "ConflictModel", "OwnProcess", "UnitAgent"]
