"""Simulation-based calibration of updating: what is true has a uniform rank among the histories given its reports."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import special, stats

from simulation.selftest.check import LARGEST_Z, CheckResult, Distance
from simulation.selftest.format import number
from simulation.selftest.trials import Trial, aleppo, two_valleys

TRUTHS = 1_000
"""Drawn from the pool of each world, which has fewer histories: what is said of one is drawn anew each time."""
ORDER = 4
"""Legendre polynomials by which ranks are compared with uniform ones: shift, width, skewness and one more."""
TENTHS = 10


def uniform(name: str, ranks: np.ndarray, histories: int) -> CheckResult:
    """Return Neyman's smooth test that ranks (n,), 0 to 1, are uniform, by the normal deviate of its chance.

    Source: Neyman 1937, Skandinavisk Aktuarietidskrift 20, 149-199.
    """
    scaled = [
        np.sqrt((2 * k + 1) / len(ranks)) * special.eval_legendre(k, 2 * ranks - 1).sum()
        for k in range(1, ORDER + 1)
    ]
    found = float(np.square(scaled).sum())
    tenths = np.histogram(ranks, TENTHS, (0, 1))[0]
    return CheckResult(
        check=name, value=found, reference=ORDER, measured=Distance.Z, allowed=LARGEST_Z,
        tried=f"{number(len(ranks))} truths among {number(histories)}; by tenths {' '.join(map(str, tenths))}",
        distance=float(-special.ndtri_exp(stats.chi2.logsf(found, ORDER))),
    )  # fmt: skip


def results() -> Iterator[CheckResult]:
    """Yield a line for each input that reports bear on, for outcomes and for the likelihood, of both worlds."""
    for number_of, make in enumerate((two_valleys, aleppo), start=1):
        trial = make()
        for name, found in ranks_of(trial, TRUTHS, number_of).items():
            yield uniform(f"{trial.title}: rank of {name}", found, trial.pool.number)


def ranks_of(trial: Trial, truths: int, seed: int) -> dict[str, np.ndarray]:
    """Return the rank of the truth in every quantity of a trial, f8 (truths,) each."""
    return trial.pool.ranks(trial.quantities, trial.witness, truths, seed)
