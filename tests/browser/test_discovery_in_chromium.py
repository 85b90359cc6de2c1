"""The page of a discovery in a real browser: silent, offline, no wider than the screen, every figure drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fakes import fake_manifest
from pages import WIDTHS, Opened

from simulation.report.discovery.page import write_discovery
from simulation.report.discovery.subject import DiscoverySubject
from simulation.scenario import load_scenario
from simulation.scenario_discovery.discovery import discovered

pytest.importorskip("ema_workbench")


@pytest.fixture(scope="module")
def discovery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of a made-up discovery: two conditions, one on a switch."""
    scenario, draw = load_scenario("aleppo"), np.random.default_rng(1)
    inputs = pd.DataFrame({name: draw.random(800) for name in list(scenario.inputs)[:6]})
    inputs["gathers"] = draw.integers(0, 2, 800).astype(float)
    happened = ((inputs.iloc[:, 0] > 0.6) & (inputs["gathers"] == 1) & (draw.random(800) < 0.9)).to_numpy()
    words = {name: (each.label, each.unit) for name, each in scenario.inputs.items()}
    subject = DiscoverySubject(
        found=discovered(inputs, happened, words), happens="Hama falls", text="place.Hama", inputs=inputs,
        happened=happened, scenario=scenario, manifest=fake_manifest(),
    )  # fmt: skip
    assert len(subject.found.conditions) == 2
    page = tmp_path_factory.mktemp("discovery") / "page.html"
    write_discovery(subject, page)
    return page


@pytest.fixture(scope="module", params=WIDTHS)
def opened(request: pytest.FixtureRequest, browser: Any, discovery: Path) -> Iterator[Opened]:
    found = Opened(browser, discovery, request.param)
    yield found
    found.page.close()


def test_it_is_silent_and_offline(opened: Opened, discovery: Path) -> None:
    opened.assert_silent_and_offline()
    assert discovery.stat().st_size < 8_000_000


def test_nothing_runs_over_the_side(opened: Opened) -> None:
    opened.assert_within_the_screen()


def test_text_can_be_read_against_what_lies_behind_it(opened: Opened) -> None:
    opened.assert_legible()


def test_every_figure_is_drawn_and_told(opened: Opened) -> None:
    assert opened.assert_figures_drawn_and_told() == 3
