#!/usr/bin/env bash
# pandas 3.1.1, Numba 0.68.1: a compiled function with a signature refuses every column of a DataFrame.
#
# Seen: `@njit("float64(float64[:])")` raises "No matching definition" for `frame["x"].to_numpy()` and takes the same
#   array copied, though it only reads. Without a signature, the function is compiled twice: once for arrays
#   of one's own, once for those out of a frame, and one that writes fails while compiling. `@vectorize` and
#   `@guvectorize` take both.
# One would guess: that an array of float64 is an array of float64, and that a cache or a warm-up call with
#   numpy arrays covers those of pandas.
# Why: under copy-on-write pandas 3 hands out views that cannot be written, and "read-only" is part of Numba's type.
# It follows: leave the signature out and warm up with both kinds, or copy at the border.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 numpy==2.5.5 numba==0.68.1
"$folder/venv/bin/python" - <<'PY'
import numpy as np
import pandas as pd
from numba import guvectorize, njit


@njit("float64(float64[:])")
def promised(values):
    return values.sum()


@njit
def open_to_all(values):
    return values.sum()


@guvectorize(["void(float64[:], float64[:])"], "(n)->(n)")
def by_row(values, out):
    out[:] = values


column = pd.DataFrame({"x": np.arange(5.0), "y": np.arange(5.0)})["x"].to_numpy()
try:
    refused = str(promised(column))
except TypeError as error:
    refused = str(error)
print("with a signature:", refused)
print("the same, copied:", promised(column.copy()))
open_to_all(np.arange(5.0))
open_to_all(column)
print("without one, compiled for:", open_to_all.signatures)
assert not column.flags.writeable
assert refused.startswith("No matching definition") and "readonly" in refused
assert promised(column.copy()) == 10.0
assert len(open_to_all.signatures) == 2
assert by_row(column).tolist() == column.tolist()
PY
