#!/usr/bin/env bash
# SciPy 1.18.1, NumPy 2.5.5: the same weights, the same argument, two medians, one of them the smallest draw.
#
# Seen: scipy.stats.quantile with weights that sum to 1 returns the minimum of the sample for every probability,
#   without a warning. Multiplied by the number of draws, the same weights give the median. numpy.quantile does not
#   mind the scale, except by rounding: with equal weights 1/n some quartile, decile's edge or median of 0 ... n-1
#   differs from that with weights 1 for 37 of the n from 2 to 200.
# One would guess: that weights are relative, as in numpy.average and as importance sampling leaves them, so that
#   w and w / sum(w) say the same; or that a library which counts them refuses counts below 1.
# It follows: hand over weights scaled to sum to n, never normalised ones, and test a weighted quantile against
#   the quantile of repeated rows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scipy==1.18.1 numpy==2.5.5
"$folder/venv/bin/python" - <<'PY'
import warnings

import numpy as np
from scipy import stats

warnings.simplefilter("error")
draws = np.random.default_rng(1).lognormal(size=1000)
weights = np.random.default_rng(2).uniform(0.5, 1.5, size=1000)
share = weights / weights.sum()

of_scipy = [float(stats.quantile(draws, p, weights=share)) for p in (0.05, 0.5, 0.95)]
scaled = float(stats.quantile(draws, 0.5, weights=share * len(draws)))
of_numpy = float(np.quantile(draws, 0.5, weights=share, method="inverted_cdf"))
print(f"smallest draw {draws.min():.4f}, plain median {np.median(draws):.4f}")
print("scipy, weights that sum to 1, p = 0.05, 0.5, 0.95:", *(f"{each:.4f}" for each in of_scipy))
print(f"scipy, weights that sum to n: median {scaled:.4f}; numpy, weights that sum to 1: median {of_numpy:.4f}")
assert np.allclose(of_scipy, draws.min(), rtol=1e-9)
assert abs(scaled - of_numpy) < 0.01 and scaled > 0.8


def quantiles(n, weight):
    points = [0.05, 0.25, 0.5, 0.75, 0.95]
    return np.quantile(np.arange(n), points, weights=np.full(n, weight), method="inverted_cdf")


moved = [n for n in range(2, 201) if (quantiles(n, 1.0) != quantiles(n, 1 / n)).any()]
print(f"numpy, equal weights 1/n instead of 1: other quantiles for {len(moved)} n, the first {moved[:4]}")
assert len(moved) == 37 and moved[:4] == [12, 20, 40, 42]
PY
