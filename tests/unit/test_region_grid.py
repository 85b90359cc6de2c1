"""Cells are numbered as PRIO-GRID numbers them, and a point on an edge belongs to one cell."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.region import grid

KNOWN = [
    (36.20124, 37.16117, 181875),
    (35.13333, 36.75, 180434),
    (33.51336, 36.29158, 178273),
    (35.93, 36.63, 181154),
    (34.72, 36.73, 179714),
    (35.53, 35.79, 181152),
    (-90, -180, 1),
    (-89.75, 179.75, 720),
    (89.75, -179.75, 258481),
    (89.999999, 179.999999, 259200),
]


@pytest.mark.parametrize(("lat", "lon", "gid"), KNOWN)
def test_known_prio_grid_cells(lat: float, lon: float, gid: int) -> None:
    assert grid.gid_of(lat, lon) == gid


def test_south_and_west_edges_belong_to_the_cell() -> None:
    here = grid.sub_id_of(36.2, 37.15)
    assert grid.sub_id_of(36.249999, 37.199999) == here
    assert (
        len(
            {
                here,
                grid.sub_id_of(36.199999, 37.15),
                grid.sub_id_of(36.2, 37.149999),
                grid.sub_id_of(36.25, 37.15),
            }
        )
        == 4
    )


def test_edges_written_in_decimals_are_not_lost_to_rounding() -> None:
    edges = [hundredths / 100 for hundredths in range(3200, 3900, 5)]
    assert grid.micro(edges).tolist() == [hundredths * 10_000 for hundredths in range(3200, 3900, 5)]


def test_sub_id_counts_rows_from_the_south_and_columns_from_the_west() -> None:
    assert grid.sub_id_of(36.0, 37.0) == 18187500
    assert grid.sub_id_of(36.0, 37.05) == 18187501
    assert grid.sub_id_of(36.05, 37.0) == 18187510
    assert grid.sub_id_of(36.499999, 37.499999) == 18187599


def test_the_centre_of_every_cell_of_the_box_lies_in_the_cell() -> None:
    lat, lon = np.meshgrid(np.arange(32.01, 37.5, 0.05), np.arange(35.51, 39.0, 0.05))
    sub_id = grid.sub_id_of(lat.ravel(), lon.ravel())
    assert len(np.unique(sub_id)) == 7700
    np.testing.assert_array_equal(grid.sub_id_of(*grid.centre(sub_id)), sub_id)


@pytest.mark.parametrize(
    ("lat", "lon"), [(90, 0), (-90.000001, 0), (0, 180), (0, -180.1), (float("nan"), 0), (0, float("inf"))]
)
def test_points_off_the_globe_are_refused(lat: float, lon: float) -> None:
    with pytest.raises(
        ValueError, match="outside latitude" if np.isfinite(lat + lon) else "not a finite number"
    ):
        grid.gid_of(lat, lon)


@pytest.mark.parametrize("sub_id", [0, 99, 25920100])
def test_a_number_that_names_no_cell_is_refused(sub_id: int) -> None:
    with pytest.raises(ValueError, match="no cell"):
        grid.south_west(sub_id)


def test_all_cells_together_have_the_area_of_the_globe() -> None:
    lat = np.arange(-90 + 0.025, 90, 0.05)
    assert grid.area_km2(lat).sum() * 7200 == pytest.approx(4 * np.pi * grid.EARTH_RADIUS_KM**2, rel=1e-9)


def test_a_degree_of_latitude_and_the_way_to_the_pole() -> None:
    assert grid.distance_km(35, 37, 36, 37) == pytest.approx(111.195, abs=0.001)
    assert grid.distance_km(0, 10, 90, 50) == pytest.approx(np.pi / 2 * grid.EARTH_RADIUS_KM)


def test_neighbours_stand_clockwise_from_north() -> None:
    row, col = (axis.ravel() for axis in np.mgrid[0:3, 0:3])
    assert grid.neighbours_of(row, col)[4].tolist() == [7, 8, 5, 2, 1, 0, 3, 6]
    assert grid.neighbours_of(row, col)[0].tolist() == [3, 4, 1, -1, -1, -1, -1, -1]
