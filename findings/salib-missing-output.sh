#!/usr/bin/env bash
# SALib 1.6.0: one missing output among thousands makes every Sobol' index exactly 0, with intervals of width 0.
#
# Seen: sobol.analyze on 2,048 outputs of a function of three inputs gives 0.94, 0.06 and 0. With one output set to
#   NaN it returns 0.0 for all first-order and total indices and for the width of every interval: no NaN, no error.
# One would guess: NaN everywhere, an error, or the one row left out. A zero with a sure interval reads as "no input matters".
# It follows: look for NaN before the analysis; a design cannot lose a row, since rows belong together in blocks.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check SALib==1.6.0 numpy==2.5.5 scipy==1.18.1 pandas==3.1.1
"$folder/venv/bin/python" - <<'PY'
import numpy as np
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as design

problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
points = design.sample(problem, 256, seed=1)
outputs = 4 * points[:, 0] + points[:, 1] ** 2
whole = analysis.analyze(problem, outputs, seed=1)
print(len(outputs), "outputs, first order:", np.round(whole["S1"], 2))
assert 0.9 < whole["S1"][0] < 0.97 and 0.04 < whole["S1"][1] < 0.1

outputs[7] = np.nan
found = analysis.analyze(problem, outputs, seed=1)
for kind in ("S1", "S1_conf", "ST", "ST_conf"):
    print("one of them NaN,", kind, found[kind])
    assert (np.asarray(found[kind]) == 0.0).all()
PY
