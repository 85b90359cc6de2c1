"""Places with a holder of their own in another's cell: who fights their holder takes them once nobody guards them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest
from running import begun

from simulation.engine.loop import fire
from simulation.model.effects.hostility import settle_pair
from simulation.model.effects.strength import enter_cell, leave_cell
from simulation.model.processes import seize
from simulation.model.registry import Process
from simulation.model.state import Stance, State
from simulation.world.world import World


class Quarters:
    """The start of a history in Aleppo, whose cell the government holds and Sheikh Maqsoud in it the SDF."""

    def __init__(self, world: World) -> None:
        self.world, self.s = world, begun(world)
        self.city, self.quarter = (world.places.index(name) for name in ("Aleppo", "Sheikh Maqsoud"))
        self.cell = int(self.s.places.cell[self.quarter])

    def actor(self, name: str) -> int:
        return self.world.actors.index(name)

    def holder(self, place: int) -> str:
        return self.world.actors[self.s.places.holder[place]]

    def clear(self, names: Iterable[str]) -> None:
        """Take the units of some actors, or of their bloc, out of the cell."""
        for unit in self.inside(names):
            leave_cell(self.s, unit)

    def inside(self, names: Iterable[str]) -> list[int]:
        units = self.s.units
        actors = [self.actor(name) for name in names]
        return [k for k in np.flatnonzero(units.cell == self.cell) if units.actor[k] in actors]

    def bring(self, name: str) -> None:
        """Put the strongest unit of an actor into the cell."""
        units = self.s.units
        own = np.flatnonzero((units.actor == self.actor(name)) & (units.cell >= 0))
        unit = int(own[np.argmax(units.strength[own])])
        leave_cell(self.s, unit)
        enter_cell(self.s, unit, self.cell)

    def wake(self, name: str) -> None:
        """Let a dormant actor attack."""
        self.s.actors.stance[self.actor(name)] = Stance.OFFENSIVE
        for other in range(len(self.world.actors)):
            settle_pair(self.s, self.actor(name), other)

    def rate(self) -> float:
        return float(seize.rate(self.s, self.cell))

    def pass_cell(self) -> None:
        fire(self.s, int(self.s.world.first_clock[0, Process.SEIZE]) + self.cell)


GUARDS = ("government", "russia", "iran", "iran_affiliated", "hezbollah")


@pytest.fixture
def quarters(aleppo: World) -> Quarters:
    return Quarters(aleppo)


def ledger(s: State) -> tuple[float, float, float]:
    return tuple(float(x) for x in (s.actors.people.sum(), s.actors.area_m2.sum(), s.actors.present.sum()))


def test_the_sdf_holds_its_quarter_in_the_city_of_another(quarters: Quarters) -> None:
    assert (quarters.holder(quarters.city), quarters.holder(quarters.quarter)) == ("government", "sdf")
    assert quarters.s.ground.enclave.nonzero()[0].tolist() == sorted(
        {quarters.cell, int(quarters.s.places.cell[quarters.world.places.index("Posts at Tel Rifaat")])}
    )
    assert quarters.inside(["sdf"]) and quarters.inside(["government"]) and quarters.rate() == 0


def test_an_enclave_does_not_pass_with_its_cell_between_two_others(quarters: Quarters) -> None:
    quarters.clear(GUARDS)
    quarters.bring("hts")
    before = ledger(quarters.s)
    quarters.pass_cell()
    assert (quarters.holder(quarters.city), quarters.holder(quarters.quarter)) == ("hts", "sdf")
    assert ledger(quarters.s) == before
    quarters.clear(["sdf"])
    assert quarters.rate() == 0


def test_an_enclave_passes_with_its_cell_to_who_fights_its_holder_once_nobody_guards_it(
    quarters: Quarters,
) -> None:
    quarters.clear(GUARDS)
    quarters.wake("sna")
    quarters.bring("sna")
    confidence = quarters.s.actors.confidence[quarters.actor("sdf")]
    quarters.pass_cell()
    assert (quarters.holder(quarters.city), quarters.holder(quarters.quarter)) == ("sna", "sdf")
    assert quarters.rate() == 0
    quarters.clear(["sdf"])
    assert quarters.rate() > 0
    quarters.pass_cell()
    weight = quarters.s.places.weight[quarters.quarter]
    assert quarters.holder(quarters.quarter) == "sna" and quarters.rate() == 0
    shock = weight * quarters.s.params.place_shock[0]
    assert quarters.s.actors.confidence[quarters.actor("sdf")] == pytest.approx(confidence * (1 - shock))
    event = quarters.s.event[0]
    assert (event.other, event.place, event.amount) == (quarters.actor("sdf"), quarters.quarter, 0)


def test_whoever_fights_its_holder_takes_an_enclave_in_the_cell_of_his_own_side(quarters: Quarters) -> None:
    quarters.clear([*GUARDS, "sdf"])
    quarters.bring("hts")
    quarters.pass_cell()
    quarters.wake("sna")
    quarters.bring("sna")
    taken = quarters.s.actors.villages_taken.copy()
    assert quarters.rate() > 0
    quarters.pass_cell()
    assert (quarters.holder(quarters.city), quarters.holder(quarters.quarter)) == ("hts", "sna")
    assert quarters.s.cells.control[quarters.cell] == quarters.actor("hts")
    assert (quarters.s.actors.villages_taken == taken).all()
    assert quarters.s.changes.index[quarters.s.world.changes[0] - 1] == quarters.quarter


def test_an_unguarded_enclave_falls_together_with_its_cell(quarters: Quarters) -> None:
    quarters.clear([*GUARDS, "sdf"])
    quarters.wake("sna")
    quarters.bring("sna")
    quarters.pass_cell()
    assert (quarters.holder(quarters.city), quarters.holder(quarters.quarter)) == ("sna", "sna")
    assert quarters.s.event[0].place == quarters.city
    weights = quarters.s.places.weight[[quarters.city, quarters.quarter]]
    assert quarters.s.event[0].value >= weights.sum()


def test_a_post_stays_with_its_holder_when_his_own_side_takes_the_cell_round_it(aleppo: World) -> None:
    post = aleppo.places.index("Posts at Tel Rifaat")
    assert aleppo.actors[aleppo.template.places.holder0[post]] == "government"
    around = int(aleppo.template.cells.control[aleppo.template.places.cell[post]])
    assert aleppo.actors[around] == "sdf"
