#!/usr/bin/env bash
# DuckDB 2.0.1, PyArrow 26.0.1, polars 2.1.0, pandas 3.1.1: which rows a filter finds depends on where row groups begin.
#
# Seen: four rows, 1, NaN, 9, NaN. `where x > 5` finds 3 of them in DuckDB if the file has one row group, 2 if it has
#   two, and `where x > 10` finds none, though DuckDB holds NaN to be greater than any number: the same rows in a table
#   of its own give 3 and 2. A file that DuckDB wrote itself gives 3 and 2 as well. polars finds 3 and 2 in every file,
#   pandas and PyArrow 1 and 0. `max(x)` is NaN in DuckDB and 9 in polars and pandas.
# One would guess: that row groups are only a matter of speed, and that readers of one file agree on x > 5.
# Why: the largest value that PyArrow and polars record of a row group leaves NaN out, as the format asks, and DuckDB
#   passes over groups whose largest value is too small, without asking whether they have NaN.
# It follows: write missing numbers as null, or filter by `x > 5 and not isnan(x)`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    duckdb==2.0.1 polars==2.1.0 pandas==3.1.1 numpy==2.5.5 pyarrow==26.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

nan = float("nan")
rows = pa.table({"x": [1.0, nan, 9.0, nan]})
pq.write_table(rows, "one.parquet", row_group_size=4)
pq.write_table(rows, "two.parquet", row_group_size=2)
duckdb.sql("create table kept as select * from rows")
duckdb.sql("copy kept to 'own.parquet'")


def counted(source):
    return [duckdb.sql(f"select count(*) from {source} where x > {least}").fetchall()[0][0] for least in (5, 10)]


found = {
    "DuckDB, one row group": counted("'one.parquet'"),
    "DuckDB, two row groups": counted("'two.parquet'"),
    "DuckDB, its own table": counted("kept"),
    "DuckDB, its own file": counted("'own.parquet'"),
    "polars": [pl.scan_parquet("two.parquet").filter(pl.col("x") > least).collect().height for least in (5, 10)],
    "pandas": [int((pd.read_parquet("two.parquet").x > least).sum()) for least in (5, 10)],
    "PyArrow": [pq.read_table("two.parquet", filters=pc.field("x") > least).num_rows for least in (5, 10)],
}
print("rows above 5, and above 10:")
for who, numbers in found.items():
    print(f"  {who:<24}{numbers}")
assert list(found.values()) == [[3, 0], [2, 0], [3, 2], [3, 2], [3, 2], [1, 0], [1, 0]]
PY
