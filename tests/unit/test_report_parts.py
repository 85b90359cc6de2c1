"""Pieces of figures: label positions, bins, colours, packed maps."""

from __future__ import annotations

import base64
import dataclasses
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fakes import ACTORS, fake_control, fake_grid, fake_material, fake_picture, write_fake

from simulation.report.control_map import FRAMES, NOBODY, Frames, map_table, map_widget, packed
from simulation.report.forest import ForestGroup, ForestRow, forest
from simulation.report.page_data import Grid, ending_texts
from simulation.report.replay.map import film_frames
from simulation.report.run.claim_table import claims_section
from simulation.report.run.distributions import distributions_section
from simulation.report.run.falls import beside_curve, falls_section, spaced
from simulation.report.run.fans import displacement_section, losses_section, territory_section
from simulation.report.run.map import probable_frames
from simulation.report.run.report_input import ReportInput
from simulation.report.style import bins, contrast, readable
from simulation.results.folder import Results
from simulation.scenario import load_scenario
from simulation.world.world import build_world


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> ReportInput:
    return fake_material(write_fake(tmp_path_factory.mktemp("parts") / "run", replicates=40))


def test_claims_of_the_first_days_say_of_a_shorter_run_when_it_ended(
    material: ReportInput, tmp_path: Path
) -> None:
    assert "This run ends" not in claims_section(material)
    short = fake_material(write_fake(tmp_path / "run", replicates=40, days=0.5))
    assert "This run ends on day 0.5, before what is said of 48 hours" in claims_section(short)


def test_outcomes_that_are_all_alike_are_not_said_to_differ_little(material: ReportInput) -> None:
    still = dataclasses.replace(material, distributions=("same",))
    still.results.outcomes["same"] = 0.0
    assert "None of these outcomes differs between the histories." in distributions_section(still)
    still.results.outcomes.loc[0, "same"] = 1.0
    assert "None of these outcomes differs much between the histories." in distributions_section(still)
    del still.results.outcomes["same"]


def test_the_table_of_losses_says_which_wounded_it_counts(material: ReportInput) -> None:
    headings = re.findall(r"<th[^>]*>([^<]*)</th>", losses_section(material))
    assert "wounded, not returned by the end" in headings and "wounded" not in headings


def test_labels_keep_their_distance_and_order() -> None:
    found = spaced([50, 20, 20, 0, 21], 5)
    assert found == [50, 20, 25, 0, 30]


def test_labels_of_equal_heights_do_not_touch() -> None:
    assert np.diff(sorted(spaced([0.0] * 8, 5.6))).min() == pytest.approx(5.6)


@pytest.mark.parametrize(
    "values", [[0, 1], [1, 1, 2, 9], [0.1, 0.7, 29.9, 30.0], [131_000, 1_094_000], [-3, 4], [7, 7.0001]]
)
def test_bins_hold_every_value_and_are_round(values: list[float]) -> None:
    found = np.array(values, float)
    edges = bins(found)
    assert np.histogram(found, edges)[0].sum() == len(found)
    assert len(edges) <= 26
    width = edges[1] - edges[0]
    assert round(width / 10 ** np.floor(np.log10(width) + 1e-9), 6) in (1, 2, 5)


def test_bins_of_whole_numbers_have_them_in_the_middle() -> None:
    assert bins(np.array([0.0, 3.0])).tolist() == [-0.5, 0.5, 1.5, 2.5, 3.5]


def with_land(material: ReportInput, panels: dict[str, np.ndarray]) -> Any:
    """Return the material with other daily series, the same for every series asked for."""
    replicates = np.arange(len(next(iter(panels.values()))))
    results = SimpleNamespace(
        panels=lambda *series: [(slice(0, len(replicates)), dict.fromkeys(series, panels))],
        days=np.arange(5.0),
        outcomes=pd.DataFrame(index=replicates),
        columns=lambda *names: pd.DataFrame(index=replicates),
        replicates=replicates,
    )
    return dataclasses.replace(material, results=results)  # type: ignore[arg-type]


