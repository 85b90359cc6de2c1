"""Runs the checks and hands them over: as a table for a terminal, as a document, or as a page."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from simulation.selftest.check import CheckResult
from simulation.selftest.page import page_of
from simulation.selftest.suite import FAMILIES, SLOW, Family
from simulation.selftest.terminal import verdict_text


@dataclass(frozen=True)
class Verdict:
    """All results, family by family."""

    found: tuple[tuple[Family, tuple[CheckResult, ...]], ...]

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return not self.failed

    @property
    def failed(self) -> list[CheckResult]:
        """The checks that did not pass."""
        return [result for _, results in self.found for result in results if not result.passed]

    def document(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        checks = [
            {"family": family.title} | result.document()
            for family, results in self.found
            for result in results
        ]
        return {"passed": self.passed, "failed": len(self.failed), "checks": checks}

    def page(self, before: str) -> str:
        """Return the page for the docs; `before` is the page as it was."""
        return page_of(self.found, before)

    def text(self) -> str:
        """Return the table for a terminal."""
        return verdict_text(self.found)


def run_selftest(*, progress: bool, full: bool = False, families: Iterable[Family] = FAMILIES) -> Verdict:
    """Run the checks, in `full` also the slow ones, telling on stderr which family is being worked on."""
    found = []
    for family in (*families, *(SLOW if full else ())):
        if progress:
            print(f"{family.title.lower()} ...", file=sys.stderr, flush=True)
        found.append((family, tuple(family.results())))
    return Verdict(tuple(found))
