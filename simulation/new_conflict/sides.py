"""Who attacks whom, as far as drafted claims and the labels say: what laydown and endings are drafted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simulation.drafting.draft import Draft
from simulation.region.region import Place

WAR = {"launched": 3, "attacks": 2, "fights": 1, "bombards": 1, "took": 1}
"""What a claim weighs in finding the attacker: who began it before who shells."""


@dataclass(frozen=True, kw_only=True)
class Sides:
    """The attacker, whom it attacks, and the places of everybody, weightiest first."""

    attacker: str
    defender: str
    places: dict[str, tuple[Place, ...]]


def sides_of(places: Sequence[Place], drafts: Iterable[Draft]) -> Sides:
    """Return the sides; of equal ones the one that holds more. Both are among those who hold a place."""
    held: dict[str, list[Place]] = {}
    for place in sorted(places, key=lambda each: -each.weight):
        if place.control:
            held.setdefault(place.control, []).append(place)
    claimed = Counter[tuple[str, str]]()
    for draft in drafts:
        if draft.predicate in WAR and draft.subject in held:
            claimed[draft.subject, draft.object] += WAR[draft.predicate]
    weight = {actor: sum(each.weight for each in theirs) for actor, theirs in held.items()}
    ranked = sorted(weight, key=lambda actor: -weight[actor])
    by_attacker = Counter[str]()
    for (subject, _), points in claimed.items():
        by_attacker[subject] += points
    attacker = max(ranked, key=lambda actor: by_attacker[actor]) if by_attacker else ranked[-1]
    others = [actor for actor in ranked if actor != attacker]
    defender = max(others, key=lambda actor: (claimed[attacker, actor], weight[actor]), default="")
    return Sides(
        attacker=attacker, defender=defender, places={actor: tuple(each) for actor, each in held.items()}
    )
