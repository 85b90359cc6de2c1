"""Moves from a history to another, each as likely forth as back before anything is reported.

So a move is taken with the ratio of the likelihoods (Metropolis and Hastings), and the histories given the reports stay
as they are distributed. Either some inputs change and the luck stays, or the luck is new from some moment on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from simulation.conditioning.population import Population
from simulation.engine.branch import Lineage, Luck

NEAR = 0.8
"""The correlation of a score with the one it had, in the half of the moves that go near."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Proposal:
    """Where a move leads each history of a population, with what is known of it beforehand.

    `same_until` (n,) is the day up to which it stays as it was, `blocks` bool (n, width) which inputs change, `near`
    bool (n,) for which of the histories they change little only.
    """

    population: Population
    same_until: np.ndarray
    blocks: np.ndarray
    near: np.ndarray


def of_inputs(population: Population, blocks: np.ndarray, draw: np.random.Generator) -> Proposal:
    """Return histories with the same luck and other inputs, those of `blocks` bool (n, width).

    A score is drawn anew, or near the one it was: r times it plus sqrt(1 - r²) times a new one, which leaves the normal
    distribution as it is, forth and back. Source: Cotter et al. 2013, doi:10.1214/13-STS421.
    """
    scores, near = population.scores, draw.random(len(population)) < 0.5
    kept = np.where(near, NEAR, 0.0)[:, None]
    moved = kept * scores + np.sqrt(1 - kept * kept) * draw.standard_normal(scores.shape)
    return Proposal(
        population=replace(population, scores=np.where(blocks, moved, scores)),
        same_until=np.zeros(len(population)),
        blocks=blocks,
        near=near,
    )


def of_luck(population: Population, day: float, branch: int, draw: np.random.Generator) -> Proposal:
    """Return histories with the same inputs and new luck from a moment before a day; row k has (seed, k, branch)."""
    moments = day * draw.random(len(population))
    lineages = tuple(
        cut(lineage, Luck(float(moment), k, branch))
        for k, (lineage, moment) in enumerate(zip(population.lineages, moments, strict=True))
    )
    return Proposal(
        population=replace(population, lineages=lineages),
        same_until=moments,
        blocks=np.zeros(population.scores.shape, bool),
        near=np.zeros(len(population), bool),
    )


def cut(lineage: Lineage, luck: Luck) -> Lineage:
    """Return a lineage up to a moment, and other luck from there on."""
    return (*(each for each in lineage if each.day < luck.day), luck)
