"""The rules by which a region is drafted, on made-up towns, labels and outlines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from simulation.errors import InputError
from simulation.region import grid
from simulation.region_building import outlines, spread
from simulation.region_building.box import box_of, cells_of
from simulation.region_building.control import deciding_label
from simulation.region_building.draft_roads import Terrain, draft_roads
from simulation.region_building.gazetteer import Names, Town
from simulation.region_building.labels import Label, read_labels
from simulation.region_building.land import land_of
from simulation.region_building.outlines import Outline
from simulation.region_building.places import Site
from simulation.region_building.provinces import Provinces
from simulation.region_building.roads import road_class
from simulation.region_building.seats import seats_of

STRIP = cells_of(box_of("0,0,0.05,0.5"))
"""Ten squares in a row, from west to east."""


def town(name: str, lat: float, lon: float, people: int, *, others: tuple[str, ...] = ()) -> Town:
    return Town(
        name=name, lat=lat, lon=lon, population=people, division="01", country="XX", spellings=(name, *others)
    )


def label(name: str, lon: float, control: str, confidence: int = 3, radius_km: float = 0.0) -> Label:
    return Label(
        name=name,
        lat=0.025,
        lon=lon,
        control=control,
        confidence=confidence,
        radius_km=radius_km,
        decides=True,
    )


def site(name: str, cell: int, kind: str = "town", people: int = 0) -> Site:
    lat, lon = grid.centre(STRIP[cell])
    return Site(
        name=name, lat=float(lat), lon=float(lon), cell=cell, kind=kind, population=people, control="red",
        confidence=3, coordinates="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ("-18,178,-16,-178", "cannot cross 180 degrees"),
        ("-18,178,-16,182", "cannot cross 180 degrees"),
        ("1,2,1,3", "south must lie below north"),
        ("80,0,91,1", "between -90 and 90"),
        ("0,0,30,30", "360,000 squares of 0.05 degrees are too many"),
        ("0,0,1", "four numbers are needed"),
        ("0,0,1,east", "four numbers are needed"),
        (None, "four numbers are needed"),
        ((0, 0, 1, True), "four numbers are needed"),
        ((float("nan"), 0, 1, 1), "south must lie below north"),
    ],
)
def test_a_box_that_cannot_be_drawn_is_refused_in_words(box: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        box_of(box)


@pytest.mark.parametrize("box", ["-1.03,-0.98,1.02,1.01", "-54.99,-70,-54.5,-69.51", "0,179.5,1,180"])
def test_a_box_is_widened_to_the_lines_of_the_grid(box: str) -> None:
    south, west, north, east = map(float, box.split(","))
    drawn, cells = box_of(box), cells_of(box_of(box))
    assert drawn.south <= south < drawn.south + 0.05 and drawn.north - 0.05 < north <= drawn.north
    assert drawn.west <= west < drawn.west + 0.05 and drawn.east - 0.05 < east <= drawn.east
    at_south, at_west = grid.south_west(cells)
    assert (at_south.min(), at_west.min()) == (grid.micro(drawn.south), grid.micro(drawn.west))
    assert (np.diff(cells) > 0).all()


def test_the_surest_label_in_a_square_and_the_nearest_elsewhere_decide() -> None:
    labels = [label("near", 0.026, "red", 1), label("sure", 0.03, "blue", 3), label("far", 0.425, "green", 2)]
    held = [labels[at].control for at in deciding_label(labels, STRIP)]
    assert held == ["blue"] * 5 + ["green"] * 5
    disc = [*labels, label("disc", 0.475, "grey", radius_km=12)]
    assert [disc[at].control for at in deciding_label(disc, STRIP)][7:] == ["grey"] * 3
    two = [labels[1], disc[3]]
    assert [two[at].control for at in deciding_label(two, STRIP)] == ["blue"] * 7 + ["grey"] * 3
    assert deciding_label([], STRIP).tolist() == [-1] * 10


def test_names_are_found_in_any_spelling_and_homonyms_are_told(tmp_path: Path) -> None:
    names = Names(
        [town("Springs", 1, 1, 10), town("Springs", 2, 2, 900), town("Al-Bāb", 3, 3, 5, others=("الباب",))]
    )
    file = tmp_path / "labels.csv"
    file.write_text(
        "name,control,lat,lon\nsprings,red,,\nal bab,blue,,\nNowhere,red,,\nHill,red,4,4\n", encoding="utf-8"
    )
    read = read_labels(file, names)
    assert [(each.name, each.lat, each.coordinates) for each in read.labels] == [
        ("springs", 2, "GeoNames"), ("al bab", 3, "GeoNames"), ("Hill", 4, "labels"),
    ]  # fmt: skip
    assert [each.population for each in read.homonyms["springs"]] == [900, 10]
    assert read.missing == ("Nowhere",)
    file.write_text("name,control,lat,lon\nHill,red,4,400\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"labels\.csv:2 lon: must be a number from -180"):
        read_labels(file, names)


def test_a_label_overrules_the_outlines_and_a_lake_takes_squares() -> None:
    country = Outline(name="Inland", code="001", shape=shapely.box(0.1, 0, 0.5, 0.05))
    other = Outline(name="Beyond", code="002", shape=shapely.box(-1, 0, 0.1, 0.05))
    lake = shapely.box(0.3, 0, 0.375, 0.05)
    land = land_of(STRIP, [country, other], [True, False], lake, STRIP[:1], np.zeros(0, int))
    assert land.sub_id.tolist() == STRIP[[0, 2, 3, 4, 5, 8, 9]].tolist()
    assert land.drowned.tolist() == STRIP[[6, 7]].tolist()
    assert land.country.tolist() == [0] * 7


def test_a_province_without_a_settled_place_joins_the_nearest_seat() -> None:
    provinces = Provinces(
        names=("east", "middle", "west"), of=np.array([2] * 3 + [1] * 3 + [0] * 4), unnamed=()
    )
    seats = seats_of(provinces, [site("Small", 0, people=5), site("Large", 2, people=9), site("Post", 4, "base"),
                                 site("Port", 9)], STRIP)  # fmt: skip
    assert seats.seat == {"west": "Large", "east": "Port"}
    assert seats.joined == {"middle": "west"}
    assert [seats.names[at] for at in seats.of] == ["west"] * 6 + ["east"] * 4


def test_a_drafted_road_ends_where_it_meets_another_and_keeps_off_the_heights() -> None:
    cells = cells_of(box_of("0,0,0.5,0.5"))
    lat, lon = grid.centre(cells)
    ridge = np.where((lon > 0.2) & (lon < 0.3) & (lat < 0.4), 2000.0, 0.0)
    at = {name: int(np.searchsorted(cells, grid.sub_id_of(*point))) for name, point in
          {"West": (0.1, 0.01), "East": (0.1, 0.49), "North": (0.49, 0.49), "Hamlet": (0.3, 0.49)}.items()}  # fmt: skip
    people = {at["West"]: 90_000, at["East"]: 90_000, at["North"]: 20_000, at["Hamlet"]: 10}
    roads = draft_roads(
        Terrain(sub_id=cells, elevation=ridge, ruggedness=np.zeros(len(cells))),
        people,
        {cell: name for name, cell in at.items()},
    )
    rank = road_class(roads, cells)
    assert rank[at["West"]] == rank[at["East"]] == 2
    assert rank[at["Hamlet"]] > 0
    assert not rank[ridge > 0].any()
    legs = [
        frozenset(map(tuple, pair))
        for road in roads
        for pair in zip(road.points[:-1], road.points[1:], strict=True)
    ]
    assert len(legs) == len(set(legs))


def test_people_come_in_whole_ones_that_add_up() -> None:
    shares = np.array([0.4, 0.4, 0.4, 0.3])
    assert spread.whole(shares).tolist() == [1, 1, 0, 0]
    assert spread.largest_remainder(np.array([1.0, 1, 1]), 10).tolist() == [4, 3, 3]


def test_a_country_that_jumps_over_180_degrees_is_cut_there() -> None:
    ring = np.array([[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]], float)
    east, west = shapely.box(179, 1, 180, 2), shapely.box(-180, 1, -179, 2)
    middle = shapely.box(0, 1, 1, 2)
    areas = [sum(part.area for part in outlines._valid([ring], square)) for square in (east, west, middle)]
    assert areas == pytest.approx([1, 1, 0])


def test_an_outline_that_crosses_itself_is_made_valid() -> None:
    bow = np.array([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]], float)
    parts = outlines._valid([bow], shapely.box(-1, -1, 2, 2))
    assert all(part.is_valid for part in parts) and sum(part.area for part in parts) == pytest.approx(0.5)


def test_an_island_of_fewer_corners_than_a_triangle_is_left_out() -> None:
    triangle = np.array([[0, 0], [1, 0], [0, 1], [0, 0]], float)
    square = shapely.box(-1, -1, 2, 2)
    assert outlines._valid([triangle[[0, 0]]], square) == []
    assert outlines._valid([triangle, triangle[[0, 1, 0]]], square)[0].area == pytest.approx(0.5)
