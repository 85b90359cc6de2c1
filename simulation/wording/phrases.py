"""Numbers as words: natural frequencies, counts, lists."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from simulation.statistics.intervals import NINE_TENTHS_FROM, Share

NOTHING = "\u2013"  # an en dash
PERCENT, UNBROKEN_PERCENT = " %", "\N{NO-BREAK SPACE}%"
"""What stands after the number of a percentage, and the same where a line must not end before it."""
WHOLE = ("fighters", "people", "villages", "bases", "strikes")
"""Units of what comes in whole ones: a quantile between two of them is not shown as half a fighter."""
COMMON = ("The", "A", "An", "No", "Nobody", "Both", "All")
"""Words that have a capital only at the beginning of a sentence."""


def of_hundred(share: Share) -> str:
    """Return "62 of 100 histories"; with fewer than 100 histories, the count itself.

    A share that is not nothing but rounds to it is said as the count it is, never as 0; the same near all.
    """
    return frequency_words(natural_frequency(share))


def frequency_words(frequency: tuple[int, int]) -> str:
    """Return "62 of 100 histories" for so many of so many."""
    count, total = frequency
    return f"{count:,} of {counted(total, 'history')}"


def natural_frequency(share: Share) -> tuple[int, int]:
    """Return how many of how many histories `of_hundred` says."""
    rounded = round(100 * share.share)
    whole = share.total < 100 or share.count in (0, share.total)
    return (share.count, share.total) if whole or not 0 < rounded < 100 else (rounded, 100)


def natural_frequencies(shares: Mapping[str, Share]) -> dict[str, tuple[int, int]]:
    """Return the same of the parts of a whole: those that are said of 100 add up to 100 with those that are not.

    A part that gets none of the 100 is said as the count it is.
    """
    exact = {name: (share.count, share.total) for name, share in shares.items()}
    if any(share.total < 100 or share.count == share.total for share in shares.values()):
        return exact
    rounded = dict(zip(shares, parts_of_hundred([share.count for share in shares.values()]), strict=True))
    return {name: (part, 100) if 0 < part < 100 else exact[name] for name, part in rounded.items()}


def parts_of_hundred(parts: Sequence[float]) -> list[int]:
    """Return the parts of a whole as whole numbers that add up to 100: what is missing goes to the largest fractions.

    `parts` are not negative and not all 0; of equal fractions the first gains. Rounded one by one, three thirds make
    99 and 60.5 with 39.5 makes 101.
    """
    whole = math.fsum(parts)
    scaled = [100 * part / whole for part in parts]
    found = [math.floor(part) for part in scaled]
    order = sorted(range(len(parts)), key=lambda k: found[k] - scaled[k])
    for k in order[: 100 - sum(found)]:
        found[k] += 1
    return found


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


def span(low: float, high: float) -> str:
    """Return "26 to 382", rounded outwards so that it holds what lies from low to high; "5" where both are 5."""
    if low == high or not (math.isfinite(low) and math.isfinite(high)):
        return number(low)
    start, end = number(_outward(low, math.floor)), number(_outward(high, math.ceil))
    return start if start == end else f"{start} to {end}"


def _outward(value: float, way: Callable[[float], int]) -> float:
    """Return a number that `number` shows as it is, from `value` on in one way."""
    if float(value).is_integer() and abs(value) < 1000:
        return value
    size = abs(value)
    digits = 3 - len(str(int(size))) if size >= 10 else 1 - math.floor(math.log10(size))
    shown = round(value, digits)
    return shown if math.isclose(shown, value, rel_tol=1e-12) else way(value * 10.0**digits) / 10.0**digits


def range_heading(histories: int) -> str:
    """Return what a range from low to high of so many histories is (see `marks_of`)."""
    return "9 of 10 histories" if histories >= NINE_TENTHS_FROM else "lowest to highest"


def between(low: float, high: float, histories: int) -> str:
    """Return "9 of 10 histories lie in 26 to 382", or of few that they all do."""
    who = "9 of 10 histories lie" if histories >= NINE_TENTHS_FROM else "all histories lie"
    return f"{who} in {span(low, high)}"


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
