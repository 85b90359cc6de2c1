"""The tables of docs/model.md that show what the program makes of the seeds of aleppo.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from simulation.documents.numbers import Numbers
from simulation.documents.relation import BEARING, HOSTILE, SUPPORT, Relation
from simulation.documents.speakers import SPEAKERS, Speaker
from simulation.world.world import World

STANCES = ("none", "defend", "attack", "dormant")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def world_tables(world: World) -> dict[str, str]:
    """Return the tables by the names that the template uses."""
    return {
        "weights": _weights(),
        "trust": ", ".join(f"`{each.id}` {each.word:g}" for each in _heard(world)),
        "speakers": _speakers(world),
        "relations": _relations(world),
        "roles": _roles(world),
        "wars": _wars(world),
        "links": _links(world),
        "truces": _truces(world),
        "map": _map(world),
        "forces": _forces(world),
    }


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "nobody"


def _weights() -> str:
    words = {SUPPORT: "support", HOSTILE: "hostile"}
    rows = [
        (f"`{p.value}`", words.get(sign, "neither"), weight or "") for p, (sign, weight) in BEARING.items()
    ]
    return table(["Predicate", "Sign", "Weight"], rows)


def _heard(world: World) -> list[Speaker]:
    """Return who may speak, but for actors who speak for themselves."""
    actors = set(world.actors) - SPEAKERS.keys()
    return [each for name, each in world.seeds.speakers.items() if name not in actors]


def _speakers(world: World) -> str:
    rows = [
        (f"`{row.id}`", _span(row.trust), row.trust.assumption, _off(row), _why_off(row))
        for row in _heard(world)
    ]
    return table(["Speaker", "Trust", "Assumption", "Counts are off by", "Assumption"], rows)


def _span(numbers: Numbers) -> str:
    low, best, high = numbers.span
    return f"{best:g} ({low:g} to {high:g})"


def _off(row: Speaker) -> str:
    spread = f"`{row.spread}`" if isinstance(row.spread, str) else _span(row.spread)
    seen = f", and counts `{row.seen}` of what happened" if row.seen else ""
    return f"{spread}{', too high by half of it' if row.exaggerates else ''}{seen}"


def _why_off(row: Speaker) -> str:
    return "the input of this name" if isinstance(row.spread, str) else row.spread.assumption or ""


def _relations(world: World) -> str:
    rows = [
        (f"`{each.a}`", f"`{each.b}`", _sign(each), "yes" if world.seeds.at_war(each.a, each.b) else "")
        for each in world.seeds.relations
    ]
    return table(["Actor", "Actor", "Relation", "At war"], rows)


def _sign(relation: Relation) -> str:
    word = {SUPPORT: "support", HOSTILE: "hostile"}.get(relation.sign)
    return f"{word} {relation.strength:.2f}" if word else "neither"


def _roles(world: World) -> str:
    rows = []
    for k, name in enumerate(world.actors):
        a = world.template.actors[k]
        units = sum(body.actor == k for body in world.bodies)
        rival = f"`{world.actors[a.rival]}`" if a.rival >= 0 else ""
        commander = f"`{world.actors[a.commander]}`"
        bloc, stance = f"`{world.seeds.blocs[name]}`", STANCES[a.stance] + (", leads" if a.leads else "")
        rows.append((f"`{name}`", bloc, stance, commander, rival, units or "", a.seats or ""))
    return table(["Actor", "Bloc", "Stance", "Commander", "Rival", "Units", "Seats held"], rows)


def _wars(world: World) -> str:
    count = len(world.actors)
    hostile = world.template.pairs.hostile.reshape(count, count) != 0
    rows = []
    for k, name in enumerate(world.actors):
        foes = [(int(world.template.actors[k].foe_bits) >> other) & 1 == 1 for other in range(count)]
        now = _names(n for n, fights in zip(world.actors, foes, strict=True) if fights)
        later = _names(
            n for n, war, fights in zip(world.actors, hostile[k], foes, strict=True) if war and not fights
        )
        rows.append((f"`{name}`", now, later))
    return table(["Actor", "Fights from the start", "At war with, but one of the two is dormant"], rows)


def _links(world: World) -> str:
    rows = [
        (
            f"`{world.actors[link.actor]}`",
            f"`{world.actors[link.client]}`",
            world.places[link.entry],
        )
        for link in world.template.links
    ]
    return table(["Who sends", "Whom it helps", "Where bodies arrive"], rows)


def _truces(world: World) -> str:
    start = world.scenario.start
    return "; ".join(
        f"`{truce.a}` and `{truce.b}`, from day {max(0.0, truce.day(start)):.3g}"
        for truce in world.seeds.truces
    )


def _map(world: World) -> str:
    cells, region = world.region.cells, world.region
    held = np.bincount(cells.control[cells.control >= 0], minlength=len(region.controllers))
    by = ", ".join(f"`{name}` {number:,}" for name, number in zip(region.controllers, held, strict=True))
    roads = np.bincount(cells.road, minlength=4)
    return (
        f"{len(cells):,} cells, of which {int((cells.urban > 0).sum()):,} are built up to some degree; {by}; "
        f"no road in {roads[0]:,}, secondary in {roads[1]:,}, primary in {roads[2]:,}, motorway in {roads[3]:,}; "
        f"ruggedness 0 to {cells.ruggedness.max():.0f} m, median {np.median(cells.ruggedness):.0f} m; "
        f"{int(cells.villages.sum()):,} villages; {len(region.places)} places; {int(cells.population.sum()):,} "
        f"people; mean step {world.template.world[0].cell_km:.2f} km"
    )


def _forces(world: World) -> str:
    rows = []
    for force in world.seeds.forces:
        where = "; ".join(force.where.names)
        if force.where.against:
            where = f"front against `{force.where.against}`: {where}"
        row = (f"`{force.id}`", f"`{force.actor}`", force.units, f"{force.share:g}", force.mobility)
        rows.append((*row, f"{force.entrenchment:g}", where))
    return table(["Force", "Actor", "Units", "Share", "Mobility", "Entrenched", "Where"], rows)