def test_a_fan_without_width_is_a_sentence_not_an_axis_of_zeros(material: ReportInput) -> None:
    rare, moving, still = np.zeros((100, 5)), np.arange(500.0).reshape(100, 5), np.ones((100, 5))
    rare[:3, 2:] = 25
    html = territory_section(with_land(material, {"russia": rare, "hts": moving, "sdf": still}))
    assert "plot-area_km2-hts" in html and "plot-area_km2-russia" not in html
    assert "something changes for Russia (3 of 100)" in html
    assert "Nothing changes in any history for Kurdish-led forces (SDF)." in html
    assert "Nothing changes in any history for anybody" in displacement_section(
        with_land(material, {"": still})
    )


def test_a_value_that_nearly_all_share_is_a_sentence_not_a_histogram(material: ReportInput) -> None:
    outcomes = pd.DataFrame({"end_day": [30.0] * 96 + [9.5, 11.0, 12.0, 20.0], "sorties_total": range(100)})
    results: Any = SimpleNamespace(outcomes=outcomes, replicates=outcomes.index)
    html = distributions_section(dataclasses.replace(material, results=results))
    assert "plot-spread-sorties_total" in html and "plot-spread-end_day" not in html
    assert "Day on which the history ends: 30 days in 96 of 100 histories." in html


def test_names_beside_curves_are_cut_where_the_room_ends() -> None:
    names = ["Hama", "Base 46", "Aleppo military academies"]
    assert [beside_curve(name) for name in names] == ["Hama", "Base 46", "Aleppo military…"]


def test_a_short_name_stands_beside_the_curve_and_the_whole_one_in_the_table(material: ReportInput) -> None:
    (first, *_) = material.results.manifest.places
    named = dataclasses.replace(material, focus_places=(first,), short_places={first: "Short"})
    html = falls_section(named)
    figure, _, table = html.partition("<table")
    assert "Short: " in figure and first in table and "Short" not in table


def test_a_note_under_a_label_makes_room_for_itself() -> None:
    bare = ForestRow(label="HTS: restraint", value=1, low=0, high=2, verdict="higher", words="1 (0 to 2)")
    noted = dataclasses.replace(bare, note="how far its patron holds back its attacks, " * 9)
    plots = [
        forest("f", [ForestGroup(label="Alone", rows=(row,))], axis={}, zero=0, told="t")
        for row in (bare, noted)
    ]
    assert plots[1].height > plots[0].height + 3 * 15
    assert [str(plot.layout["annotations"]).count("<br>") for plot in plots] == [0, 3]
    assert str(plots[1].narrow).count("<br>") == 3


def test_text_colours_can_be_read() -> None:
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)
    for colour in ("#fde047", "#d9ef8b", "#ffffff", "#1a1a1a", *(actor.colour for actor in ACTORS)):
        assert contrast(readable(colour)) >= 4.5
    assert readable("#1a1a1a") == "#1a1a1a"


def test_map_shows_the_likeliest_holder(material: ReportInput) -> None:
    frames, control = probable_frames(material, fake_grid()), fake_control()
    assert frames.days == tuple(range(31))
    for day in (0, 3, 30):
        assert np.array_equal(frames.holders[day], control[day].argmax(axis=1))
        assert np.abs(frames.percent[day] - 100 * control[day].max(axis=1)).max() <= 0.5


def test_map_days_without_a_row_are_as_day_0(material: ReportInput) -> None:
    frames = probable_frames(material, fake_grid())
    still = (fake_control()[7] == fake_control()[0]).all(axis=1)
    assert 0 < still.sum() < len(still)
    assert np.array_equal(frames.holders[7][still], frames.holders[0][still])


