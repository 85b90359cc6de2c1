"""A page opened in Chromium, and what every page must be: silent, offline, within the screen, legible."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

WIDTHS = (1280, 360)
LOCAL = ("file:", "data:", "blob:")
PIXELS = """id => { const canvas = document.querySelector(`#${id} canvas`);
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.reduce((sum, value) => (sum * 31 + value) % 1e9, 7) }"""
"""What a map shows, as one number."""

CONTRAST = """() => { const light = text => { const c = text.match(/[\\d.]+/g).map(Number);
    const part = v => v / 255 <= 0.03928 ? v / 255 / 12.92 : Math.pow((v / 255 + 0.055) / 1.055, 2.4);
    return [0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]), c.length > 3 ? c[3] : 1]; };
  const behind = node => { for (let e = node; e; e = e.parentElement) {
      const [l, alpha] = light(getComputedStyle(e).backgroundColor); if (alpha) return l; } return 1; };
  return [...document.querySelectorAll('main *, header *')].filter(e => [...e.childNodes].some(n =>
      n.nodeType === 3 && n.textContent.trim()) && e.getClientRects().length &&
      !['SCRIPT', 'STYLE'].includes(e.tagName))
    .map(e => { const style = getComputedStyle(e), svg = e.closest('svg');
      const a = light(svg ? style.fill : style.color)[0], b = svg ? 1 : behind(e);
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e.textContent.trim()]; })
    .filter(([ratio]) => ratio < 4.5); }"""
OUTSIDE = """[...document.querySelectorAll('.plot')].flatMap(box => { const edge = box.getBoundingClientRect();
        return [...box.querySelectorAll('text')].filter(text => { const r = text.getBoundingClientRect();
          return r.width && (r.right > edge.right + 1 || r.left < edge.left - 1) })
          .map(text => box.id + ': ' + text.textContent) })"""
WIDE = """[...document.querySelectorAll('main *')].filter(part => !part.closest('svg, thead, pre') &&
        part.getBoundingClientRect().right > window.innerWidth + 1)
        .map(part => part.tagName + '.' + part.className)"""


PRINTED_PAGE = re.compile(rb"/Type\s*/Page\b")


def sheets(page: Any) -> int:
    """Return on how many sheets of A4 a page is printed."""
    return len(PRINTED_PAGE.findall(page.pdf(prefer_css_page_size=True, format="A4")))


class Opened:
    """A page with everything it complained about or asked the network for."""

    def __init__(self, browser: Any, report: Path, width: int) -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 800})
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self._note(message))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(report.as_uri())
        self.page.wait_for_selector("body[data-ready=yes]")

    def _note(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def unfold(self) -> None:
        """Open all that is folded."""
        self.page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")

    def wait_until(self, holds: str) -> None:
        """Wait until an expression holds; asked from outside, as a page that forbids `eval` cannot poll it itself."""
        for _ in range(100):
            if self.page.evaluate(holds):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"five seconds long this did not hold: {holds}")

    def assert_silent_and_offline(self) -> None:
        """Scroll through the page; nothing is complained of, nothing asked for."""
        self.page.mouse.wheel(0, 30000)
        self.page.wait_for_timeout(300)
        assert self.complaints == []
        assert [url for url in self.requests if not url.startswith(LOCAL)] == []

    def assert_within_the_screen(self) -> None:
        """Nothing runs over the side, folded or not, and no label over the edge of its figure."""
        self.unfold()
        assert self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert self.page.evaluate(WIDE) == []
        assert self.page.evaluate(OUTSIDE) == []

    def assert_figures_drawn_and_told(self) -> int:
        """Check that every figure is drawn and has a description; return how many there are, at least one."""
        drawn = self.page.evaluate(
            "[...document.querySelectorAll('.plot')].map(e => !!e.querySelector('svg'))"
        )
        told = self.page.evaluate("[...document.querySelectorAll('.plot')].map(e => e.ariaLabel.length)")
        assert drawn and all(drawn) and all(length > 20 for length in told)
        return len(drawn)

    def assert_legible(self) -> None:
        """Every text stands out against what lies behind it as WCAG AA asks (4.5 to 1)."""
        self.unfold()
        assert self.page.evaluate(CONTRAST) == []
