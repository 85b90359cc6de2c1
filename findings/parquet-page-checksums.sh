#!/usr/bin/env bash
# PyArrow 26.0.1, pandas 3.1.1: a Parquet file with checksums is read without a look at them.
#
# Seen: of 400 copies of a table in each of which another bit of its pages is turned, most are read without a word as other numbers.
#   The checksum of every page that the format provides is not written unless asked for; written, it is not looked at unless the
#   reader asks as well. pandas, and PyArrow's own read_table and dataset, do not. With both asked for, every copy is refused.
# One would guess: that a columnar file of this age, compressed, tells damage as gzip, PNG or zip do; or that a checksum that was
#   written is checked by whoever reads the file with the library that wrote it.
# Why: two options, write_page_checksum and page_checksum_verification, each off by default; Snappy has no checksum of its own.
# It follows: ask for both, and keep a checksum of the whole file beside it for readers that are not yours.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'pyarrow==26.0.1' 'pandas==3.1.1'
"$folder/venv/bin/python" - "$folder" <<'PY'
import random
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

file = Path(sys.argv[1]) / "t.parquet"
luck = random.Random(1)
frame = pd.DataFrame({"killed": [luck.uniform(0, 100) for _ in range(20_000)]})


def tried(read, **written):
    pq.write_table(pa.Table.from_pandas(frame), file, use_dictionary=False, **written)
    sound, told = file.read_bytes(), {"as other numbers": 0, "refused": 0, "unchanged": 0}
    luck = random.Random(2)
    for _ in range(400):
        damaged = bytearray(sound)
        damaged[luck.randrange(1000, len(sound) - 2000)] ^= 1 << luck.randrange(8)
        file.write_bytes(damaged)
        try:
            found = read(file)["killed"]
        except OSError:
            told["refused"] += 1
        else:
            told["unchanged" if found.equals(frame["killed"]) else "as other numbers"] += 1
    return told


plain = tried(pd.read_parquet)
checksums = tried(pd.read_parquet, write_page_checksum=True)
dataset = tried(lambda path: ds.dataset(path).to_table().to_pandas(), write_page_checksum=True)
asked = tried(
    lambda path: pd.read_parquet(path, page_checksum_verification=True), write_page_checksum=True
)
print("no checksums, pandas:", plain)
print("checksums written, pandas:", checksums)
print("checksums written, dataset:", dataset)
print("checksums written and asked for:", asked)
assert plain["as other numbers"] > 300
assert checksums["as other numbers"] > 300
assert dataset["as other numbers"] > 300
assert asked["refused"] == 400
PY