def test_a_cell_off_the_map_is_an_error(material: ReportInput) -> None:
    grid = fake_grid()
    small = Grid(sub_ids=grid.sub_ids[1:], lats=grid.lats[1:], lons=grid.lons[1:], step=grid.step)
    with pytest.raises(ValueError, match="cell 1000 is not on the map"):
        probable_frames(material, small)


def _unpacked(packed: dict[str, Any], cells: int) -> np.ndarray:
    holders, days = np.full(cells, NOBODY, "u1"), []
    for where, who, _ in packed["frames"]:
        holders[np.frombuffer(base64.b64decode(where), "<u4")] = np.frombuffer(base64.b64decode(who), "u1")
        days.append(holders.copy())
    return np.array(days)


def test_packed_frames_unpack_to_the_same(material: ReportInput) -> None:
    grid, frames = fake_grid(), probable_frames(material, fake_grid())
    found = packed(material, grid, frames)
    assert np.array_equal(_unpacked(found, len(grid.sub_ids)), frames.holders)
    assert '"Day 2: Friday 29 November 2024"' in map_widget(material, grid, frames, name="m", label="l")
    assert max(len(frame[0]) for frame in found["frames"][1:]) < len(found["frames"][0][0])


def test_a_cell_that_returns_to_its_first_holder_is_packed(material: ReportInput) -> None:
    grid = Grid(sub_ids=np.array([1, 2]), lats=np.array([0.0, 1.0]), lons=np.zeros(2), step=1.0)
    held = [np.array([0, 1]), np.array([1, 1]), np.array([0, 1])]
    frames = film_frames([fake_picture(time, control) for time, control in enumerate(held)])
    assert _unpacked(packed(material, grid, frames), 2).tolist() == [[0, 1], [1, 1], [0, 1]]


def test_frames_of_a_film_know_nobody() -> None:
    frames = film_frames([fake_picture(0, np.array([1, 1])), fake_picture(3, np.array([0, -1]))])
    assert frames.days == (0, 3)
    assert frames.holders.tolist() == [[1, 1], [0, NOBODY]]
    assert frames.percent.tolist() == [[100, 100], [100, 0]]


def test_long_runs_are_thinned(material: ReportInput, tmp_path: Path) -> None:
    results = Results(write_fake(tmp_path / "run", replicates=20).folder)
    first = results.cells[results.cells["day"] == 0]
    long = [first.assign(day=day) for day in range(400)]
    results.__dict__["cells"] = pd.concat(long)
    frames = probable_frames(fake_material(results), fake_grid())
    assert len(frames.days) == FRAMES
    assert (frames.days[0], frames.days[-1]) == (0, 399)


def test_places_table_tells_the_map(material: ReportInput) -> None:
    table = map_table(material, fake_grid(), probable_frames(material, fake_grid()))
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["Damascus"][0] == "Government, 100 of 100"
    assert rows["Aleppo"][-1].startswith("HTS")
    assert table.headings[0] == "place"
    assert table.headings[-1] == "day 30"


def test_a_grid_names_each_cell_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        Grid(sub_ids=np.array([1, 1]), lats=np.zeros(2), lons=np.zeros(2), step=0.05)


def test_frames_are_dated_from_the_start(material: ReportInput) -> None:
    frames = Frames(days=(0,), holders=np.zeros((1, 2), "u1"), percent=np.zeros((1, 2), "u1"))
    grid = Grid(sub_ids=np.array([1, 2]), lats=np.array([0.0, 1.0]), lons=np.zeros(2), step=1.0)
    setting = fake_material(material.results, start=date(2025, 1, 1))
    assert '"days":["Day 0: Wednesday 1 January 2025"]' in map_widget(
        setting, grid, frames, name="m", label=""
    )


def test_the_label_of_an_ending_keeps_the_names_of_its_places() -> None:
    labels = {each.id: each.label for each in ending_texts(build_world(load_scenario("aleppo")))}
    assert labels["truce_aleppo_lost"] == "Truce Aleppo lost" and labels["thrown_back"] == "Thrown back"
