"""A first laydown: a garrison for each held town that counts, a line for each front, and men who can move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.new_conflict.sides import Sides
from simulation.new_conflict.writing import drafted
from simulation.region.grid import distance_km
from simulation.region.region import Place

GARRISONS, FRONT_KM, FRONT_PLACES = 6, 30.0, 4
"""Towns of an actor with a garrison, how near an enemy's place makes a front [km], and the places along one."""
IN_GARRISON, IN_LINE, MOBILE = 0.4, 0.4, 0.2
"""Shares of an actor's fighters on the map; of one without a front all but the mobile ones are in garrisons."""
HEAD = (
    "# Who stood where on the evening before the first day. Drafted by a rule from who holds what: correct it by what "
    "is known.\n# The shares of an actor add up to one at most. Fields: see seeds/README.md of simulate.\n"
)


def laydown_text(sides: Sides) -> str:
    """Return the file."""
    return f"{HEAD}forces:\n" + "".join(line for actor in sides.places for line in _forces(actor, sides))


def _forces(actor: str, sides: Sides) -> Iterator[str]:
    places, fronts = sides.places[actor], _fronts(actor, sides)
    yield f"  # {actor}\n"
    for enemy, along in fronts.items():
        kind, mobility = ("assault", "mobile") if actor == sides.attacker else ("line", "static")
        where = ", ".join(each.name for each in along)
        position = f"front: [{where}], against: {enemy}" if len(along) > 1 else f"places: [{where}]"
        reason = f"a rule: places within {FRONT_KM:g} km of one that {enemy} holds"
        yield _force(
            f"{actor}-front-{enemy}", actor, kind, 4, IN_LINE / len(fronts), mobility, 0.4, position, reason
        )
    towns, part = places[:GARRISONS], IN_GARRISON + (0 if fronts else IN_LINE)
    total = sum(each.weight for each in towns)
    for number, town in enumerate(towns, 1):
        share = part * (town.weight / total if total else 1 / len(towns))
        reason = "a rule: a share by what the town weighs"
        yield _force(
            f"{actor}-garrison-{number}",
            actor,
            "garrison",
            2,
            share,
            "local",
            0.4,
            f"places: [{town.name}]",
            reason,
        )
    reason = "a rule: a fifth can be sent where it burns"
    yield _force(
        f"{actor}-reserve", actor, "reserve", 2, MOBILE, "mobile", 0.1, f"places: [{places[0].name}]", reason
    )


def _force(
    name: str,
    actor: str,
    kind: str,
    units: int,
    share: float,
    mobility: str,
    dug_in: float,
    where: str,
    reason: str,
) -> str:
    return (
        f"  - {{id: {name.replace('_', '-')}, actor: {actor}, kind: {kind}, units: {units}, share: {share:.3f}, "
        f"mobility: {mobility}, entrenchment: {dug_in},\n     where: {{{where}}}, assumption: {drafted(reason)}}}\n"
    )


def _fronts(actor: str, sides: Sides) -> dict[str, Sequence[Place]]:
    """Return the places of an actor along each front: those nearest to an enemy's, nearest first.

    Everybody has a front with the attacker, and the attacker with the defender.
    """
    enemies = [sides.defender] if actor == sides.attacker else [sides.attacker]
    found: dict[str, Sequence[Place]] = {}
    for enemy in enemies:
        near = [(_nearest(place, sides.places.get(enemy, ())), place) for place in sides.places[actor]]
        along = [place for km, place in sorted(near, key=lambda each: each[0]) if km <= FRONT_KM]
        if along:
            found[enemy] = along[:FRONT_PLACES]
    return found


def _nearest(place: Place, others: Sequence[Place]) -> float:
    return min(
        (float(distance_km(place.lat, place.lon, each.lat, each.lon)) for each in others),
        default=float("inf"),
    )
