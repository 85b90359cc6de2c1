"""Agents: windows on the rows of actors and units, standing on the cells of a Mesa grid.

Subclass them and hand the classes to `ConflictModel`; what they read and write are the arrays that the rules
use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mesa.agent import Agent, AgentSet
from mesa.discrete_space import Cell, CellAgent
from mesa.discrete_space.cell_agent import HasCell

from simulation.errors import InputError
from simulation.model.state import M2_PER_KM2
from simulation.outcomes.names import short_name, unit_name

if TYPE_CHECKING:
    from simulation.mesa_model.model import ConflictModel


class ActorAgent(CellAgent):
    """An actor, at its seat if that is on the map."""

    def __init__(self, model: ConflictModel, index: int) -> None:
        """Create the agent of the actor with this index."""
        super().__init__(model)
        self.index = index
        seat = int(self.row.seat)
        if seat >= 0:
            self.cell = model.cell_of(seat)

    @property
    def row(self) -> Any:
        """The actor's record of `simulation.model.state.ACTOR`."""
        return self.model.state.actors[self.index]

    @property
    def id(self) -> str:
        """The actor's id in the seeds."""
        return str(self.model.world.actors[self.index])

    @property
    def name(self) -> str:
        """The actor's short name."""
        return short_name(self.model.world, self.index)

    @property
    def fighters(self) -> int:
        """Fighters on the map or on their way to it."""
        return int(self.row.present)

    @property
    def confidence(self) -> float:
        """Belief of its people in its cause, 0..1."""
        return float(self.row.confidence)

    @property
    def area_km2(self) -> float:
        """Land it holds."""
        return float(self.row.area_m2 / M2_PER_KM2)

    @property
    def units(self) -> AgentSet:
        """The agents of its units."""
        own = [unit for unit in self.model.units.values() if unit.row.actor == self.index]
        return AgentSet(own, random=self.model.random)


class UnitAgent(CellAgent):
    """A body of fighters; it stands on no cell while it is on its way to the map."""

    def __init__(self, model: ConflictModel, index: int) -> None:
        """Create the agent of the unit with this index."""
        super().__init__(model)
        self.index = index

    @property
    def row(self) -> Any:
        """The unit's record of `simulation.model.state.UNIT`."""
        return self.model.state.units[self.index]

    @property
    def name(self) -> str:
        """The name of the unit: force and number."""
        return unit_name(self.model.world, self.index)

    @property
    def actor(self) -> ActorAgent:
        """The actor it belongs to."""
        return self.model.actors[int(self.row.actor)]

    @property
    def strength(self) -> int:
        """Fighters; setting it lets fighters arrive or depart, 0 takes the unit off the map."""
        return int(self.row.strength)

    @strength.setter
    def strength(self, fighters: int) -> None:
        self.model.rearrange(self, strength=_stated("strength", fighters))

    @property
    def cohesion(self) -> float:
        """Will to hold together, 0..1."""
        return float(self.row.cohesion)

    @cohesion.setter
    def cohesion(self, cohesion: float) -> None:
        self.model.rearrange(self, cohesion=_stated("cohesion", cohesion))

    @property
    def cell(self) -> Cell | None:
        """The cell of the grid it stands on; setting it puts the unit there now and cancels its orders."""
        return self._mesa_cell

    @cell.setter
    def cell(self, cell: Cell) -> None:
        self.model.rearrange(self, cell=self.model.cell_of(self.model.index_of(cell)))

    def remove(self) -> None:
        """Take the unit off the map for good; its fighters count as departed."""
        self.strength = 0

    def follow(self, cell: Cell | None) -> None:
        """Stand where the unit stands now."""
        HasCell.cell.fset(self, cell)

    def retire(self) -> None:
        """Leave the model: the unit has nobody left."""
        Agent.remove(self)
        self.follow(None)


def _stated[T](name: str, value: T | None) -> T:
    """Return what an attribute is set to; nothing is no number."""
    if value is None:
        raise InputError(f"{name} must be a number, not None")
    return value
