"""Moves from a history to another, each as likely forth as back before anything is reported.

So a move is taken with the ratio of the likelihoods (Metropolis and Hastings), and the histories given the reports stay
as they are distributed. Some of the inputs are drawn anew, all others stay; luck is kept up to a moment and new from
there on. An input that changes soon changes everything, so that many at once fare no worse than few.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulation.conditioning.population import Population
from simulation.engine.branch import Lineage, Luck


@dataclass(frozen=True, kw_only=True)
class Move:
    """A kind of move: the share of the inputs that is drawn anew, and whether luck is new from some moment."""

    share: float = 0.0
    luck: bool = False


MOVES = (
    Move(luck=True), Move(share=0.5), Move(luck=True), Move(share=0.3), Move(luck=True, share=0.25), Move(share=0.8),
)  # fmt: skip
"""What is tried, one after the other."""
OF_LUCK = (Move(luck=True),)
"""What is tried where no input is uncertain."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Proposal:
    """Where a move leads each history of a population, with what is known of it beforehand, (n,).

    `less_likely` is the logarithm of how much more often it is proposed than the way back, and `same_until` the day up
    to which it stays as it was.
    """

    population: Population
    less_likely: np.ndarray
    same_until: np.ndarray


def proposed(
    move: Move, population: Population, day: float, middle: np.ndarray, branch: int, draw: np.random.Generator
) -> Proposal:
    """Return where a move leads each history; new luck of row k has the address (seed, k, branch).

    New scores come from normal distributions round `middle` (width,), by which they are corrected for: the middle of
    the scores so far lets more moves be taken than that before the reports, which is 0.
    """
    scores, lineages, same = population.scores, population.lineages, np.zeros(len(population))
    if move.share:
        new = middle + draw.standard_normal(scores.shape)
        scores = np.where(draw.random(scores.shape) < move.share, new, scores)
    if move.luck:
        moments = day * draw.random(len(population))
        same = same if move.share else moments
        lineages = tuple(
            cut(lineage, Luck(float(moment), k, branch))
            for k, (lineage, moment) in enumerate(zip(lineages, moments, strict=True))
        )
    less_likely = (scores - population.scores) @ middle
    return Proposal(
        population=replace(population, scores=scores, lineages=lineages),
        less_likely=less_likely,
        same_until=same,
    )


def cut(lineage: Lineage, luck: Luck) -> Lineage:
    """Return a lineage up to a moment, and other luck from there on."""
    return (*(each for each in lineage if each.day < luck.day), luck)
