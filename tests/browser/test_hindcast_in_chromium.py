"""The page of a hindcast in a real browser: silent, offline, legible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import WIDTHS, Opened

from simulation import hindcast


@pytest.fixture(scope="module")
def page_of_hindcast(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Score thirty histories against the bundled truth."""
    folder = tmp_path_factory.mktemp("hindcast")
    done = hindcast("aleppo", overrides=["days=18"], replicates=30, out=folder / "out")
    assert done.report is not None
    return done.report


@pytest.fixture(scope="module", params=WIDTHS)
def opened(request: pytest.FixtureRequest, browser: Any, page_of_hindcast: Path) -> Iterator[Opened]:
    found = Opened(browser, page_of_hindcast, request.param)
    yield found
    found.page.close()


def test_it_is_silent_and_offline(opened: Opened) -> None:
    opened.assert_silent_and_offline()


def test_nothing_runs_over_the_side(opened: Opened) -> None:
    opened.assert_within_the_screen()


def test_text_can_be_read_against_what_lies_behind_it(opened: Opened) -> None:
    opened.assert_legible()


def test_the_first_screen_says_how_it_did_and_what_that_is_worth(opened: Opened) -> None:
    text = " ".join(opened.page.locator("#answer").inner_text().split())
    assert (
        "where 9 of 10 histories lie, held what happened on" in text
        and "One event is one data point." in text
    )
    assert text.count("the model is") == 3


def test_every_figure_is_drawn_and_has_words(opened: Opened) -> None:
    assert opened.page.locator(".plot").count() == 5
    bare = opened.page.evaluate(
        """[...document.querySelectorAll('.plot')].filter(box => !box.getAttribute('aria-label') ||
        !box.querySelector('.points path, .point path')).map(box => box.id)"""
    )
    assert bare == []


def test_ids_are_not_given_twice(opened: Opened) -> None:
    ids = opened.page.eval_on_selector_all("main [id]", "all => all.map(e => e.id)")
    named = [name for name in ids if not name.startswith(("clip", "legend", "topdefs", "defs"))]
    assert len(set(named)) == len(named)
