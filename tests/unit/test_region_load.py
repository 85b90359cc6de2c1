"""A region is read from its folder, and a mistake in a table is named with file and line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from simulation.errors import InputError
from simulation.region import load_region
from simulation.region.grid import sub_id_of

SEEDS = Path(__file__).parents[2] / "seeds"
Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Return a copy of the two valleys in which one text of one file stands in for another."""

    def edit(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "region"
        shutil.copytree(SEEDS / "two_valleys" / "region", folder)
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) >= 1
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return edit


def test_two_valleys() -> None:
    region = load_region(SEEDS / "two_valleys" / "region")
    assert len(region.cells) == 36
    assert region.controllers == ("highland_league", "river_council", "free_company")
    assert region.governorate_seat == {"West Valley": "Weirford", "East Valley": "Stonegate"}
    assert region.place("Saddle Pass").cell == region.cell_at(0.12, 0.14)
    assert np.bincount(region.cells.control).tolist() == [13, 18, 5]
    assert region.cells.row.tolist() == sorted(region.cells.row)


def test_duel_is_one_cell() -> None:
    region = load_region(SEEDS / "duel" / "region")
    assert len(region.cells) == 1
    assert [place.name for place in region.places] == ["Field"]
    assert region.neighbours.tolist() == [[-1] * 8]


@pytest.mark.parametrize("world", ["two_valleys", "duel", "."])
def test_steps_lead_there_and_back(world: str) -> None:
    region = load_region(SEEDS / world / "region")
    for direction in range(8):
        there = region.neighbours[:, direction]
        origin = np.flatnonzero(there >= 0)
        np.testing.assert_array_equal(region.neighbours[there[origin], (direction + 4) % 8], origin)
        np.testing.assert_array_equal(np.isinf(region.step_km[:, direction]), there < 0)


def test_an_unknown_place_suggests_the_nearest_name() -> None:
    with pytest.raises(InputError, match="did you mean 'Weirford'"):
        load_region(SEEDS / "two_valleys" / "region").place("Wierford")


def test_a_point_outside_has_no_cell() -> None:
    assert load_region(SEEDS / "duel" / "region").cell_at(0.06, 0.02) == -1


MISTAKES = [
    (
        "cells.csv",
        ",river_council,",
        ",river_counsel,",
        "cells.csv:4 control: unknown 'river_counsel'; did you mean 'river_council'?",
    ),
    ("cells.csv", ",330,", ",high,", "cells.csv:4 elevation: must be a number, not the text 'high'"),
    ("cells.csv", ",330,", ",nan,", "cells.csv:4 elevation: must be a number, not the text 'nan'"),
    (
        "cells.csv",
        ",5200,",
        ",5200.5,",
        "cells.csv:4 population: must be a whole number, not the text '5200.5'",
    ),
    (
        "cells.csv",
        ",5200,",
        ",5_200,",
        "cells.csv:4 population: must be a whole number, not the text '5_200'; digits are not grouped: write 5200",
    ),
    (
        "cells.csv",
        ",5200,",
        ",٥٢٠٠,",
        "cells.csv:4 population: must be a whole number, not the text '٥٢٠٠'; digits",
    ),
    (
        "cells.csv",
        ",330,",
        ',"330,5",',
        "cells.csv:4 elevation: must be a number, not the text '330,5'; decimals",
    ),
    (
        "cells.csv",
        ",5200,",
        ",5.000,",
        "cells.csv:4 population: must be a whole number, and the text '5.000' may be two; write 5000 or 5",
    ),
    (
        "cells.csv",
        ",5200,",
        ",1e30,",
        "cells.csv:4 population: must be a whole number from 0 to 2147483647, not 1e+30",
    ),
    ("places.csv", "Millbridge", "Mill\u202ebridge", "places.csv:4 name: a name cannot hold U+202E"),
    ("places.csv", ",0.02,capital", ",180,capital", "places.csv:3 lon: must lie below 180"),
    ("places.csv", ",0.02,capital", ",179.9999999,capital", "places.csv:3 lon: must lie below 180"),
    (
        "places.csv",
        ",0.02,capital",
        ",180.1,capital",
        "places.csv:3 lon: must be a number from -180 to 180, not 180.1",
    ),
    (
        "region.yaml",
        "east: 0.3",
        "east: 180.3",
        "box.east: must be from -180 to 180, not 180.3; no region can cross 180 degrees",
    ),
    ("region.yaml", "west: 0.0", "west: 179.9", "west must lie before east; no region can cross 180 degrees"),
    ("cells.csv", ",5200,0,", ",5200,5201,", "cells.csv:4 displaced: more displaced people than people"),
    (
        "cells.csv",
        ",5200,0,0,",
        ",5200,0,1,",
        "cells.csv:4 camps: more people in camps than displaced people",
    ),
    ("cells.csv", "12996101,", "12996100,", "cells.csv:5 sub_id: cells must stand in rising order"),
    ("cells.csv", "12996100,0.025", "12996100,0.125", "cells.csv:4 lat: this is not the centre of the cell"),
    ("cells.csv", "West Valley,330", "330", "cells.csv:4: expected 14 fields, got 13"),
    ("cells.csv", "West Valley,330", '"West Valley,330', "cells.csv:4: not a row of a CSV file"),
    ("cells.csv", "West Valley", "W" * 3000, "cells.csv:4: a row of 3,0"),
    ("cells.csv", ",330,", f",{'9' * 5000},", "cells.csv:4: a row of 5,0"),
    (
        "places.csv",
        "0.08,0.02,capital",
        "90,0.02,capital",
        "places.csv:3 lat: must lie below 90: south and west edges belong to a cell",
    ),
    ("cells.csv", "elevation", "height", "cells.csv:3: missing column elevation"),
    ("places.csv", "0.08,0.02,capital", "0.38,0.02,capital", "places.csv:3 lat: this place lies in no cell"),
    ("places.csv", "capital", "metropolis", "places.csv:3 kind: unknown 'metropolis'"),
    ("places.csv", "1.00", "1.01", "places.csv:3 weight: must be a number from 0 to 1"),
    ("places.csv", "Millbridge", "Weirford", "places.csv:4 name: 'Weirford' stands here twice"),
    (
        "governorates.csv",
        "Stonegate",
        "Stonegat",
        "governorates.csv: no place 'Stonegat' in places.csv; did you mean 'Stonegate'?",
    ),
    ("region.yaml", "Ferry Landing", "Fery Landing", "region.yaml: no place 'Fery Landing' in places.csv"),
    ("region.yaml", "north: 0.3", "north: 0.25", "cells.csv:34 sub_id: this cell lies outside the box"),
    ("region.yaml", "note:", "notes:", "region.yaml:3: unknown field 'notes'; did you mean 'note'?"),
    ("region.yaml", "south: 0.0", "south: 0.4", "south must lie below north"),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), MISTAKES)
