"""How two actors stand to each other, computed from what claims say.

Each claim bears on a pair by its predicate (a sign and a weight) and counts as far as it is trusted. Claims
for support and claims for hostility combine as independent reasons do: `1 - product(1 - weight * trust)`.
The relation is the difference of the two, and too small a difference is no sign. Where the latest claim says
that the two keep out of each other's way or are ambiguous, they do, whatever was said of earlier years.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from simulation.documents.claim import Claim
from simulation.documents.vocabulary import Predicate

SUPPORT, HOSTILE, NEITHER = 1, -1, 0

BEARING: dict[Predicate, tuple[int, float]] = {
    Predicate.SUPPORTS: (SUPPORT, 0.8),
    Predicate.FIGHTS_BESIDE: (SUPPORT, 0.6),
    Predicate.ALLIED_WITH: (SUPPORT, 0.5),
    Predicate.FIGHTS: (HOSTILE, 0.9),
    Predicate.LAUNCHED: (HOSTILE, 0.9),
    Predicate.ATTACKS: (HOSTILE, 0.8),
    Predicate.BOMBARDS: (HOSTILE, 0.8),
    Predicate.KILLED_COMMANDER: (HOSTILE, 0.8),
    Predicate.OPPOSES: (HOSTILE, 0.5),
    Predicate.ACCUSES: (HOSTILE, 0.3),
    Predicate.DECONFLICTS: (NEITHER, 0.0),
    Predicate.AMBIGUOUS_TOWARD: (NEITHER, 0.0),
}
"""Sign and weight (0..1) of each predicate that bears on a relation (assumptions); others bear on none."""

_LEAST_MARGIN = 0.15


@dataclass(frozen=True, kw_only=True)
class Relation:
    """How actors a and b stand: sign +1 support, -1 hostile, 0 neither; strength 0..1; since which year."""

    a: str
    b: str
    sign: int
    strength: float
    since: int | None
    claims: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a sign or strength outside its range."""
        if self.sign not in (SUPPORT, HOSTILE, NEITHER) or not 0 <= self.strength <= 1:
            raise ValueError(f"sign {self.sign} and strength {self.strength} of {self.pair} are out of range")

    @property
    def pair(self) -> frozenset[str]:
        """The two actors without order."""
        return frozenset((self.a, self.b))


def relations_from(claims: Iterable[Claim], actors: Sequence[str]) -> tuple[Relation, ...]:
    """Return the relation of every pair that a claim bears on, in the order of the actors."""
    bearing = [claim for claim in claims if claim.predicate in BEARING]
    pairs = ((a, b, _between(bearing, a, b)) for a, b in combinations(actors, 2))
    return tuple(_relation(a, b, found) for a, b, found in pairs if found)


def combined(claims: Iterable[Claim]) -> float:
    """Return the strength 0..1 of claims that all say the same, as independent reasons combine."""
    return 1 - math.prod(1 - BEARING[claim.predicate][1] * claim.trust for claim in claims)


def _between(claims: Iterable[Claim], a: str, b: str) -> list[Claim]:
    return [
        claim
        for claim in claims
        if (claim.subject == a and b in claim.objects) or (claim.subject == b and a in claim.objects)
    ]


def _relation(a: str, b: str, claims: list[Claim]) -> Relation:
    margin = combined(_with_sign(claims, SUPPORT)) - combined(_with_sign(claims, HOSTILE))
    sign = _sign(claims, margin)
    begun = [claim.begins[:4] for claim in _with_sign(claims, sign) if claim.begins]
    return Relation(
        a=a,
        b=b,
        sign=sign,
        strength=0.0 if sign == NEITHER else abs(margin),
        since=int(min(begun)) if begun else None,
        claims=tuple(claim.id for claim in claims),
    )


def _sign(claims: list[Claim], margin: float) -> int:
    calm = max((claim.begins for claim in _with_sign(claims, NEITHER)), default=None)
    loud = max((claim.begins for claim in claims if BEARING[claim.predicate][0] != NEITHER), default="")
    if (calm is not None and calm >= loud) or abs(margin) < _LEAST_MARGIN:
        return NEITHER
    return SUPPORT if margin > 0 else HOSTILE


def _with_sign(claims: Iterable[Claim], sign: int) -> list[Claim]:
    return [claim for claim in claims if BEARING[claim.predicate][0] == sign]
