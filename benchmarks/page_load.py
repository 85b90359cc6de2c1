"""How long a page takes to open in headless Chromium, from a cold start each time.

`python benchmarks/page_load.py results/aleppo-DIGEST/report.html` opens it five times, in a new browser each. It prints
the first contentful paint and the load event [s], and the CPU time of the page's main thread until the load event and
until the last figure is drawn [s], which a busy machine makes longer as well, but far less than the other two.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TIMES = """() => ({load: performance.getEntriesByType('navigation')[0].loadEventEnd,
    paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN})"""
PATIENCE = 300_000
"""How long a page may take [ms]."""


def opened(playwright: Playwright, file: Path) -> dict[str, float]:
    """Return what one opening of a page took [s]."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    inside = page.context.new_cdp_session(page)
    inside.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(file.resolve().as_uri(), wait_until="load", timeout=PATIENCE)
    until_load = _cpu(inside)
    page.wait_for_selector("body[data-ready=yes]", timeout=PATIENCE)
    times = page.evaluate(TIMES)
    found = {"paint": times["paint"] / 1000, "load": times["load"] / 1000}
    found |= {"CPU to load": until_load, "CPU to last figure": _cpu(inside)}
    browser.close()
    return found


def _cpu(inside: Any) -> float:
    metrics = {each["name"]: each["value"] for each in inside.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        for file in asked.pages:
            rows = [opened(playwright, file) for _ in range(asked.times)]
            best = ", ".join(f"{name} {min(row[name] for row in rows):.2f} s" for name in rows[0])
            print(f"{file} ({file.stat().st_size / 1e6:.1f} MB), best of {asked.times}: {best}")
    print(f"load of the machine, mean of a minute: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
