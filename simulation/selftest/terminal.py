"""The checks as a terminal shows them: a line each, by family, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.selftest.check import CheckResult
from simulation.selftest.format import distance_text, value_text
from simulation.selftest.suite import Family


def verdict_text(found: Sequence[tuple[Family, Sequence[CheckResult]]]) -> str:
    """Return the table of all results, family by family."""
    lines = []
    for family, results in found:
        lines += [f"{family.title}: {family.about}", *map(_line, results), ""]
    every = [result for _, results in found for result in results]
    failed = [result.check for result in every if not result.passed]
    if failed:
        lines.append(f"{len(failed)} of {len(every)} checks failed: {'; '.join(failed)}")
    else:
        lines.append(f"all {len(every)} checks passed")
    return "\n".join(lines)


def _line(result: CheckResult) -> str:
    word, distance = "pass" if result.passed else "FAIL", distance_text(result)
    return f"  {word}  {result.check:<56} {value_text(result.value):>11} {value_text(result.reference):>11}  {distance}"
