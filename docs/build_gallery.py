"""Take the pictures of docs/gallery.md: run bundled scenarios, open their pages in Chromium, photograph each figure.

`python docs/build_gallery.py` writes docs/images/gallery/NAME.webp, about 25 pictures of 952 pixels' width, in
about two minutes. It needs Chromium and the packages of `.[dev]`; the pages are opened without a network.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from simulation import compare, hindcast, replay, run, sensitivity

FOLDER = Path(__file__).resolve().parent / "images" / "gallery"
WIDTH = 1000
"""Of the browser's window, in pixels: the pages' own widest."""
QUALITY = 80
HIDDEN = "figcaption, details.numbers, details.map-key, .how { display: none !important }"
"""The gallery has words of its own, and the numbers are on the page."""
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--no-first-run")  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A figure of a page: the picture's name, what holds it, and how much of it is shown.

    A high one is cut after so many `plots`, or at `most` pixels; a map is turned to a `moment`, 0 (start) to 1 (end).
    """

    name: str
    selector: str
    plots: int | None = None
    most: int = 900
    moment: float | None = None


FIGURES = {
    "run": (
        Figure("run-endings", "#plot-endings"),
        Figure("run-falls", "#plot-falls"),
        Figure("run-map", "#map figure", moment=1.0),
        Figure("run-land", "#territory figure:has(.plot)", plots=3),
        Figure("run-civilians", "#plot-civilians_killed-all"),
        Figure("run-flight", "#plot-displaced-all"),
        Figure("run-spread", "#spread figure", plots=3),
        Figure("run-settling", "#settling figure", plots=3),
        Figure("run-drivers", "#plot-drivers-area_km2_government"),
        Figure("run-claims", "#claims figure"),
    ),
    "compare": (
        Figure("compare-endings-most", "#plot-most-endings", most=555),
        Figure("compare-outcomes-most", "#plot-most-outcomes"),
        Figure("compare-endings", "#endings figure"),
        Figure("compare-moves", "#moves figure"),
        Figure("compare-falls", "#falls figure", plots=2),
        Figure("compare-outcomes", "#outcomes figure", plots=2),
        Figure("compare-map", "#map figure"),
    ),
    "sensitivity": (
        Figure("sensitivity-chance", "#plot-chance"),
        Figure("sensitivity-inputs", "#plot-overall"),
        Figure("sensitivity-shares", "#plot-shares-0"),
        Figure("sensitivity-settling", "#settling figure", plots=3),
    ),
    "hindcast": (
        Figure("hindcast-forecast", "#forecast-0"),
        Figure("hindcast-ranks", "#rank-of-truth"),
    ),
    "replay": (Figure("replay-story", "main section:has(canvas)", most=760, moment=0.4),),
}
TURN = """(slider, moment) => {
  slider.value = Math.round(moment * slider.max); slider.dispatchEvent(new Event('input')) }"""
"""Move a map's time slider."""
EDGE = """(part, plots) => { const edge = part.getBoundingClientRect();
  const shown = plots ? [...part.querySelectorAll('.plot')].slice(0, plots).map(p => p.parentElement) : [part];
  const ends = shown.map(box => box.getBoundingClientRect());
  const right = Math.max(...ends.map(end => end.right)), bottom = Math.max(...ends.map(end => end.bottom));
  return [edge.x, edge.y + scrollY, right - edge.x, bottom - edge.y] }"""
"""Where a figure lies on its page, in pixels: left, top, width, height; up to the last of so many plots."""


def write_pages(folder: Path) -> dict[str, Path | None]:
    """Play the runs that the gallery shows, and return the page of each by its command."""
    return {
        "run": run("aleppo", out=folder / "run").report,
        "compare": compare(["aleppo", "no-bombardment", "allies-available"], out=folder / "compare").report,
        "sensitivity": sensitivity("two-valleys", out=folder / "sensitivity").report,
        "hindcast": hindcast("aleppo", out=folder / "hindcast").report,
        "replay": replay("aleppo", "typical", out=folder / "replay.html").page,
    }


def photograph(page: Any, figure: Figure) -> bytes:
    """Return a figure of an open page as a picture in WebP."""
    found = page.locator(figure.selector).first
    found.scroll_into_view_if_needed()
    if figure.moment is not None:
        found.locator("input[type=range]").first.evaluate(TURN, figure.moment)
    page.wait_for_timeout(400)
    left, top, width, height = found.evaluate(EDGE, figure.plots)
    clip = {"x": left, "y": top, "width": width, "height": min(height, figure.most), "scale": 1}
    wish = {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True}
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", wish)
    return base64.b64decode(taken["data"])


def main() -> int:
    """Write all pictures, or those of the commands named."""
    wanted = sys.argv[1:] or list(FIGURES)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("no Chromium was found (chromium, chromium-browser, google-chrome)", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = write_pages(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM))
        for command in wanted:
            page = browser.new_page(viewport={"width": WIDTH, "height": 1000})
            page.goto((pages[command] or Path()).as_uri())
            page.wait_for_selector("body[data-ready=yes]")
            page.add_style_tag(content=HIDDEN)
            for figure in FIGURES[command]:
                (FOLDER / f"{figure.name}.webp").write_bytes(photograph(page, figure))
    return 0


if __name__ == "__main__":
    sys.exit(main())
