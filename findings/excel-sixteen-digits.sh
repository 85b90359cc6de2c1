#!/usr/bin/env bash
# openpyxl 3.1.5, XlsxWriter 3.3.1: a table that goes through a workbook comes back as other numbers, without Excel.
#
# Seen: 0.1 + 0.2 is written as 0.3. Of 1,000 draws between 0 and 1 some 220 are read back as another number, from the
#   files of both writers alike; a CSV file of pandas 3.1.1 gives every one of them back.
# One would guess: that the file holds all digits of a double, as those that Excel itself writes do (it shows 15 and
#   stores 17), and that only a person with a spreadsheet loses any.
# Why: both format a number with 16 significant digits; a double needs up to 17.
# It follows: never check by equality, hash or group by what came through .xlsx; hand on Parquet or CSV beside it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 XlsxWriter==3.3.1 pandas==3.1.1
"$folder/venv/bin/python" - <<'PY'
import io
import random

import pandas as pd

luck = random.Random(1)
numbers = [0.1 + 0.2] + [luck.random() for _ in range(1000)]
frame = pd.DataFrame({"number": numbers})


def back(engine):
    file = io.BytesIO()
    if engine == "csv":
        frame.to_csv(file, index=False)
        file.seek(0)
        return pd.read_csv(file)["number"].tolist()
    frame.to_excel(file, index=False, engine=engine)
    return pd.read_excel(file, engine="openpyxl")["number"].tolist()


for engine, others in (("openpyxl", 222), ("xlsxwriter", 222), ("csv", 0)):
    read = back(engine)
    changed = sum(a != b for a, b in zip(numbers, read, strict=True))
    print(f"{engine}: 0.1 + 0.2 is read as {read[0]!r}; {changed} of {len(numbers)} numbers are others")
    assert (read[0] == 0.3) == (engine != "csv")
    assert changed == others
PY