def test_a_mistake_names_its_place(edited: Edit, file: str, old: str, new: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        load_region(edited(file, old, new))
    assert message in str(caught.value)


def test_a_table_saved_by_a_spreadsheet_is_read(edited: Edit) -> None:
    """With the byte order mark and the line ends of another system."""
    folder = edited("region.yaml", "Two", "Two")
    text = (folder / "cells.csv").read_text(encoding="utf-8")
    text = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    (folder / "cells.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert len(load_region(folder).cells) == 36


@pytest.mark.parametrize("file", ["cells.csv", "places.csv", "governorates.csv", "region.yaml"])
def test_a_missing_file_is_named(edited: Edit, file: str) -> None:
    folder = edited("region.yaml", "Two", "Two")
    (folder / file).unlink()
    with pytest.raises(InputError, match=file):
        load_region(folder)


def test_a_table_without_rows_is_refused(edited: Edit) -> None:
    folder = edited("region.yaml", "Two", "Two")
    (folder / "places.csv").write_text(
        "name,lat,lon,kind,weight,governorate,population,control\n", encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"places.csv:1: no rows"):
        load_region(folder)


def test_bytes_that_are_not_text_are_refused(edited: Edit) -> None:
    folder = edited("region.yaml", "Two", "Two")
    (folder / "places.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-16 text"):
        load_region(folder)


def test_whole_numbers_may_be_written_as_pandas_writes_them(edited: Edit) -> None:
    folder = edited("cells.csv", ",5200,", ",5.2e3,")
    text = (folder / "cells.csv").read_text(encoding="utf-8").replace("\n129961", "\n 129961")
    (folder / "cells.csv").write_text(text.replace("12996100,", "12996100.0,"), encoding="utf-8")
    before = load_region(SEEDS / "two_valleys" / "region").cells
    np.testing.assert_array_equal(load_region(folder).cells, before)


@pytest.mark.parametrize(
    ("lat", "lon", "south", "west"),
    [
        (0.02, 179.98, 0.0, 179.95),
        (89.99, 0.01, 89.95, 0.0),
        (-90.0, -180.0, -90.0, -180.0),
        (89.98, 179.999, 89.95, 179.95),
    ],
)
def test_a_place_may_lie_at_the_edge_of_the_earth(
    tmp_path: Path, lat: float, lon: float, south: float, west: float
) -> None:
    folder = Path(shutil.copytree(SEEDS / "duel" / "region", tmp_path / "region"))
    wanted = sub_id_of(lat, lon)
    box = f"{{south: {south}, west: {west}, north: {south + 0.05:.2f}, east: {west + 0.05:.2f}}}"
    text = re.sub(
        r"box:(\n  .*)+|box: .*", f"box: {box}", (folder / "region.yaml").read_text(encoding="utf-8")
    )
    (folder / "region.yaml").write_text(text, encoding="utf-8")
    cells = (folder / "cells.csv").read_text(encoding="utf-8").splitlines()
    cells[-1] = ",".join(
        [str(wanted), f"{south + 0.025:.3f}", f"{west + 0.025:.3f}", *cells[-1].split(",")[3:]]
    )
    (folder / "cells.csv").write_text("\n".join(cells), encoding="utf-8")
    places = (folder / "places.csv").read_text(encoding="utf-8").splitlines()
    places[-1] = ",".join(["Field", str(lat), str(lon), *places[-1].split(",")[3:]])
    (folder / "places.csv").write_text("\n".join(places), encoding="utf-8")
    assert load_region(folder).place("Field").cell == 0
