"""What others say of a claim: who denies it makes it count less, who agrees makes it count more.

What a speaker says is so with a chance, its trust. Who denies it and is trusted d leads from odds p / (1 - p) to odds
p / (1 - p) x (1 - d) / d, who agrees to p / (1 - p) x d / (1 - d): Bayes' rule for independent witnesses, as for
reports of the course of the war. What a document states as a fact of its own is verified, and stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from simulation.documents.claim import Claim
from simulation.documents.speakers import Speaker
from simulation.documents.vocabulary import Predicate

SUREST = 0.99
"""The most that one speaker's yes or no counts for; nobody's denial makes a thing impossible (assumption)."""


def spoken(
    claims: Mapping[str, Claim], disbelieved: Collection[str], speakers: Mapping[str, Speaker]
) -> dict[str, Claim]:
    """Return the claims by id, each with its speaker and with what others say of it, but for what nobody believes."""
    odds = dict.fromkeys(claims, 1.0)
    for claim in claims.values():
        if claim.claim is not None and claim.claim in claims and claim.id not in disbelieved:
            odds[claim.claim] *= _factor(claim, claims[claim.claim], speakers)
    return {name: claim.said(speakers[claim.said_by], odds[name]) for name, claim in claims.items()}


def remarks(claims: Iterable[Claim], on: str, word: Predicate) -> tuple[str, ...]:
    """Return the ids of the claims that deny another, or agree with it."""
    return tuple(claim.id for claim in claims if claim.claim == on and claim.predicate is word)


def _factor(claim: Claim, other: Claim, speakers: Mapping[str, Speaker]) -> float:
    """Return by what a remark multiplies the odds of a claim; who says a thing twice says it once."""
    word = min(max(0.5, speakers[claim.subject].word), SUREST)
    if claim.predicate is Predicate.DENIES:
        return (1 - word) / word
    return 1.0 if claim.subject == other.said_by else word / (1 - word)
