"""Builds cells.csv, places.csv and governorates.csv of the Syrian region; README.md says from what and how.

Run from the repository root, in an environment with requirements.txt and this project:
python seeds/region/build_region.py
Two runs give the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from building import before_war, borders, control, output, people, places, sources, terrain

from simulation.region import grid

HERE = Path(__file__).parent
TABLES = ("labels", "sites", "census", "people", "cities", "camps", "water", "districts")


def main() -> None:
    """Build the region and write it beside this script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--countries", type=Path, help="countries-10m.json of world-atlas, instead of npm pack"
    )
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    arguments = parser.parse_args()
    tables = {name: sources.read_rows(HERE / "sources" / f"{name}.csv") for name in TABLES}
    tables["roads"] = sources.read_rows(HERE / "roads.csv")
    build(
        tables,
        sources.read_towns(),
        borders.border(sources.read_topology(arguments.countries)),
        arguments.out,
    )


def build(
    tables: dict[str, sources.Rows], towns: list[sources.Town], country: borders.Outline, out: Path
) -> None:
    """Write the three tables into a folder."""
    sites, roads = _sites(tables, towns), terrain.road_points(tables["roads"])
    with_place = grid.sub_id_of([site.lat for site in sites], [site.lon for site in sites])
    with_road = np.concatenate([grid.sub_id_of(lat, lon) for _, lat, lon in roads])
    sub_id = borders.land_cells(country, borders.lakes(tables["water"]), with_place, with_road)
    lat, lon = grid.centre(sub_id)
    division = before_war.governorate_of(towns, lat, lon)
    name_of = {row["geonames"]: row["governorate"] for row in tables["census"]}
    governorate = [name_of[code] for code in division]
    columns = {
        "sub_id": sub_id,
        "lat": _text(lat, 3),
        "lon": _text(lon, 3),
        "governorate": governorate,
        **_terrain(lat, lon),
        "road": terrain.road_class(roads, sub_id),
        **_people_and_control(tables, towns, division, sub_id),
    }
    output.write_cells(out, columns)
    output.write_places(out, sites, sub_id, governorate)
    output.write_governorates(out, tables["census"], set(governorate))


def _sites(tables: dict[str, sources.Rows], towns: list[sources.Town]) -> list[places.Site]:
    cities = {row["city"]: int(row["people"]) for row in tables["cities"]}
    everywhere = places.make_sites(tables["labels"], tables["sites"], towns, cities, _standing(tables))
    return [site for site in everywhere if borders.in_box(site.lat, site.lon)]


def _standing(tables: dict[str, sources.Rows]) -> places.Standing:
    where = {row["name"]: (float(row["lat"]), float(row["lon"])) for row in tables["labels"]}
    return places.Standing(
        seats={row["seat"] for row in tables["census"]},
        districts={row["town"] for row in tables["districts"]},
        roads=tables["roads"],
        cities=[(*where[row["city"]], float(row["radius_km"])) for row in tables["cities"]],
    )


def _terrain(lat: np.ndarray, lon: np.ndarray) -> dict[str, list[str]]:
    altitudes = sources.read_altitudes()
    return {
        "elevation": _text(terrain.elevation_m(altitudes, lat, lon), 0),
        "ruggedness": _text(terrain.ruggedness_m(altitudes, lat, lon), 0),
    }


def _people_and_control(
    tables: dict[str, sources.Rows], towns: list[sources.Town], division: np.ndarray, sub_id: np.ndarray
) -> dict:
    lat, lon = grid.centre(sub_id)
    word = control.control(control.read_labels(tables["labels"], tables["sites"]), sub_id)
    area = people.area_of(word, lon)
    census = {row["geonames"]: int(row["census_2004"]) for row in tables["census"]}
    shape = people.emptied(before_war.before_the_war(towns, census, sub_id), area, division, sub_id)
    counts = people.counts(tables, shape, area, sub_id)
    urban, settled = people.urban(counts, lat), before_war.settledness(towns, lat, lon)
    return {
        **counts,
        "villages": people.villages(tables["census"], division, settled, urban),
        "urban": _text(urban, 2),
        "control": [control.ACTOR_OF[label] for label in word],
        "mixed": (word == control.MIXED).astype(int),
    }


def _text(values: np.ndarray, digits: int) -> list[str]:
    return [f"{value:.{digits}f}" for value in values]


if __name__ == "__main__":
    main()
