"""What speakers would say of a history, drawn from what is written of them and not from the likelihoods.

Sources: docs/updating.md, "What a report is worth", and the head of the process `report`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from simulation.documents import Amount, Claim, Speaker

NONE = 0.5
"""None counts as one half, and who has counted less than that says none."""
Said = tuple[Claim, bool]
"""A claim that is made, and for a yes or no whether yes is said."""


def said(claims: Sequence[Claim], truths: Sequence[float], inputs: Mapping[str, float], draw: np.random.Generator
         ) -> Iterator[Said]:  # fmt: skip
    """Yield the claims with what their speakers say where `truths` are so, one for each, counts being totals so far.

    The claims are in order of the moments that they speak of. Each lends its speaker, its matter and its form: a
    count, the part in which a count lies that is cut where the claim cuts it, or a yes or no.
    """
    counting = _Counting(inputs, draw)
    for claim, truth in zip(claims, truths, strict=True):
        if claim.quantity is None:
            believed = draw.random() < max(0.5, claim.trust)
            yield claim, bool(truth) == believed
        else:
            yield claim.model_copy(update={"quantity": counting.amount(claim, truth)}), True


@dataclass
class _Counting:
    """The counts of all speakers of one history."""

    inputs: Mapping[str, float]
    draw: np.random.Generator
    before: dict[tuple[object, ...], tuple[float, float]] = field(default_factory=dict)
    """By speaker and thing: what had happened when it was last counted, and what was said of that."""

    def amount(self, claim: Claim, total: float) -> Amount:
        """Return what is said of a total, in the form of the claim's amount."""
        form = claim.quantity
        assert form is not None
        if form.value is None:
            return _part(form, self.counted(claim.speaker, total))
        thing = claim.said_by, claim.predicate, claim.subject, claim.objects, claim.about, form.unit
        happened, told = self.before.get(thing, (0.0, 0.0))
        told += self.counted(claim.speaker, total - happened)
        self.before[thing] = total, told
        return Amount(value=told, unit=form.unit)

    def counted(self, speaker: Speaker, new: float) -> float:
        """Return what a speaker counts of what is new."""
        spread = speaker.spread
        deviation = self.inputs[spread] if isinstance(spread, str) else spread.span[1]
        error = deviation * float(self.draw.standard_normal())
        lifted = error + deviation / 2 if speaker.exaggerates else error
        seen = self.inputs[speaker.seen] if speaker.seen else 1.0
        found = max(new, NONE) * seen * math.exp(lifted)
        return found if found >= NONE else 0.0


def _part(form: Amount, counted: float) -> Amount:
    """Return the part in which a count lies: below the range of a claim, within it, or above it."""
    if form.low is not None and counted < form.low:
        return Amount(high=form.low, unit=form.unit)
    if form.high is not None and counted > form.high:
        return Amount(low=form.high, unit=form.unit)
    return form


Witness = Callable[[int, np.random.Generator], Iterator[Said]]
"""Makes the claims of a history, by its number in a pool."""
