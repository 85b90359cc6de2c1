"""Agents: windows on the rows of actors and units, standing on the cells of a Mesa grid.

Subclass them and hand the classes to `ConflictModel`; what they read and write are the arrays that the rules
use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from mesa.agent import Agent, AgentSet
from mesa.discrete_space import Cell, CellAgent
from mesa.discrete_space.cell_agent import HasCell

from simulation.errors import InputError
from simulation.model.state import M2_PER_KM2
from simulation.outcomes.names import short_name, unit_name
from simulation.wording.notebook import one_line

if TYPE_CHECKING:
    from simulation.mesa_model.model import ConflictModel

SETTABLE = ("cell", "cohesion", "strength")
"""What can be set of a unit."""
OF_OTHER_SPACES = ("pos",)
"""What every agent of Mesa has, and what says nothing of one that stands on a cell."""


class Window(CellAgent):
    """What agents of actors and units have in common: once made, they take no attribute that means nothing."""

    _made = False

    def made(self) -> Self:
        """Take no new attributes from now on; those that a subclass has set until now can be set again."""
        self._made = True
        return self

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute that the agent has; InputError for any other, which would have no effect."""
        if (
            self._made
            and not name.startswith("_")
            and (name in OF_OTHER_SPACES or (not hasattr(type(self), name) and name not in vars(self)))
        ):
            what = type(self).__name__
            settable = ", ".join(SETTABLE) if isinstance(self, UnitAgent) else "nothing"
            raise InputError(
                f"{what} has no '{name}' to set, but {settable}; attributes of your own belong to a class made from it"
            )
        super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        """Say which agents have an attribute, where this one has not."""
        message = f"{type(self).__name__} has no attribute '{name}'"
        other = next((each for each in (UnitAgent, ActorAgent) if hasattr(each, name)), None)
        if other is not None and not isinstance(self, other):
            message += (
                f"; {other.__name__} has, as in model.agents_by_type[{other.__name__}].agg('{name}', sum)"
            )
        raise AttributeError(message)


class ActorAgent(Window):
    """An actor, at its seat if that is on the map."""

    def __init__(self, model: ConflictModel, index: int) -> None:
        """Create the agent of the actor with this index."""
        super().__init__(model)
        self.index = index
        seat = int(self.row.seat)
        if seat >= 0:
            self.cell = model.cell_of(seat)

    def __repr__(self) -> str:
        """Return the name and the fighters on one line."""
        return one_line(self, f"{self.name}: {self.fighters:,} fighters, {self.area_km2:,.0f} km²")

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


class UnitAgent(Window):
    """A body of fighters; it stands on no cell while it is on its way to the map."""

    def __init__(self, model: ConflictModel, index: int) -> None:
        """Create the agent of the unit with this index."""
        super().__init__(model)
        self.index = index

    def __repr__(self) -> str:
        """Return the name, the fighters and the place on one line."""
        place = "on its way" if self.cell is None else f"at {self.cell.coordinate}"
        return one_line(
            self, f"{self.name}: {self.strength:,} fighters, cohesion {self.cohesion:.2f}, {place}"
        )

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
