"""The page of the documentation that a run of the checks writes: the same for the same engine, without a date."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from simulation.selftest.check import CheckResult
from simulation.selftest.format import distance_text, value_text
from simulation.selftest.suite import Family

HEAD = (
    "| Check | Value | Reference | z or error | Allowed | Tried on | Verdict |\n|---|---|---|---|---|---|---|"
)

TITLE = "# Verification\n\n`simulate selftest` checks the engine"
"""How the page begins: a file that begins otherwise is none of ours."""
MARK = "<!-- The rest is written by tests/mutation/run.py -->"


def page_of(found: Sequence[tuple[Family, Sequence[CheckResult]]], before: str) -> str:
    """Return the page: what is checked and how, then a table for every family.

    What another program has written at the end of the page as it was `before` is kept.
    """
    parts = [files("simulation.selftest").joinpath("about.md").read_text(encoding="utf-8").rstrip()]
    for family, results in found:
        rows = "\n".join(_row(result) for result in results)
        parts.append(f"## {family.title}\n\n{family.about}\n\n{HEAD}\n{rows}")
    _, mark, kept = before.partition(MARK)
    return "\n\n".join(parts) + "\n" + (f"\n{mark}{kept}" if mark else "")


def _row(result: CheckResult) -> str:
    cells = (
        result.check,
        value_text(result.value),
        value_text(result.reference),
        distance_text(result),
        f"{result.allowed:g}",
        result.tried,
        "pass" if result.passed else "**fail**",
    )
    return "| " + " | ".join(cells) + " |"
