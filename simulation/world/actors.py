"""Who fights whom and who commands, as the claims have it: blocs, stances, commanders, rivals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.documents import HOSTILE, Predicate, Seeds
from simulation.model.state import ACTOR, PAIR, PlaceKind, Stance
from simulation.region import Region
from simulation.world.land import Land
from simulation.world.laydown import Body

STRIKES = frozenset({Predicate.BOMBARDS, Predicate.ATTACKS})


def defender_of(seeds: Seeds) -> str | None:
    """Return whom the attackers fight: of those at war with one of them, the actor with most fighters."""
    foes = {name for war in seeds.wars if war & seeds.attackers for name in war - seeds.attackers}
    strength = {actor.id: actor.best("fighters") for actor in seeds.actors}
    return max(sorted(foes), key=strength.__getitem__, default=None)


def leader_of(seeds: Seeds) -> str | None:
    """Return the attacker that a claim says leads, or else the first."""
    leaders = {
        c.subject
        for c in seeds.claims.values()
        if c.predicate is Predicate.LEADS and c.id not in seeds.disbelieved
    }
    ordered = [name for name in seeds.actor_ids if name in seeds.attackers]
    return next((name for name in ordered if name in leaders), ordered[0] if ordered else None)


def actor_rows(seeds: Seeds, region: Region, bodies: Sequence[Body]) -> np.recarray:
    """Return one ACTOR record per actor, with the cell of its seat, or -1; it fights if a body is its own."""
    index = {name: k for k, name in enumerate(seeds.actor_ids)}
    blocs = {name: k for k, name in enumerate(dict.fromkeys(seeds.blocs.values()))}
    defender, leader = defender_of(seeds), leader_of(seeds)
    rows = np.zeros(len(index), ACTOR).view(np.recarray)
    on_map = {body.actor for body in bodies if body.share > 0}
    for name, k in index.items():
        row, actor = rows[k], seeds.actors[k]
        row.seat = region.place(actor.seat).cell if actor.seat is not None else -1
        row.bloc, row.fights, row.state = blocs[seeds.blocs[name]], k in on_map, actor.kind == "state"
        row.stance = _stance(seeds, name, defender)
        guarded = defender is not None and seeds.blocs[name] == seeds.blocs[defender]
        row.commander = index[defender] if guarded and defender is not None else k
        row.rival = index[defender] if defender is not None and has_quarrel(seeds, name, defender) else -1
        row.leads, row.listed = name == leader, actor.listed
        row.bound_by = -1 if actor.bound_by is None else index[actor.bound_by]
        row.next_touched = -1
    return rows


def has_quarrel(seeds: Seeds, a: str, b: str) -> bool:
    """Say whether the believed claims make two actors of different blocs hostile."""
    relation = seeds.relation(a, b)
    return relation is not None and relation.sign == HOSTILE and seeds.blocs[a] != seeds.blocs[b]


def _stance(seeds: Seeds, name: str, defender: str | None) -> int:
    if name in seeds.attackers:
        return Stance.OFFENSIVE
    # Who lies quiet towards a defender with whom it has no quarrel waits for nothing: it guards what it holds.
    outside = defender is not None and seeds.blocs[name] != seeds.blocs[defender]
    guards = defender is not None and outside and not has_quarrel(seeds, name, defender)
    if name in seeds.dormant and not guards:
        return Stance.DORMANT
    return Stance.DEFENSIVE if name == defender or name in seeds.dormant | seeds.defending else Stance.NONE


def pair_rows(seeds: Seeds, actors: np.recarray) -> np.recarray:
    """Return one PAIR record per ordered pair of actors.

    Besides those whom claims say are at war, whoever fights on the map under a commander is at war with all whom
    that commander is at war with.
    """
    names = seeds.actor_ids
    rows = np.zeros(len(names) ** 2, PAIR).view(np.recarray)
    for a, first in enumerate(names):
        for b, second in enumerate(names):
            rows[a * len(names) + b].hostile = first != second and seeds.at_war(first, second)
    war, led = rows.hostile.reshape(len(names), -1), actors.commander
    rows.hostile |= (war[np.ix_(led, led)] & np.outer(actors.fights, actors.fights)).ravel()
    for claim in seeds.claims.values():
        if claim.predicate in STRIKES and claim.id not in seeds.disbelieved:
            for other in claim.objects:
                rows[names.index(claim.subject) * len(names) + names.index(other)].struck = 1
    return rows


def set_bits(rows: np.recarray, pairs: np.recarray) -> None:
    """Note with each actor who belongs to its bloc and whom it fights: those at war with it, both awake."""
    awake = rows.stance != Stance.DORMANT
    fights = (pairs.hostile != 0).reshape(len(rows), -1) & np.outer(awake, awake)
    bits = 1 << np.arange(len(rows))
    rows.foe_bits = fights @ bits
    same = rows.bloc[:, None] == rows.bloc
    rows.bloc_bits = same @ bits
    every = np.arange(len(rows))
    helped = same & (rows.commander == every[:, None]) & (rows.fights != 0) & ~np.eye(len(rows), dtype=bool)
    rows.helper_bits = helped @ bits


def note_holdings(actors: np.recarray, land: Land, region: Region) -> None:
    """Note with each actor, ACTOR (actors,), what it holds; `capital` is a place, -1 for none."""
    ground, places = land.ground, land.places
    held = ground.control0 >= 0
    np.add.at(actors.area_m2, ground.control0[held], ground.area_m2[held])
    np.add.at(actors.people, ground.control0[held], region.cells.population[held])
    seats = places.holder0[(places.seat == 1) & (places.holder0 >= 0)]
    actors.seats = actors.seats_held = np.bincount(seats, minlength=len(actors))
    bases = places.holder0[(places.kind == PlaceKind.BASE) & (places.holder0 >= 0)]
    actors.bases = actors.bases_held = np.bincount(bases, minlength=len(actors))
    capital = np.full(len(actors), -1)
    found = np.flatnonzero((places.kind == PlaceKind.CAPITAL) & (places.holder0 >= 0))
    capital[places.holder0[found]] = found
    actors.capital = capital
