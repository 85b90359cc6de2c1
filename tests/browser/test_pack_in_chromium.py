"""A pack opened from a folder: nothing from a network, guesses that stay, and counts that are those of plain runs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pages import WIDTHS

from simulation import Pack, pack, run
from simulation.report.cover import ASKS
from simulation.statistics.intervals import ending_shares

POINTS = 30


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    out = tmp_path_factory.mktemp("pack") / "pack"
    return pack(["two-valleys", "two-valleys-ceasefire"], out=out, replicates=40, points=POINTS)


def opened(browser: Any, page: Path, width: int, heard: list[str]) -> Any:
    found = browser.new_page(viewport={"width": width, "height": 800})
    found.on("console", lambda said: heard.append(said.text) if said.type in ("error", "warning") else None)
    found.on("pageerror", lambda error: heard.append(str(error)))
    found.on("request", lambda asked: heard.append(asked.url) if re.match("http|ws", asked.url) else None)
    found.goto(page.as_uri())
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_reached_and_asks_no_network(packed: Pack, width: int, browser: Any) -> None:
    heard: list[str] = []
    page = opened(browser, packed.pupils, width, heard)
    links = page.evaluate("[...document.querySelectorAll('main a')].map(link => link.href)")
    assert len(links) == 7 and len(set(page.locator("h2").all_inner_texts())) == 2
    for link in links:
        page.goto(link)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, link
        if link.endswith("report.html"):
            page.get_by_text(ASKS).click()
            page.locator(".plot .main-svg").first.wait_for()
    assert heard == []
    page.close()


def test_guesses_stay_and_counts_are_those_of_plain_runs(packed: Pack, browser: Any) -> None:
    heard: list[str] = []
    page = opened(browser, packed.folder / "pupils" / "two-valleys" / "what-if.html", 1280, heard)
    assert not page.locator("#told").is_visible() and page.locator("#count-0").inner_text() == ""
    page.fill("#guess-0", "140")
    page.press("#slider-1", "ArrowRight")
    page.fill("#guess-0", "12")
    page.locator("#guess-0").blur()
    page.reload()
    assert page.locator("#guess-0").input_value() == "100", "the guess of the point in the middle"
    page.press("#slider-1", "ArrowRight")
    assert page.locator("#guess-0").input_value() == "12"
    page.click("#show")
    settings = page.evaluate("grid.settings")
    assert [len(values) for values in settings.values()] == [3, 3, 3]
    chosen = {path: values[2 if k == 1 else 1] for k, (path, values) in enumerate(settings.items())}
    told = [int(text.split()[0]) for text in page.locator("[id^=count-]").all_inner_texts()]
    page.click("#forget")
    assert page.locator("#guess-0").input_value() == "" and heard == []
    page.close()
    assert told == counts_of_a_run(chosen, packed.folder.parent)


def counts_of_a_run(inputs: dict[str, float], folder: Path) -> list[int]:
    overrides = [f"{path}={value:.17g}" for path, value in inputs.items()]
    done = run("two-valleys", overrides=overrides, replicates=POINTS, report=False, out=folder / "run")
    shares = ending_shares(done.results.outcomes, done.manifest.endings)
    return [round(100 * share.share) for share in shares.values()]


def test_the_answers_are_not_in_the_pupils_folder(packed: Pack) -> None:
    for page in (packed.folder / "pupils").rglob("*.html"):
        assert "Answers" not in re.sub(
            "<script.*?</script>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL
        )
    assert packed.teachers.is_file() and len(list(packed.teachers.parent.rglob("teacher.html"))) == 2
