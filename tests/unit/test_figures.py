"""The figures of a page, as plotly figures with titles that say what they show."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from fakes import ACTORS, fake_material, write_fake

import simulation
from simulation.report.figures import Drawn, figures
from simulation.report.run.page import SECTIONS, page
from simulation.results.folder import Results


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return write_fake(tmp_path_factory.mktemp("figures") / "run")


@pytest.fixture(scope="module")
def drawn(results: Results) -> dict[str, Drawn]:
    return figures(SECTIONS, fake_material(results))


def test_all_figures_of_the_page_are_there_in_its_order(results: Results, drawn: dict[str, Drawn]) -> None:
    assert list(drawn) == re.findall(r'class="plot" id="(?:plot-)?([^"]+)"', page(fake_material(results)))


def test_each_has_a_title_of_its_own_and_room_for_it(drawn: dict[str, Drawn]) -> None:
    every = {name: each.figure() for name, each in drawn.items()}
    titles = [figure.layout.title.text for figure in every.values()]
    assert len(set(titles)) == len(titles) > 15
    assert titles[0] == "<b>How it ends</b>"
    fan = every[f"area_km2-{ACTORS[0].id}"].layout
    assert all(words in fan.title.text for words in ("<b>Land</b>", "Land held, by actor", ACTORS[0].name))
    spec = drawn["endings"].spec["layout"]
    new = every["endings"].layout
    assert new.height - spec["height"] == new.margin.t - spec["margin"]["t"] > 40


def test_a_name_in_a_title_is_text(results: Results) -> None:
    actors = tuple(dataclasses.replace(each, name="<i>A & B</i>") for each in ACTORS)
    evil = figures(SECTIONS, dataclasses.replace(fake_material(results), actors=actors))
    assert "&lt;i&gt;A &amp; B&lt;/i&gt;" in evil[f"area_km2-{ACTORS[0].id}"].title


def test_the_package_shows_what_there_is() -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{simulation.__version__}"' in project
    assert {"run", "compare", "open_run", "ConflictModel", "__version__"} <= set(dir(simulation))
    assert all(getattr(simulation, name) is not None for name in dir(simulation))
