"""Builds cells.csv, places.csv and governorates.csv of the Syrian region; README.md says from what and how.

Run from the repository root, in an environment with the extra `region` of this project:
python seeds/region/build_region.py
Two runs give the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import shapely
from building import before_war, output, people, places
from building.tables import ACTOR_OF, Rows, deciding_labels, read_rows

from simulation.region import grid
from simulation.region_building import outlines, relief, roads, spread
from simulation.region_building.box import box_of, cells_of, holds
from simulation.region_building.control import deciding_label
from simulation.region_building.gazetteer import Town, towns_of
from simulation.region_building.land import land_cells

HERE = Path(__file__).parent
TABLES = ("labels", "sites", "census", "people", "cities", "camps", "water", "districts")
BOX = box_of("32,35.5,37.5,39")
SYRIA = "760"


def main() -> None:
    """Build the region and write it beside this script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    tables = {name: read_rows(HERE / "sources" / f"{name}.csv") for name in TABLES}
    build(tables, roads.read_roads(HERE / "roads.csv"), towns_of("SY"), parser.parse_args().out)


def build(tables: dict[str, Rows], lines: list[roads.Road], towns: list[Town], out: Path) -> None:
    """Write the three tables into a folder."""
    sites = _sites(tables, lines, towns)
    with_place = grid.sub_id_of([site.lat for site in sites], [site.lon for site in sites])
    with_road = np.concatenate([grid.sub_id_of(road.lat, road.lon) for road in lines])
    country = next(each.shape for each in outlines.countries(BOX) if each.code == SYRIA)
    sub_id = land_cells(cells_of(BOX), country, _lakes(tables["water"]), with_place, with_road)
    lat, lon = grid.centre(sub_id)
    division = before_war.governorate_of(towns, lat, lon)
    name_of = {row["geonames"]: row["governorate"] for row in tables["census"]}
    governorate = [name_of[code] for code in division]
    columns = {
        "sub_id": sub_id,
        "lat": _text(lat, 3),
        "lon": _text(lon, 3),
        "governorate": governorate,
        "elevation": _text(relief.elevation_m(lat, lon), 0),
        "ruggedness": _text(relief.ruggedness_m(lat, lon), 0),
        "road": roads.road_class(lines, sub_id),
        **_people_and_control(tables, towns, division, sub_id),
    }
    output.write_cells(out, columns)
    output.write_places(out, sites, sub_id, governorate)
    output.write_governorates(out, tables["census"], set(governorate))


def _lakes(rows: Rows) -> shapely.MultiPolygon:
    """Return the outlines of the large lakes in degrees."""
    drawn = [[tuple(map(float, point.split(":"))) for point in row["outline"].split()] for row in rows]
    return shapely.MultiPolygon([shapely.Polygon(outline) for outline in drawn])


def _sites(tables: dict[str, Rows], lines: list[roads.Road], towns: list[Town]) -> list[places.Site]:
    cities = {row["city"]: int(row["people"]) for row in tables["cities"]}
    everywhere = places.make_sites(tables["labels"], tables["sites"], towns, cities, _standing(tables, lines))
    return [site for site in everywhere if holds(BOX, site.lat, site.lon)]


def _standing(tables: dict[str, Rows], lines: list[roads.Road]) -> places.Standing:
    where = {row["name"]: (float(row["lat"]), float(row["lon"])) for row in tables["labels"]}
    return places.Standing(
        seats={row["seat"] for row in tables["census"]},
        districts={row["town"] for row in tables["districts"]},
        roads=lines,
        cities=[(*where[row["city"]], float(row["radius_km"])) for row in tables["cities"]],
    )


def _people_and_control(
    tables: dict[str, Rows], towns: list[Town], division: np.ndarray, sub_id: np.ndarray
) -> dict:
    lat, lon = grid.centre(sub_id)
    labels = deciding_labels(tables["labels"], tables["sites"])
    word = np.array([labels[at].control for at in deciding_label(labels, sub_id)])
    area = people.area_of(word, lon)
    census = {row["geonames"]: int(row["census_2004"]) for row in tables["census"]}
    shape = people.emptied(before_war.before_the_war(towns, census, sub_id), area, division, sub_id)
    counts = people.counts(tables, shape, area, sub_id)
    urban = spread.urban(counts["population"] - counts["camps"], lat)
    settled = spread.settledness(towns, lat, lon)
    return {
        **counts,
        "villages": people.villages(tables["census"], division, settled, urban),
        "urban": _text(urban, 2),
        "control": [ACTOR_OF[label] for label in word],
        "mixed": (word == "MIX").astype(int),
    }


def _text(values: np.ndarray, digits: int) -> list[str]:
    return [f"{value:.{digits}f}" for value in values]


if __name__ == "__main__":
    main()
