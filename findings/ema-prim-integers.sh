#!/usr/bin/env bash
# EMA workbench 3.0.0 with pandas 3.1.1: PRIM fails on a table with a column of whole numbers; as decimals, truths or texts it goes.
#
# Seen: Prim(x, y).find_box() with a switch of 0 and 1 as int64 raises TypeError "Invalid value '0.5' for dtype 'int64'",
#   since the limit between two whole numbers is written into a frame of the column's own type, which pandas 3 no longer
#   widens. The same column as float64, bool or str gives a box of density 1.
# One would guess: whole numbers are the plainest input, and IntegerParameter, the workbench's own, makes such columns.
# It follows: turn all columns into decimals first, and put a limit between two values back onto one of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ema_workbench==3.0.0 pandas==3.1.1 numpy==2.5.5
"$folder/venv/bin/python" -W ignore - <<'PY'
import numpy as np
import pandas as pd
from ema_workbench.analysis.prim import Prim

draw = np.random.default_rng(1)
inputs = pd.DataFrame({"a": draw.random(500), "switch": draw.integers(0, 2, 500)})
happened = ((inputs["switch"] == 1) & (inputs["a"] > 0.5)).to_numpy(dtype=float)
for kind in (float, bool, str):
    box = Prim(inputs.astype({"switch": kind}), happened).find_box()
    print(f"as {kind.__name__}: density {box.density:.2f}, coverage {box.coverage:.2f}")
    assert box.density > 0.95

try:
    Prim(inputs, happened).find_box()
except TypeError as error:
    print("as int64: TypeError:", error)
else:
    raise SystemExit("whole numbers can be peeled now")
PY
