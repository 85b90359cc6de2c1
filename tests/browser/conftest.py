"""A Chromium without network for the tests of the report, and the made-up run they show."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Start Chromium; without one the tests are skipped, except where CI=true promises it."""
    if CHROMIUM is None:
        message = "no Chromium on this machine (looked for chromium, chromium-browser, google-chrome)"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of the made-up run."""
    from fakes import fake_material, write_fake

    from simulation.report.run.page import write_report

    folder = tmp_path_factory.mktemp("browser") / "run"
    return write_report(fake_material(write_fake(folder)), folder / "report.html")


@pytest.fixture(scope="session")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the replay of a made-up history of a small country: land changes hands on day 1."""
    import numpy as np
    from fakes import fake_manifest, fake_picture

    from simulation.histories.diary import DiarySentence
    from simulation.report.page_data import Story
    from simulation.report.replay.page import write_replay
    from simulation.scenario import load_scenario
    from simulation.world.world import build_world

    world = build_world(load_scenario("two-valleys"))
    control = np.asarray(world.template.cells.control)
    taken = np.where(np.arange(len(control)) < len(control) // 2, 0, control)
    moments = [k / 4 for k in range(13)]
    story = Story(
        title="A typical history",
        why="Made up.",
        replicate=3,
        days=tuple(
            (day, (DiarySentence(text=f"Something happens on day {day}. " * 9),) * 9) for day in range(3)
        ),
        film=tuple(fake_picture(time, control if time < 1 else taken) for time in moments),
    )
    return write_replay(world, story, fake_manifest(), tmp_path_factory.mktemp("replay") / "replay.html")
