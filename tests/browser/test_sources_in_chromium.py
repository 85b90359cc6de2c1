"""The sources in a real browser: links open what they lead to, the box finds chains, the keyboard is enough."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import WIDTHS


@pytest.fixture(scope="module", params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Any, report: Path) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": request.param, "height": 800})
    opened.goto(report.as_uri())
    opened.wait_for_selector("body[data-ready=yes]")
    opened.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    yield opened
    opened.close()


def follow(page: Any, target: str) -> Any:
    """Follow the first link to an anchor by keyboard and return what it leads to."""
    link = page.locator(f'a[href="#{target}"]').first
    link.evaluate("link => { link.closest('details')?.setAttribute('open', '') }")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(
        f'[id="{target}"]:focus'
    )  # a function would be polled by `eval`, which the page forbids
    return page.locator(f"#{target}")


def test_a_link_from_a_table_opens_its_chain(page: Any) -> None:
    entry = follow(page, "from-places-aleppo")
    box = entry.bounding_box()
    assert entry.is_visible()
    assert box and -5 <= box["y"] < 800


def test_the_box_finds_by_name_and_by_words(page: Any) -> None:
    page.fill("#sources-filter", "government_cohesion")
    assert page.locator("#sources .entry:visible h3").all_inner_texts() == ["government_cohesion"]
    assert page.inner_text("#sources-count").startswith("1 of ")
    page.fill("#sources-filter", "Lister several thousand")
    assert "hts_appetite" in page.locator("#sources .entry:visible h3").all_inner_texts()
    page.fill("#sources-filter", "no such words anywhere")
    assert page.locator("#sources .entry:visible").count() == 0
    page.fill("#sources-filter", "")
    assert page.locator("#sources details.origins:visible").count() > 8
    assert page.locator("#sources details.origins[open]").count() == 0


def test_a_link_shows_what_the_box_had_hidden(page: Any) -> None:
    page.fill("#sources-filter", "government_cohesion")
    assert follow(page, "from-results-contained").is_visible()
    assert page.input_value("#sources-filter") == ""


def test_from_a_number_to_its_sentence_in_two_steps(page: Any) -> None:
    follow(page, "from-actor-numbers-opposition-factions-restraint")
    claim = follow(page, "from-claims-c47")
    assert "Turkey, on the other side, has backed several opposition factions" in claim.inner_text()
