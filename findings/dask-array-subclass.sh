#!/usr/bin/env bash
# distributed 2026.8.0, astropy 8.0.2, NumPy 2.5.5: a quantity keeps or loses its unit by which worker runs the next task.
#
# Seen: a task that returns [1, 2] km gives the caller a plain array without a unit; so does scatter. Passed as an argument
#   the quantity keeps its unit. A second task on the result of the first has the unit where it runs on the same worker,
#   and none where it runs on another. Nothing warns; numpy.recarray fares alike (open since 2022: dask/distributed issue 6808).
# One would guess: that all travel as pickle has them, with class and unit, or that a class that cannot travel is refused.
# It follows: send numbers with their unit beside them, or pack such objects in one of your own, which is pickled whole;
#   and test with two workers, since with one all is well between tasks.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check distributed==2026.8.0 astropy==8.0.2 numpy==2.5.5
cat >"$folder/units.py" <<'PY'
import astropy.units as u
from distributed import Client, LocalCluster


def made():
    return [1.0, 2.0] * u.km


def unit_of(given):
    return str(getattr(given, "unit", "no unit"))


if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        here, there = client.nthreads()
        argument = client.submit(unit_of, made(), pure=False).result()
        result = client.submit(made, workers=[here], pure=False)
        ways = {
            "as an argument": argument,
            "as a result": unit_of(result.result()),
            "scattered": client.submit(unit_of, client.scatter(made()), pure=False).result(),
            "to a task on the same worker": client.submit(unit_of, result, workers=[here], pure=False).result(),
            "to a task on another worker": client.submit(unit_of, result, workers=[there], pure=False).result(),
        }
        for way, unit in ways.items():
            print(f"{way}: {unit}")
        assert list(ways.values()) == ["km", "no unit", "no unit", "km", "no unit"]
PY
cd "$folder"
"$folder/venv/bin/python" units.py
