"""A page whose result stays covered until it is asked for, on paper too, so that a class can predict first."""

from __future__ import annotations

BEGIN, END = "<!-- the result -->", "<!-- end of the result -->"
"""Round all of a page that tells the result; what comes before it asks for a prediction."""
BESIDE = ' class="beside"'
"""Of a page whose contents stand beside its text on a wide screen. Not `:has(nav)`: it is asked at every change."""
ASKS = "Show what came of it"


def covered(page: str) -> str:
    """Return a page with its result in a fold; ValueError for a page that does not say where that is."""
    before, begins, rest = page.partition(BEGIN)
    result, ends, after = rest.partition(END)
    if not begins or not ends:
        raise ValueError("the page does not say where its result begins and ends")
    before = before.replace("<details>", "<details open>").replace(BESIDE, "", 1)
    fold = f'<details class="cover"><summary>{ASKS}</summary>{result}</details>'
    return f"{before}{fold}{after}".replace('<a class="skip" href="#answer">Skip to the answer</a>', "")
