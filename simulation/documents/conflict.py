"""What follows for the fighting: wars, who attacks, who lies quiet, who helps whom, and truces in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from simulation.documents.claim import Claim
from simulation.documents.moment import beginning
from simulation.documents.relation import HOSTILE, SUPPORT, Relation, combined
from simulation.documents.vocabulary import Predicate

FIRE = frozenset(
    {
        Predicate.FIGHTS,
        Predicate.LAUNCHED,
        Predicate.ATTACKS,
        Predicate.BOMBARDS,
        Predicate.KILLED_COMMANDER,
    }
)
"""Predicates that say somebody shoots; a pair that only opposes or accuses is hostile and not at war."""


@dataclass(frozen=True, kw_only=True)
class Support:
    """A patron that helps a client in this war, with strength 0..1."""

    patron: str
    client: str
    strength: float
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Truce:
    """A truce in force between two actors since an ISO time such as 2024-11-27T04:00."""

    a: str
    b: str
    since: str
    claims: tuple[str, ...]

    def day(self, start: date) -> float:
        """Return the day from a scenario's start on which the truce begins; negative when it began before.

        A time that names no day or month means the first of it.
        """
        return (beginning(self.since) - datetime(start.year, start.month, start.day)).total_seconds() / 86400


def wars_from(relations: Iterable[Relation], claims: Iterable[Claim]) -> frozenset[frozenset[str]]:
    """Return the pairs at war: hostile, and some claim says that one shoots at the other."""
    fire = {claim.id for claim in claims if claim.predicate in FIRE}
    hostile = [relation for relation in relations if relation.sign == HOSTILE]
    return frozenset(relation.pair for relation in hostile if not fire.isdisjoint(relation.claims))


def attackers_from(claims: Iterable[Claim]) -> frozenset[str]:
    """Return the actors of whom a claim says that they began an attack."""
    return frozenset(claim.subject for claim in claims if claim.predicate is Predicate.LAUNCHED)


def dormant_from(claims: Sequence[Claim]) -> frozenset[str]:
    """Return the actors with a quiet front of their own that no claim calls attackers."""
    quiet = frozenset(claim.subject for claim in claims if claim.predicate is Predicate.DORMANT)
    return quiet - attackers_from(claims)


def defenders_from(claims: Sequence[Claim]) -> frozenset[str]:
    """Return the actors of whom a claim says that they defend what they hold, and none that they began an attack."""
    defending = frozenset(claim.subject for claim in claims if claim.predicate is Predicate.DEFENDS)
    return defending - attackers_from(claims)


def supports_from(relations: Iterable[Relation], claims: Sequence[Claim]) -> tuple[Support, ...]:
    """Return who helps whom: pairs whose relation is support, with a claim that names one as the helper."""
    helping = [claim for claim in claims if claim.predicate is Predicate.SUPPORTS]
    return tuple(
        Support(
            patron=patron, client=client, strength=combined(found), claims=tuple(each.id for each in found)
        )
        for relation in relations
        if relation.sign == SUPPORT
        for patron, client in ((relation.a, relation.b), (relation.b, relation.a))
        if (found := [each for each in helping if each.subject == patron and client in each.objects])
    )


def truces_from(claims: Iterable[Claim], actors: Sequence[str]) -> tuple[Truce, ...]:
    """Return the truces that claims report, one a pair; the latest and most exact time counts."""
    found: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if claim.predicate is Predicate.TRUCE_WITH:
            for other in claim.objects:
                a, b = sorted((claim.subject, other), key=actors.index)
                found.setdefault((a, b), []).append(claim)
    return tuple(
        Truce(a=a, b=b, since=max(each.begins for each in said), claims=tuple(each.id for each in said))
        for (a, b), said in found.items()
    )
