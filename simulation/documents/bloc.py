"""Blocs: who stands together, by structural balance.

Every actor begins as a bloc of its own. The two blocs with the most support between them and no hostile
pair across them become one; this repeats until no two can. So friends of friends come together, and an
enemy in the other bloc keeps them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from simulation.documents.relation import HOSTILE, SUPPORT, Relation

Bloc = tuple[str, ...]


def blocs_from(relations: Iterable[Relation], actors: Sequence[str]) -> dict[str, str]:
    """Return the bloc of every actor, named by its first member in the order of the actors.

    Ties go to the blocs that come first in that order.
    """
    known = {relation.pair: relation for relation in relations}
    blocs: list[Bloc] = [(actor,) for actor in actors]
    while (closest := _closest(blocs, known)) is not None:
        first, second = closest
        joined = tuple(actor for actor in actors if actor in first or actor in second)
        blocs = [joined if bloc == first else bloc for bloc in blocs if bloc != second]
    return {actor: bloc[0] for bloc in blocs for actor in bloc}


def _closest(blocs: list[Bloc], known: dict[frozenset[str], Relation]) -> tuple[Bloc, Bloc] | None:
    pairs = list(combinations(blocs, 2))
    supports = [_support(first, second, known) for first, second in pairs]
    most = max(supports, default=0.0)
    return pairs[supports.index(most)] if most > 0 else None


def _support(first: Bloc, second: Bloc, known: dict[frozenset[str], Relation]) -> float:
    """Return the sum of support between two blocs, or 0 when any pair across them is hostile."""
    across = [known[pair] for a in first for b in second if (pair := frozenset((a, b))) in known]
    if any(relation.sign == HOSTILE for relation in across):
        return 0.0
    return sum(relation.strength for relation in across if relation.sign == SUPPORT)
