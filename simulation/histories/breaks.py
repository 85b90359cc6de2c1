"""What drives a unit that is about to give way, and how it goes, read from the state at the moment before."""

from __future__ import annotations

import math

from simulation.histories.causes import (
    COHESION,
    DOUBT,
    FLANKS,
    FLED,
    NOTABLE,
    ODDS,
    OUTFLANKED,
    OVERREACH,
    REPULSED,
    RETREATED,
    SURPRISE,
    UNWILLING,
    Break,
    around,
    hostile,
    strengths,
)
from simulation.model.state import OrderKind, Stance, State


def breaking(state: State, unit: int) -> Break:
    """Return what drives a unit that is about to give way."""
    u, p = state.units[unit], state.params[0]
    cell, actor = int(u["cell"]), int(u["actor"])
    own, enemy = strengths(state, cell, actor)
    at_home, flanks = is_held(state, actor, cell), open_flanks(state, cell, actor)
    leader = int(state.actors["commander"][actor])
    surprised = state.actors["stance"][leader] == Stance.DEFENSIVE and not state.actors["alert"][actor]
    odds = math.log(enemy / own) if own > 0 and enemy > 0 else 0.0
    bound = 1 - float(state.actors["availability"][actor]) if leader != actor else 0.0
    pushes = {
        COHESION: p["give_way_cohesion"] * (1 - u["cohesion"]),
        ODDS: p["give_way_odds"] * odds,
        FLANKS: p["give_way_flanks"] * flanks,
        SURPRISE: p["give_way_surprise"] * surprised,
        UNWILLING: p["give_way_unwilling"] * bound,
        DOUBT: p["give_way_doubt"] * float(state.actors["doubt"][actor]),
        OVERREACH: p["give_way_overreach"] * overreach(state, cell, actor),
    }
    named = sorted((name for name in pushes if pushes[name] >= NOTABLE), key=lambda name: -pushes[name])
    if enemy == 0:
        named = [OUTFLANKED, *(name for name in named if name != FLANKS)]
    manner = FLED if u["cohesion"] < p["rout_cohesion"] else RETREATED
    if u["order"] == OrderKind.ADVANCE and not at_home:
        manner = REPULSED
    return Break(
        fighters=int(u["strength"]), cohesion=float(u["cohesion"]), own=own, enemy=enemy, flanks=flanks,
        drivers=tuple(named), manner=manner,
    )  # fmt: skip


def is_held(state: State, actor: int, cell: int) -> bool:
    """Say whether a cell is held by the actor's bloc."""
    holder, bloc = int(state.cells["control"][cell]), state.actors["bloc"]
    return holder >= 0 and bool(bloc[holder] == bloc[actor])


def open_flanks(state: State, cell: int, actor: int) -> float:
    """Return the share of neighbours held by enemies, 0..1; who stands on others' ground looks for a way back."""
    near = around(state, cell)
    beside_own = any(is_held(state, actor, int(each)) for each in near)
    if not len(near) or (beside_own and not is_held(state, actor, cell)):
        return 0.0
    return float(hostile(state, actor, near).mean())


def overreach(state: State, cell: int, actor: int) -> float:
    """Return how far the actor's men in a cell have come into another side's land, 0..1."""
    first, bloc = int(state.ground["control0"][cell]), state.actors["bloc"]
    if first < 0 or bloc[first] == bloc[actor]:
        return 0.0
    depth = float(state.ground["depth_km"][cell])
    return depth / (depth + float(state.params[0]["overreach_km"]))
