"""The library: say what was understood of a scenario, and compare its histories with what was on record before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from simulation.api.run import Run, play
from simulation.api.setup import asked_of, scenario_of, terms_of
from simulation.io.origin import wrong
from simulation.record.comparison import Comparison, compare_with
from simulation.record.reader import Record, record_of, starts_with
from simulation.record.record_file import FILE
from simulation.record.terminal import compared_text
from simulation.record.verdict import Verdict
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import Failure
from simulation.scenario import Scenario
from simulation.understanding.picture import Picture, picture_of
from simulation.understanding.sentences import document
from simulation.understanding.terminal import understood_text
from simulation.wording.notebook import card, one_line
from simulation.wording.terminal import whereabouts
from simulation.world.world import World

SCHEMA_VERSION = 1
FEW = 100
"""Histories of a scenario of which nothing is on record: enough to see whether anything happens."""
NOTHING = f"\nNothing is on record here to compare the histories with: the seeds have no {FILE}.\n"


@dataclass(frozen=True, kw_only=True)
class Check:
    """A finished check: the run, what was understood, and each line of the record compared with its histories.

    `comparison` is None where nothing is on record.
    """

    run: Run
    comparison: Comparison | None

    @property
    def manifest(self) -> Manifest:
        """What was run, with what and when, and a record of every file."""
        return self.run.manifest

    @property
    def failed(self) -> tuple[Failure, ...]:
        """The histories that could not be finished."""
        return self.run.failed

    @property
    def report(self) -> Path | None:
        """The report of the run, if one was written."""
        return self.run.report

    @property
    def passed(self) -> bool:
        """Whether no line of the record fails."""
        return self.comparison is None or not self.comparison.of(Verdict.FAILED)

    @cached_property
    def understood(self) -> Picture:
        """What was understood of the scenario; `caveats_of` says what is to be looked at."""
        return picture_of(self.run.world, self.run.results)

    def __repr__(self) -> str:
        """Return what was checked and the folder on one line."""
        return one_line(self, f"of {self.run.world.scenario.name} in {self.run.folder}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the summary as a terminal has it, and a link to the page."""
        return card("", printed=self._printed(), page=self.report)

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        head = {
            "schema_version": SCHEMA_VERSION,
            "manifest": self.run.results.manifest.document(),
            "folder": str(self.run.folder),
        }
        compared = {} if self.comparison is None else self.comparison.document()
        return head | document(self.understood) | compared

    def text(self) -> str:
        """Return the summary for a terminal."""
        return f"{self._printed()}\n{whereabouts(self.run.folder, self.report)}"

    def _printed(self) -> str:
        compared = NOTHING if self.comparison is None else compared_text(self.comparison)
        return f"{understood_text(self.understood)}\n{compared}"


def check(
    scenario: Scenario | str | Path,
    *,
    replicates: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    out: str | Path | None = None,
    report: bool = True,
    progress: bool = False,
    overrides: Sequence[str] | str = (),
) -> Check:
    """Run a scenario, say what was understood of it, and compare its histories with the record in its seeds.

    There are 1,000 histories when left out, or 100 where nothing is on record. The results folder is that of `run` with
    the same arguments. A line that fails, and a warning, is a finding and no error. InputError, before the first
    history, for anything wrong in the record, and as in `run`.
    """
    terms = terms_of(seed=seed, workers=workers, out=out, report=report, progress=progress)
    ready = scenario_of(scenario, overrides)
    if replicates is None and not (ready.seeds / FILE).exists():
        replicates = FEW
    done = play(ready, asked_of(terms, replicates), _record)
    record = _record(done.world)
    return Check(run=done, comparison=None if record is None else compare_with(record, done.results))


def _record(world: World) -> Record | None:
    """Return the record of a world's seeds, None where there is none; InputError where it is of another start."""
    record, start = record_of(world), world.scenario.start
    if record is None:
        return None
    if not starts_with(record):
        message = f"day 0 of the scenario is {start}, not {record.file.start}"
        raise wrong(record.source, ("start",), message)
    return record
