"""Who may fight, as rows: the units laid down, the bodies that allies may send, and those that measures send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.documents import Seeds
from simulation.model.change_kind import ChangeKind
from simulation.model.state import LINK, UNIT, Mobility
from simulation.world.actors import defender_of
from simulation.world.laydown import Body

RESERVE_BODIES = 16
"""Bodies that an ally can send onto the map in one history."""


def link_rows(seeds: Seeds, actors: Mapping[str, int], places: Mapping[str, int], first: int) -> np.recarray:
    """Return one LINK record per ally that can send bodies: it fights on the map, and fights whom its client fights.

    One of the two has a seat, where bodies arrive. The bodies are units from number `first` on.
    """
    fighting, parties = {force.actor for force in seeds.forces}, {*seeds.attackers, defender_of(seeds)}
    seat = {actor.id: actor.seat for actor in seeds.actors}
    helpers = [
        (s.patron, s.client, entry)
        for s in seeds.supports
        if {s.patron, s.client} <= fighting
        and (entry := seat[s.patron] or seat[s.client]) is not None
        and any(seeds.at_war(s.patron, foe) and seeds.at_war(s.client, foe) for foe in parties if foe)
    ]
    rows = np.zeros(len(helpers), LINK).view(np.recarray)
    for k, (patron, client, entry) in enumerate(helpers):
        start = first + k * RESERVE_BODIES
        rows[k] = actors[patron], actors[client], places[entry], start, start + RESERVE_BODIES
    return rows


def unit_rows(bodies: Sequence[Body], links: np.recarray, measures: np.recarray) -> np.recarray:
    """Return one UNIT record per body: those laid down, those of `links`, those that `measures` send.

    Each measure that sends a body is told its number.
    """
    sends = np.flatnonzero(measures.kind == ChangeKind.SEND)
    units = np.zeros(len(bodies) + len(links) * RESERVE_BODIES + len(sends), UNIT).view(np.recarray)
    units.cell = units.home = units.next_unit = units.target = units.next_cell = units.aim = -1
    units.formation = -1
    units.arrives, units.mobility = np.inf, Mobility.MOBILE
    for k, body in enumerate(bodies):
        u = units[k]
        u.actor, u.mobility, u.formation = body.actor, body.mobility, body.force
        u.home, u.share, u.willing = body.cell, body.share, body.willing
    for link in links:
        units.actor[link.next_unit : link.last_unit] = link.actor
    for k, row in enumerate(sends, start=len(units) - len(sends)):
        units.actor[k] = measures.a[row]
        measures.unit[row] = k
    ends = np.append(np.flatnonzero(np.diff(units.actor)) + 1, len(units))
    units.run_end = ends[np.searchsorted(ends, np.arange(len(units)), side="right")]
    return units
