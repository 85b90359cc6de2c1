#!/usr/bin/env bash
# pandas 3.1.1, NumPy 2.5.5, PyArrow 26.0.1: a row that is there in the frame is not there for the filter of its file.
#
# Seen: in a float32 column that holds 0.1, `frame[frame.share == 0.1]` finds the row; `read_parquet(filters=...)` with
#   the same comparison finds none, and `<= 0.2` loses the row of 0.2. Turning the column from float32 or Float32
#   to float[pyarrow] in memory changes the answer of the same line of code too, and so does `isin`.
# One would guess: that a filter handed to the reader is only a faster way to the same rows.
# Why: since NumPy 2 a Python float adapts to a float32 column; Arrow takes it for a double and widens the column.
# It follows: filter float32 files by numpy.float32(...), or between two values, or after reading.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 numpy==2.5.5 pyarrow==26.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import numpy as np
import pandas as pd

frame = pd.DataFrame({"share": np.array([0.1, 0.2, 0.5], dtype="float32")})
frame.to_parquet("shares.parquet")


def from_file(comparison, value):
    return len(pd.read_parquet("shares.parquet", filters=[("share", comparison, value)]))


equal = {
    "in the frame": int((frame.share == 0.1).sum()),
    "as Float32": int((frame.share.astype("Float32") == 0.1).sum()),
    "as float[pyarrow]": int((frame.share.astype("float[pyarrow]") == 0.1).sum()),
    "by isin": int(frame.share.isin([0.1]).sum()),
    "by the file's filter": from_file("==", 0.1),
    "by the file's filter, a float32": from_file("==", np.float32(0.1)),
}
most = {"in the frame": int((frame.share <= 0.2).sum()), "by the file's filter": from_file("<=", 0.2)}
print("rows equal to 0.1:", equal)
print("rows of at most 0.2:", most)
assert list(equal.values()) == [1, 1, 0, 0, 0, 1]
assert list(most.values()) == [2, 1]
PY
