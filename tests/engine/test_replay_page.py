"""The page that replays one history: its parts, its moments, and what is left off the map."""

from __future__ import annotations

import json
import re
from datetime import date

import numpy as np
import pytest
from fakes import fake_manifest, fake_picture

from simulation import replay
from simulation.commands.history_argument import history_named
from simulation.errors import InputError
from simulation.histories.diary import DiarySentence
from simulation.report.page_data import Grid, Story
from simulation.report.replay.map import cut, moment_words, story_day
from simulation.report.replay.page import replay_page
from simulation.scenario import load_scenario
from simulation.world.world import build_world

EVIL = "</script><script>alert(1)</script>"


@pytest.fixture(scope="module")
def world():
    return build_world(load_scenario("two-valleys"))


def story(world, **more):
    control = np.asarray(world.template.cells.control)
    film = tuple(
        fake_picture(time, np.where(np.arange(len(control)) < 8 * time, 0, control))
        for time in (0, 0.25, 0.5)
    )
    told = {
        "title": EVIL,
        "why": EVIL,
        "replicate": 4,
        "days": ((0, (DiarySentence(text=EVIL), DiarySentence(text="The history ends."))),),
        "film": film,
    }
    return Story(**(told | more))


def test_the_page_is_small_complete_and_escaped(world):
    html = replay_page(world, story(world), fake_manifest())
    assert "<script>alert" not in html and "&lt;script&gt;alert" in html
    assert (
        len(html) < 200_000
        and "plotly" not in html.lower().replace("plotly.", "").replace("plots", "")[:2000]
    )
    assert "The history ends." in html and "not a forecast" in html
    assert "<code>simulate replay two-valleys --replicate 4 --seed 1</code>" in html
    assert re.search(r'src="|href="http', html) is None


def test_only_sentences_that_add_up_a_day_are_set_quietly(world):
    told = DiarySentence(text="Strikes: begin."), DiarySentence(text="Red 4.", sums=True)
    html = replay_page(world, story(world, days=((0, told),)), fake_manifest())
    assert "<p>Strikes: begin.</p>" in html and '<p class="count">Red 4.</p>' in html


def test_the_data_of_the_page_are_the_film(world):
    html = replay_page(world, story(world), fake_manifest())
    content = json.loads(re.search(r'data-for="story-map">(.*?)</script>', html).group(1))
    assert len(content["frames"]) == len(content["film"]) == len(content["days"]) == 3
    assert content["numbers"] == [0, 0, 0]
    assert content["most"] == 500
    assert content["film"][0]["moves"] == [2, 500, 0]


def test_a_world_too_small_for_a_map_has_its_story():
    html = replay_page(
        build_world(load_scenario("duel")),
        story(build_world(load_scenario("duel")), film=()),
        fake_manifest(),
    )
    assert "too small for a map" in html and "<canvas" not in html


@pytest.mark.parametrize(
    ("time", "day", "words"),
    [(0.0, 0, "Day 0, 00:00: Wednesday 27 November 2024"), (0.25, 0, "Day 0, 06:00: Wednesday 27 November 2024"),
     (1.0, 0, "Day 0, 24:00: Wednesday 27 November 2024"), (1.25, 1, "Day 1, 06:00: Thursday 28 November 2024")],
)  # fmt: skip
def test_midnight_closes_a_day(time, day, words):
    assert story_day(time) == day
    assert moment_words(date(2024, 11, 27), time) == words


def test_only_the_part_where_land_changes_hands_is_drawn():
    lats, lons = (axis.ravel() for axis in np.meshgrid(np.arange(40.0), np.arange(40.0), indexing="ij"))
    grid = Grid(sub_ids=np.arange(1600), lats=lats, lons=lons, step=1.0)
    still = np.zeros(1600, int)
    taken = np.where((lats == 10) & (lons == 12), 1, still)
    shown = cut(grid, [fake_picture(0, still), fake_picture(1, taken)])
    assert (lats[shown].min(), lats[shown].max(), lons[shown].min(), lons[shown].max()) == (6, 14, 8, 16)
    assert cut(grid, [fake_picture(0, still)]).all()
    assert cut(grid, [fake_picture(0, still), fake_picture(1, still + 1)]).all()


def test_a_replay_is_chosen_by_number_or_word(tmp_path):
    by_number = replay("duel", 3, out=tmp_path / "a.html")
    assert by_number.replicate == 3 and by_number.page.is_file()
    first, last = (
        replay("duel", word, of=12, out=tmp_path / f"{word}.html") for word in ("shortest", "longest")
    )
    days = [float(found.ending.split("day ")[1].split(":")[0]) for found in (first, by_number, last)]
    assert days[0] <= days[1] <= days[2] and days[0] < days[2]
    typical = replay("duel", "typical", of=12, out=tmp_path / "t.html")
    assert "Of 12 histories" in typical.why and typical.text().endswith(str(typical.page))


def test_a_wrong_choice_says_what_is_allowed(tmp_path):
    assert history_named("12") == 12 and history_named("typical") == "typical"
    for wrong in ("12.5", "-1", "usual", ""):
        with pytest.raises(InputError, match="a number or one of typical, shortest, longest"):
            history_named(wrong)
    with pytest.raises(InputError, match="not 'usual'"):
        replay("duel", "usual")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        replay("duel", 0, out=tmp_path / "file" / "a.html")
