"""The page of a study in a real browser: silent, offline, no wider than the screen, every figure drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import WIDTHS, Opened

from simulation import sensitivity


@pytest.fixture(scope="module", params=("sobol", "morris"))
def study(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Study a few days by both methods."""
    done = sensitivity(
        "two-valleys",
        method=request.param,
        histories=800,
        overrides=["days=8"],
        out=tmp_path_factory.mktemp("study") / "out",
    )
    assert done.report is not None
    return done.report


@pytest.fixture(scope="module", params=WIDTHS)
def opened(request: pytest.FixtureRequest, browser: Any, study: Path) -> Iterator[Opened]:
    found = Opened(browser, study, request.param)
    yield found
    found.page.close()


def test_it_is_silent_and_offline(opened: Opened, study: Path) -> None:
    opened.assert_silent_and_offline()
    assert study.stat().st_size < 8_000_000


def test_nothing_runs_over_the_side(opened: Opened) -> None:
    opened.assert_within_the_screen()


def test_text_can_be_read_against_what_lies_behind_it(opened: Opened) -> None:
    opened.assert_legible()


def test_every_figure_is_drawn_and_told(opened: Opened) -> None:
    opened.assert_figures_drawn_and_told()
