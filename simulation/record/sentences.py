"""A comparison with the record in words: each line's two sides, and what comes of all of them."""

from __future__ import annotations

import math

from simulation.record.comparison import Comparison, comparison_of
from simulation.record.record_file import Line
from simulation.record.verdict import LEVEL, Compared, Verdict
from simulation.results.folder import Results
from simulation.statistics.intervals import Share
from simulation.wording.phrases import (
    PERCENT,
    WHOLE,
    amount,
    counted,
    interval,
    listed,
    number,
    of_hundred,
    span,
)
from simulation.world.world import World

DAY, PURE = "day", "1"
RAREST = 0.1
"""In 100; what is rarer is said to be."""
OPEN = "not"
"""Said of a day that never comes."""
ONLY_A_CHECK = (
    "A line that fails is a finding about the description of the war, not an error of the program. A line that does "
    "not is no proof: it says only that the record would be no surprise."
)


def record_words(each: Compared) -> str:
    """Return what is on record of a line, with its unit, and of cases their interval."""
    line = each.line
    if line.cases is not None:
        cases = line.cases
        count = f"{cases.fewest} to {cases.most}" if cases.fewest < cases.most else f"{cases.fewest}"
        return f"{count} of {cases.of:,} ({share_words(each.low, each.high)})"
    if line.shares is not None:
        return share_words(each.low, each.high)
    said = {"at_least": "at least ", "at_most": "at most "}.get(line.kind, "")
    told = f"{said}{_number(line, each)}"
    return told if each.unit == PURE else f"day {told}" if each.unit == DAY else f"{told} {each.unit}"


def model_words(each: Compared) -> str:
    """Return what histories give: of an amount the middle one and where 9 of 10 lie, of an event how many have it."""
    found = each.found
    if found is None:
        return each.reason
    if found.chance is not None:
        return f"{of_hundred(found.chance)} ({interval(found.chance)})"
    if not found.marks:
        return "in no history"
    low, _, middle, _, high = (_shown(mark, each.unit) for mark in found.marks)
    return middle if low == high else f"{middle} ({_band(each)})"


def chance_words(each: Compared) -> str:
    """Return how many histories have as much as is on record, or as little where that is said of an amount at most."""
    found, line = each.found, each.line
    if found is None or found.above is None or found.below is None:
        return ""
    if line.kind == "range":
        inside = found.above.count + found.below.count - found.of
        return f"in the range in {frequency(inside, found.of)}"
    share = found.below if line.kind == "at_most" else found.above
    word = "as little" if line.kind == "at_most" else "as much"
    return f"{word} in {frequency(share.count, share.total)} ({fine(share)})"


def verdict_words(each: Compared) -> str:
    """Return the verdict, whether more histories could turn it, and of a range where the middle one lies beside it."""
    if each.verdict is Verdict.FAILED:
        return "FAILED, narrowly" if each.narrow else "FAILED"
    return f"{each.verdict.value}{_beside(each)}"


def given_words(comparison: Comparison, each: Compared) -> str:
    """Return of how many histories a line was asked where that is not all and not said yet, "" else."""
    if each.found is None or each.found.of == comparison.histories:
        return ""
    told = f"of {counted(each.found.of, 'history')}"
    return "" if told in model_words(each) else told


def summary(comparison: Comparison) -> str:
    """Return how many lines fail, and which; then what else is to be known of the others."""
    failed, few, left = (comparison.of(v) for v in (Verdict.FAILED, Verdict.TOO_FEW, Verdict.NOT_MEASURED))
    beside = [each for each in comparison.lines if _beside(each)]
    asked = len(comparison.lines) - len(few) - len(left)
    names = f": {listed([each.line.id for each in failed])}" if failed else ""
    count = f"{len(failed) or 'None'} of {counted(asked, 'line')} of the record {_fail(len(failed))}{names}."
    told = [count if asked else "No line of the record could be compared."]
    told += [f"In {len(beside)} of the others the middle history lies beside the range."] if beside else []
    told += [f"{counted(len(few), 'line')} could be asked of too few histories."] if few else []
    told += [f"{counted(len(left), 'line')} could not be asked of a run of this length."] if left else []
    return " ".join(told)


