"""The events of histories as a table with the columns of UCDP GED: a row per history, day, cell and two sides.

Source of the columns: Sundberg and Melander 2013, Introducing the UCDP Georeferenced Event Dataset,
doi:10.1177/0022343313484347. UCDP's threshold of 25 deaths a year is not applied, and nothing here happened.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import pyarrow as pa

from simulation.exchange.deaths import Deaths, deaths_of
from simulation.outcomes.names import short_name
from simulation.world.world import World

STATE_BASED = 1
GED = pa.schema(
    [
        ("id", pa.int64()),
        ("replicate", pa.int32()),
        ("year", pa.int32()),
        ("type_of_violence", pa.int32()),
        ("dyad_name", pa.string()),
        ("side_a", pa.string()),
        ("side_b", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("priogrid_gid", pa.int32()),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("deaths_a", pa.int64()),
        ("deaths_b", pa.int64()),
        ("deaths_civilians", pa.int64()),
        ("deaths_unknown", pa.int64()),
        ("best", pa.int64()),
        ("high", pa.int64()),
        ("low", pa.int64()),
    ]
)
"""Side a is the one that stands first in the seeds; coordinates are those of the cell's centre, in degrees."""


def ged_table(world: World, replicates: Iterable[int], seed: int) -> pa.Table:
    """Return the events of histories, which are played again, in the order of their numbers, days and cells."""
    rows = []
    for replicate in replicates:
        found = _by_day(deaths_of(world, replicate, seed))
        rows += [_row(world, replicate, *key, *found[key]) for key in sorted(found)]
    return pa.Table.from_pylist([{"id": k} | row for k, row in enumerate(rows, 1)], schema=GED)


Key = tuple[int, int, int, int]
"""Calendar day from the start, cell, and two actors, the first of them first in the seeds, -1 for nobody known."""


def _by_day(deaths: Iterable[Deaths]) -> Mapping[Key, list[int]]:
    """Return the deaths of the first side, of the second, and of civilians, by day, cell and sides."""
    found: dict[Key, list[int]] = {}
    for each in deaths:
        known = sorted(k for k in (each.victim, each.other) if k >= 0)
        a, b = (*known, -1, -1)[:2]
        counts = found.setdefault((int(each.day), each.cell, a, b), [0, 0, 0])
        counts[0 if each.victim == a else 1] += each.killed
        counts[2] += each.civilians
    return found


def _row(world: World, replicate: int, day: int, cell: int, a: int, b: int, *dead: int) -> dict[str, object]:
    sides = [short_name(world, k) if k >= 0 else "" for k in (a, b)]
    date, where = world.scenario.start + datetime.timedelta(days=day), world.region.cells[cell]
    return {
        "replicate": replicate, "year": date.year, "type_of_violence": STATE_BASED, "dyad_name": " - ".join(sides),
        "side_a": sides[0], "side_b": sides[1], "latitude": float(where.lat), "longitude": float(where.lon),
        "priogrid_gid": int(where.gid), "date_start": date, "date_end": date, "deaths_a": dead[0], "deaths_b": dead[1],
        "deaths_civilians": dead[2], "deaths_unknown": 0, "best": sum(dead), "high": sum(dead), "low": sum(dead),
    }  # fmt: skip
