"""Tables of a part are read back as they were given, in pieces that fit in memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fakes import fake_run, write_fake

from simulation.outcomes.tables import DAILY, PLACES, to_arrow
from simulation.results import part_tables
from simulation.results.part_tables import read_pieces, read_whole, write_pieces
from simulation.results.run_tables import RunTables

TABLES = ("outcomes", "places", "daily")


@pytest.mark.parametrize("most", [7, 250_000])
def test_pieces_come_back(tmp_path: Path, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those whose lists of words differ too, and those without a row."""
    monkeypatch.setattr(part_tables, "MOST_ROWS", most)
    run = fake_run(20)
    given = [to_arrow(run.chunk(k, k + 5)["places"], PLACES) for k in range(0, 20, 5)]
    given.insert(2, PLACES.empty_table())
    write_pieces(given, tmp_path, "places")
    found = list(read_pieces(tmp_path, "places"))
    assert max(piece.num_rows for piece in found) <= most
    wanted = [row for piece in given for row in piece.to_pylist()]
    assert [row for piece in found for row in piece.to_pylist()] == wanted
    assert read_whole(tmp_path, "places").to_pylist() == wanted
    write_pieces([DAILY.empty_table()], tmp_path, "daily")
    assert read_whole(tmp_path, "daily").num_rows == 0


def test_a_run_of_parts_has_the_bytes_of_one(tmp_path: Path) -> None:
    """Whether a part lies there as it was in memory, or is a run itself."""
    whole, run = write_fake(tmp_path / "whole", replicates=100).folder, fake_run(100)
    for name in ("first", "rest", "joined"):
        (tmp_path / name).mkdir()
    with RunTables(tmp_path / "first") as tables:
        tables.add(**run.chunk(0, 30))
        tables.close()
    (tmp_path / "part").mkdir()
    with RunTables(tmp_path / "part") as tables:
        rest = [tables.add(**run.chunk(k, k + 35)) for k in (30, 65)]
    for name in TABLES:
        write_pieces([each[name] for each in rest], tmp_path / "rest", name)
    with RunTables(tmp_path / "joined") as tables:
        tables.append(tmp_path / "first", 29)
        tables.append(tmp_path / "rest", 99)
        tables.close()
    for name in TABLES:
        one, other = (folder / f"{name}.parquet" for folder in (whole, tmp_path / "joined"))
        assert one.read_bytes() == other.read_bytes(), name
    assert np.array_equal(read_whole(tmp_path / "joined", "outcomes")["replicate"], np.arange(100))