def credibility_words(comparison: Comparison) -> str:
    """Return of which subjects lines fail, and what that means for the numbers of the run; "" where none does."""
    parts = []
    for group, lines in comparison.groups:
        failed = sum(each.verdict is Verdict.FAILED for each in lines)
        if failed:
            parts.append(f"“{group.title}” ({failed} of {counted(len(lines), 'line')})")
    if not parts:
        return ""
    return (
        f"What fails is about {listed(parts)}: what this run says on {'that' if len(parts) == 1 else 'these'} is no "
        "better than the description that fails there, and no count of histories makes it so."
    )


def run_line(world: World, results: Results) -> str:
    """Return the line on the record in the summary of a run, "" where the seeds have none that fits."""
    comparison = comparison_of(world, results)
    return "" if comparison is None else summary(comparison)


def never_words(comparison: Comparison, most: int = 12) -> str:
    """Return which places no history took, the heaviest by name; "" where the record does not ask."""
    if not comparison.places:
        return ""
    never, of = comparison.never, comparison.places
    if not never:
        return f"Each of the {of:,} places was taken in some history."
    more = len(never) - most
    named = listed([*never[:most], *([f"{more} more"] if more > 0 else [])])
    return f"{len(never):,} of {counted(of, 'place')} were taken in no history: {named}."


def share_words(low: float, high: float) -> str:
    """Return two shares as "15 to 94 %"."""
    return f"{_percent(low)} to {_percent(high)}{PERCENT}"


def frequency(count: int, total: int) -> str:
    """Return "4.1 of 100": finer than elsewhere, since these lines are about what is rare."""
    return f"{_percent(count / total)} of 100"


def fine(share: Share) -> str:
    """Return the 95 % interval of a share as "3.0 to 5.5 %"."""
    return share_words(share.low, share.high)


def reading() -> str:
    """Return how to read the table."""
    return (
        f"on record: a value, a range, or k of n cases with their {100 * LEVEL:.0f} % interval (Clopper-Pearson); the "
        f"model: the middle history and where {100 * LEVEL:.0f} of 100 lie, or in how many histories it happens (95 % "
        "interval); within: the record reaches into that band, or the share lies in the interval of the cases; "
        "narrowly: more histories could turn it"
    )


def _number(line: Line, each: Compared) -> str:
    if line.range is not None:
        return span(each.low, each.high)
    value = next(v for v in (line.value, line.at_least, line.at_most) if v is not None)
    return _shown(value, each.unit)


def _band(each: Compared) -> str:
    assert each.found is not None
    ends = each.found.marks[0], each.found.marks[-1]
    if each.unit == DAY or not all(map(math.isfinite, ends)):
        return " to ".join(_shown(end, each.unit) for end in ends)
    return span(*ends)


def _shown(value: float, unit: str) -> str:
    if not math.isfinite(value):
        return OPEN
    whole = unit.removesuffix(" a day") in WHOLE and abs(value) >= 10
    return amount(value, WHOLE[0]) if whole else number(value)


def _percent(share: float) -> str:
    value = 100 * share
    if 0 < value < RAREST:
        return f"under {RAREST:g}"
    return number(value) if value >= 10 or value == 0 else f"{value:.1f}"


def _beside(each: Compared) -> str:
    """Return on which side of a range that histories reach into the middle one lies, "" where it lies inside."""
    if each.verdict is not Verdict.WITHIN or each.line.kind != "range" or each.found is None:
        return ""
    middle = each.found.marks[2]
    return "" if each.low <= middle <= each.high else f", middle {'below' if middle < each.low else 'above'}"


def _fail(count: int) -> str:
    return "fails" if count == 1 else "fail"
