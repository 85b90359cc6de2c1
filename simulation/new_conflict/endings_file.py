"""First endings, from the weightiest places: truce, loss of one and of the other, thrown back, held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulation.new_conflict.sides import Sides
from simulation.new_conflict.writing import drafted, word

HEAD = (
    "# How a history can end: the first that holds, read from the top. Drafted from who holds what: name what a "
    "newspaper would\n# have said of it, before you run anything. Fields: see seeds/README.md of simulate.\n"
)
LEAST_KM2, KEPT = 100, 0.5
"""What attackers must have gained, and the share of it that is left of an attack that was thrown back."""


def endings_text(sides: Sides, names: Mapping[str, str]) -> str:
    """Return the file; `names` are those of actors."""
    return f"{HEAD}endings:\n" + "".join(_endings(sides, names))


def _endings(sides: Sides, names: Mapping[str, str]) -> Iterator[str]:
    attacker, defender = names[sides.attacker], names[sides.defender]
    first, *others = [each.name for each in sides.places[sides.defender][:2]]
    pair, lost = f"truce: [{sides.attacker}, {sides.defender}]", f"lost: [{first}], by: {sides.defender}"
    truce = f"A truce of {attacker} and {defender} is in force at the end"
    yield _ending("truce_place_lost", f"{truce}, and {first} is lost.", f"{{{pair}, {lost}}}")
    yield _ending("truce", f"{truce}, and {defender} holds {first}.", f"{{{pair}}}")
    yield _ending(f"{word(first)}_falls", f"{defender} loses {first}, without a truce.", f"{{{lost}}}")
    for other in others:
        told = f"{defender} loses {other} and holds {first}, without a truce."
        yield _ending(f"{word(other)}_falls", told, f"{{lost: [{other}], by: {sides.defender}}}")
    gained = f"{attacker} had taken {LEAST_KM2} km² or more and has lost again at least half of it, without a truce."
    thrown = f"{{thrown_back: {{of: {sides.attacker}, least_km2: {LEAST_KM2}, kept: {KEPT}}}}}"
    yield _ending("thrown_back", gained, thrown)
    yield _ending(
        "contained", f"{defender} holds {' and '.join((first, *others))}, without a truce.", "always"
    )


def _ending(name: str, meaning: str, when: str) -> str:
    return f"  - {{id: {name}, meaning: {drafted(meaning)}, when: {when}, stops: false}}\n"
