"""The Syrian region holds the people, the lines and the places it says it holds."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from simulation.region import Region, grid, load_region

FOLDER = Path(__file__).parents[2] / "seeds" / "region"
EXCEPTIONS = {"Sheikh Maqsoud", "Posts at Tel Rifaat"}
STRIP_WEST_LON = 38.4


@cache
def syria() -> Region:
    return load_region(FOLDER)


def rows(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8") as text:
        return list(csv.DictReader(line for line in text if not line.startswith("#")))


def held_by(actor: str) -> np.ndarray:
    """Return which cells an actor holds, bool (n)."""
    return syria().cells.control == syria().controllers.index(actor)


def areas() -> dict[str, np.ndarray]:
    """Return which cells belong to each area of sources/people.csv."""
    west = syria().cells.lon < STRIP_WEST_LON
    return {
        "government": held_by("government"),
        "sdf": held_by("sdf"),
        "united_states": held_by("united_states"),
        "north_west_hts": held_by("hts"),
        "north_west_sna": held_by("sna") & west,
        "strip_sna": held_by("sna") & ~west,
    }


def holder_at(lat: float, lon: float) -> str:
    """Return who holds the cell at a point."""
    cell = syria().cell_at(lat, lon)
    assert cell >= 0, (lat, lon)
    return syria().controllers[syria().cells.control[cell]]


def test_the_areas_hold_their_people_exactly() -> None:
    got = {
        (area, quantity): int(syria().cells[quantity][member].sum())
        for area, member in areas().items()
        for quantity in ("population", "displaced", "camps")
    }
    assert got == {(row["area"], row["quantity"]): int(row["people"]) for row in rows("sources/people.csv")}


def test_the_readme_states_every_target_with_its_range() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for row in rows("sources/people.csv"):
        low, best, high = (f"{int(row[key]):,}" for key in ("low", "people", "high"))
        assert f"| {row['area']} | {row['quantity']} | {low} | {best} | {high} | {best} |" in readme


def test_the_north_west_holds_the_people_of_october_2024() -> None:
    member = areas()["north_west_hts"] | areas()["north_west_sna"]
    cells = syria().cells[member]
    assert (cells.population.sum(), cells.displaced.sum(), cells.camps.sum()) == (
        5_100_000,
        3_500_000,
        2_000_000,
    )


@pytest.mark.parametrize(
    ("city", "people"),
    [("Damascus", 2_585_000), ("Aleppo", 2_203_000), ("Homs", 1_443_000), ("Hama", 996_000)],
)
def test_a_city_holds_its_estimate_exactly(city: str, people: int) -> None:
    (radius,) = (float(row["radius_km"]) for row in rows("sources/cities.csv") if row["city"] == city)
    place, cells = syria().place(city), syria().cells
    inside = grid.distance_km(cells.lat, cells.lon, place.lat, place.lon) <= radius
    assert cells.population[inside & held_by("government")].sum() == people
    assert not (inside & ~held_by("government")).any()


def test_every_range_of_people_holds_its_best_figure() -> None:
    for row in rows("sources/people.csv"):
        assert int(row["low"]) <= int(row["people"]) <= int(row["high"]), row


def test_places_stand_in_a_cell_of_their_holder_but_for_the_named_exceptions() -> None:
    differ = {place.name for place in syria().places if holder_at(place.lat, place.lon) != place.control}
    assert differ == EXCEPTIONS
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(name in readme for name in EXCEPTIONS)


def test_undisputed_labels_agree_with_their_cells() -> None:
    actor = {"GOV": "government", "HTS": "hts", "SNA": "sna", "SDF": "sdf", "MIX": "sdf"}
    checked = [
        row for row in rows("sources/labels.csv") if row["confidence"] == "3" and float(row["lon"]) < 39
    ]
    assert len(checked) > 300
    for row in checked:
        assert holder_at(float(row["lat"]), float(row["lon"])) == actor[row["control"]], row["name"]


def test_mixed_cells_are_those_round_tel_rifaat_and_arimah() -> None:
    cells = syria().cells
    assert cells.mixed[syria().place("Tel Rifaat").cell] and cells.mixed[syria().place("Arimah").cell]
    assert not cells.mixed[syria().place("Kobani").cell]
    assert not (cells.mixed & ~held_by("sdf")).any()


def test_the_disc_round_al_tanf() -> None:
    cells, place = syria().cells, syria().place("Al-Tanf garrison")
    inside = grid.distance_km(cells.lat, cells.lon, place.lat, place.lon) <= 55
    np.testing.assert_array_equal(inside, held_by("united_states"))


def test_the_grid_is_one_piece_of_land_of_about_the_expected_size() -> None:
    from scipy.sparse import csgraph, csr_array

    neighbours = syria().neighbours
    origin, direction = np.nonzero(neighbours >= 0)
    shape = (len(neighbours), len(neighbours))
    links = csr_array((np.ones(len(origin)), (origin, neighbours[origin, direction])), shape=shape)
    assert csgraph.connected_components(links, directed=False)[0] == 1
    assert 4_450 <= len(neighbours) <= 4_700


@pytest.mark.parametrize(
    ("what", "lat", "lon"),
    [
        ("Golan Heights", 33.0, 35.78),
        ("Lake Assad", 36.0, 38.25),
        ("the sea", 35.2, 35.8),
        ("Antakya", 36.2, 36.16),
        ("Tripoli", 34.43, 35.85),
    ],
)
def test_what_is_not_syrian_land_is_left_out(what: str, lat: float, lon: float) -> None:
    assert syria().cell_at(lat, lon) == -1


def test_the_desert_is_empty_and_the_city_is_dense() -> None:
    cells = syria().cells
    desert = cells[syria().cell_at(34.2, 38.4)]
    assert (desert.population, desert.villages, desert.urban) == (0, 0, 0)
    assert cells.urban[syria().place("Aleppo").cell] == 1


def test_villages_west_of_aleppo_are_as_dense_as_the_claims_of_the_first_day() -> None:
    cells = syria().cells
    front = (cells.lat > 36.0) & (cells.lat < 36.4) & (cells.lon > 36.7) & (cells.lon < 37.05)
    per_km2 = cells.villages[front].sum() / syria().area_km2[front].sum()
    assert per_km2 == pytest.approx(32 / 245, rel=0.25)
    assert cells.villages.sum() == sum(int(row["villages_in_box"]) for row in rows("sources/census.csv"))


def test_the_census_adds_up_to_its_published_total() -> None:
    assert sum(int(row["census_2004"]) for row in rows("sources/census.csv")) == 17_920_844


def reached_by_road(
    start: str, least: int, most: int = 3, *, west: float = 35.5, south: float = 32.0
) -> set[int]:
    """Return the cells that roads of a class from `least` to `most` join to a place, east and north of a point."""
    cells, neighbours = syria().cells, syria().neighbours
    open_to = (cells.road >= least) & (cells.road <= most) & (cells.lon > west) & (cells.lat > south)
    seen = edge = {syria().place(start).cell}
    while edge:
        edge = {int(c) for here in edge for c in neighbours[here] if c >= 0 and open_to[c]} - seen
        seen = seen | edge
    return seen


def test_the_motorway_leads_from_nasib_to_aleppo_without_a_gap() -> None:
    assert syria().place("Aleppo").cell in reached_by_road("Nasib crossing", 3)


def test_the_m4_leads_from_latakia_to_saraqib_by_itself() -> None:
    reached = reached_by_road("Latakia", 3, south=35.5)
    assert {syria().place(name).cell for name in ("Ariha", "Saraqib")} <= reached


def test_the_road_by_khanasir_leads_from_aleppo_to_hama_without_the_motorway() -> None:
    reached = reached_by_road("Safirah", 2, 2, west=36.8)
    assert {syria().place(name).cell for name in ("Khanasir", "Ithriya", "Salamiyah")} <= reached
    for end in ("Aleppo", "Hama"):
        assert reached & {*syria().neighbours[syria().place(end).cell].tolist()}, end


def test_main_roads_join_the_towns_of_the_south_and_al_tanf_to_damascus() -> None:
    towns = ("Tafas", "Da'il", "Al Muzayrib", "Nawa", "Jasim", "Bosra", "Suwayda", "Salkhad")
    assert {syria().place(name).cell for name in towns} <= reached_by_road("Daraa", 2)
    assert syria().place("Al-Tanf garrison").cell in reached_by_road("Damascus", 2)


def test_weights_follow_people_part_and_roads() -> None:
    weight = {place.name: place.weight for place in syria().places}
    cities = {"Damascus": 1.0, "Aleppo": 0.8, "Homs": 0.6, "Hama": 0.47, "Latakia": 0.38, "Idlib": 0.25}
    plain = {"Base 46 (46th Regiment)": 0.1, "Nayrab airbase (Aleppo airport)": 0.1, "Sheikh Maqsoud": 0.05}
    by_road = {
        "Saraqib": 0.21,
        "Ithriya": 0.2,
        "Maarat al-Numan": 0.14,
        "Khan Shaykhun": 0.09,
        "Khanasir": 0.09,
    }
    for name, expected in (cities | plain | by_road).items():
        assert weight[name] == expected, name


def test_every_place_has_a_weight_so_that_somebody_may_want_it() -> None:
    assert min(place.weight for place in syria().places) >= 0.02


def test_every_seat_of_a_district_is_a_place_in_its_governorate() -> None:
    for row in rows("sources/districts.csv"):
        assert syria().place(row["town"]).governorate == row["governorate"], row


def test_the_files_are_small_plain_text_without_addresses() -> None:
    files = [file for file in FOLDER.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    assert sum(file.stat().st_size for file in files) < 700_000
    assert [file for file in files if "://" in file.read_text(encoding="utf-8")] == []
