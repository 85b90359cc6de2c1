"""Who attacks, waits, guards and has no part, as the claims have it."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from simulation.model.state import Stance
from simulation.scenario import load_scenario
from simulation.world.world import World, build_world

HOSTILE = (
    'claims=[{add: {id: X90, subject: sdf, predicate: fights, object: government, since: "2024-11-27", '
    "said_by: scenario, verified: true, text: The two have fallen out., assumption: what a quarrel would change}}]"
)


@cache
def world(*overrides: str) -> World:
    return build_world(load_scenario("aleppo", overrides))


def row(name: str, *overrides: str) -> Any:
    made = world(*overrides)
    return made.template.actors[made.actors.index(name)]


def foes(name: str, *overrides: str) -> set[str]:
    """Return whom an actor would fight where they meet at the start."""
    made = world(*overrides)
    bits = int(row(name, *overrides).foe_bits)
    return {other for k, other in enumerate(made.actors) if bits >> k & 1}


@pytest.mark.parametrize("name", ["sna", "southern_factions", "syrian_free_army"])
def test_who_is_quiet_and_has_a_quarrel_with_the_government_waits(name: str) -> None:
    assert row(name).stance == Stance.DORMANT
    assert world().actors[row(name).rival] == "government"
    assert foes(name) == set()


def test_the_sdf_has_no_quarrel_with_the_government_and_guards_its_land() -> None:
    assert (row("sdf").stance, row("sdf").rival) == (Stance.DEFENSIVE, -1)
    assert foes("sdf") == {"turkey", "islamic_state"}


def test_a_claim_of_hostility_gives_the_sdf_a_rival_to_wait_for() -> None:
    assert row("sdf", HOSTILE).stance == Stance.DORMANT
    assert world(HOSTILE).actors[row("sdf", HOSTILE).rival] == "government"


def test_the_sdf_and_those_turkey_backs_stay_at_war() -> None:
    made = world()
    hostile = made.template.pairs.hostile.reshape(len(made.actors), -1)
    enemies = {made.actors[k] for k in np.flatnonzero(hostile[made.actors.index("sdf")])}
    assert enemies == {"sna", "turkey", "islamic_state"}


def test_some_of_the_south_and_all_at_al_tanf_can_leave_their_towns() -> None:
    mobile: dict[str, float] = {}
    for body in world().bodies:
        name = world().actors[body.actor]
        mobile[name] = mobile.get(name, 0.0) + body.share * (body.mobility.name == "MOBILE")
    assert mobile["southern_factions"] == pytest.approx(0.4)
    assert mobile["syrian_free_army"] == pytest.approx(1)
