"""Scenarios: what a YAML file says, resolved and checked."""

from simulation.scenario.loader import load_scenario
from simulation.scenario.scenario import Scenario

__all__ = ["Scenario", "load_scenario"]
