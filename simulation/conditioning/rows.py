"""The histories of a run that was updated sequentially: who goes on to the end, and under which luck."""

from __future__ import annotations

import numpy as np

from simulation.conditioning.sampler import Conditioned
from simulation.conditioning.scores import NormalScores
from simulation.engine.branch import Descent, Luck
from simulation.engine.branched import BranchedHistories


def rows_of(conditioned: Conditioned, scores: NormalScores, seed: int) -> BranchedHistories:
    """Return the histories, each going on to its end from an ancestor under new luck.

    Row k draws with the address (seed, k, branch). All count alike; those that go on from the same history have the
    same ancestor, by number among the different ones, and those of one first draw the same origin.
    """
    population, day = conditioned.population, conditioned.day
    _, ancestors = np.unique(population.names, return_inverse=True)
    descents = tuple(
        Descent(
            seed, (*lineage, Luck(day, row, conditioned.branch)), int(ancestor), since=day, origin=int(origin)
        )
        for row, (lineage, ancestor, origin) in enumerate(
            zip(population.lineages, ancestors, population.origins, strict=True)
        )
    )
    return BranchedHistories(inputs=scores.inputs(population.scores), descents=descents, seed=seed)
