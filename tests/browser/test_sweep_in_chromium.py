"""The page of a sweep in a real browser: silent, offline, no wider than the screen, every figure drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import WIDTHS, Opened

from simulation import sweep

GUARDS, DIGGING, SHOCK = ("inputs.river_council_fighters", "inputs.dig_in_rate", "inputs.army_shock")
DESIGNS = {
    "curve": {GUARDS: [700, 1400, 2100, 2800]},
    "panels": {GUARDS: [700, 1400, 2800], DIGGING: [0.1, 0.5]},
    "clouds": {GUARDS: [700, 2800], DIGGING: [0.1, 0.5], SHOCK: [1, 2]},
}


@pytest.fixture(scope="module", params=DESIGNS)
def swept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sweep one, two or three inputs over a few days."""
    place = tmp_path_factory.mktemp("sweep") / "out"
    done = sweep("two-valleys", DESIGNS[request.param], replicates=25, overrides=["days=6"], out=place)
    assert done.report is not None
    return done.report


@pytest.fixture(scope="module", params=WIDTHS)
def opened(request: pytest.FixtureRequest, browser: Any, swept: Path) -> Iterator[Opened]:
    found = Opened(browser, swept, request.param)
    yield found
    found.page.close()


def test_it_is_silent_and_offline(opened: Opened, swept: Path) -> None:
    opened.assert_silent_and_offline()
    assert swept.stat().st_size < 8_000_000


def test_nothing_runs_over_the_side(opened: Opened) -> None:
    opened.assert_within_the_screen()


def test_text_can_be_read_against_what_lies_behind_it(opened: Opened) -> None:
    opened.assert_legible()


def test_every_figure_is_drawn_and_told(opened: Opened) -> None:
    opened.assert_figures_drawn_and_told()
