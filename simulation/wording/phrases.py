"""Numbers as words: natural frequencies, counts, lists."""

from __future__ import annotations

import math
from collections.abc import Sequence

from simulation.statistics.intervals import Share

NOTHING = "\u2013"  # an en dash
PERCENT, UNBROKEN_PERCENT = " %", "\N{NO-BREAK SPACE}%"
"""What stands after the number of a percentage, and the same where a line must not end before it."""
WHOLE = ("fighters", "people", "villages", "bases", "strikes")
"""Units of what comes in whole ones: a quantile between two of them is not shown as half a fighter."""
COMMON = ("The", "A", "An", "No", "Nobody", "Both", "All")
"""Words that have a capital only at the beginning of a sentence."""


def of_hundred(share: Share) -> str:
    """Return "62 of 100 histories"; with fewer than 100 histories, the count itself.

    A share that is not nothing but rounds to it is said in thousands, never as 0; the same near all.
    """
    count, total = natural_frequency(share)
    return f"{count:,} of {total:,} histories"


def natural_frequency(share: Share) -> tuple[int, int]:
    """Return how many of how many histories `of_hundred` says."""
    rounded = round(100 * share.share)
    whole = share.total < 100 or share.count in (0, share.total)
    return (share.count, share.total) if whole or not 0 < rounded < 100 else (rounded, 100)


def interval(share: Share) -> str:
    """Return the 95 % interval in per cent, such as "55 to 69 %"."""
    return f"{100 * share.low:.0f} to {100 * share.high:.0f} %"


def number(value: float) -> str:
    """Return a number to about three figures with thousands separated, or a dash when there is none."""
    if not math.isfinite(value):
        return NOTHING
    if abs(value) >= 1000:
        digits = len(str(int(abs(value)))) - 3
        return f"{round(value, -digits):,.0f}"
    if abs(value) >= 100 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 10 else f"{value:.2g}"


def amount(value: float, unit: str) -> str:
    """Return a number of what is counted in whole ones as such, and any other number as `number` does."""
    return number(round(value) if unit in WHOLE and math.isfinite(value) else value)


def listed(words: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def sentence(text: str) -> str:
    """Return the text beginning with a capital, without a full stop at its end."""
    text = text.strip().rstrip(".")
    return text[:1].upper() + text[1:]


def clause(text: str) -> str:
    """Return a sentence as a clause to follow other words: no full stop, no capital of an article or the like."""
    text = text.strip().rstrip(".")
    return text[:1].lower() + text[1:] if text.split(" ")[0] in COMMON else text


def closed(clause: str) -> str:
    """Return a clause that other words of its sentence follow: one with a comma inside ends in one too."""
    return f"{clause}," if "," in clause else clause


def counted(number: float, thing: str) -> str:
    """Return "1 fighter", "2,000 fighters", "1.5 days" or "2 histories"."""
    shown = f"{number:,.0f}" if float(number).is_integer() else f"{number:,g}"
    many = f"{thing.removesuffix('y')}ies" if thing.endswith("ry") else f"{thing}s"
    return f"{shown} {thing if number == 1 else many}"
