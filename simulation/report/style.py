"""Colours and the common look of all figures."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

INK, QUIET, LINE, ACCENT, PALE, PAPER = "#1d2530", "#55606e", "#dfe3e8", "#33517a", "#9aa9bd", "#ffffff"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
SEQUENCE = ("#16324f", "#a8323e", "#7a5a00", "#1b7a5a", "#7b3f98", "#5c6b7a", "#b3541e", "#2a6fb0")
CONTRAST_AA = 4.5


def rgba(colour: str, alpha: float) -> str:
    """Return a #rrggbb colour with an opacity as CSS."""
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{alpha})"


def readable(colour: str) -> str:
    """Return the colour, darkened as little as needed for text on white (WCAG AA, 4.5 to 1)."""
    red, green, blue = _channels(colour)
    for step in range(100, -1, -2):
        darker = f"#{red * step // 100:02x}{green * step // 100:02x}{blue * step // 100:02x}"
        if contrast(darker) >= CONTRAST_AA:
            return darker
    return INK


def contrast(colour: str) -> float:
    """Return the WCAG contrast ratio of the colour with white, 1 to 21."""
    return 1.05 / (_luminance(colour) + 0.05)


def layout(**changes: Any) -> dict[str, Any]:
    """Return a figure's layout: quiet axes, no zoom (a page scrolls under a finger), then `changes`."""
    base: dict[str, Any] = {
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "margin": {"l": 56, "r": 16, "t": 10, "b": 46},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"font": {"size": 13}},
        "xaxis": axis(),
        "yaxis": axis(),
    }
    for name, value in changes.items():
        base[name] = base[name] | value if isinstance(base.get(name), dict) else value
    return base


def axis(title: str = "", **changes: Any) -> dict[str, Any]:
    """Return an axis with its title (which names the unit)."""
    return {
        "title": {"text": title, "font": {"size": 13, "color": QUIET}, "standoff": 8},
        "fixedrange": True,
        "gridcolor": LINE,
        "zeroline": False,
        "tickfont": {"size": 12, "color": QUIET},
        "automargin": False,
        "tickformat": ",.3~f",
    } | changes


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in _channels(colour)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


BARS = 20


def bins(values: np.ndarray, bars: int = BARS) -> np.ndarray:
    """Return bin edges of one round width (1, 2 or 5 times a power of ten) that cover the values.

    Whole numbers get bins around whole numbers.
    """
    low, high = float(values.min()), float(values.max())
    width = _round_width((high - low) / bars)
    if np.all(values == np.round(values)):
        width = max(width, 1.0)
        start = math.floor(low / width) * width - 0.5
    else:
        start = math.floor(low / width) * width
    count = math.floor((high - start) / width) + 1
    return start + width * np.arange(count + 1)


def _round_width(width: float) -> float:
    power = 10.0 ** math.floor(math.log10(width))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= width * (1 - 1e-9))
