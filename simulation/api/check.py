"""The library: run a scenario and compare its histories with what was on record before its first day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.api.run import Run, play
from simulation.api.setup import asked_of, scenario_of, terms_of
from simulation.errors import InputError
from simulation.io.origin import wrong
from simulation.record.comparison import Comparison, compare_with
from simulation.record.reader import Record, record_of, starts_with
from simulation.record.record_file import FILE
from simulation.record.terminal import compared_text
from simulation.record.verdict import Verdict
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import Failure
from simulation.scenario import Scenario
from simulation.wording.notebook import card, one_line
from simulation.wording.terminal import whereabouts
from simulation.world.world import World

SCHEMA_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Check:
    """A finished check of the prior: the run, and each line of the record compared with its histories."""

    run: Run
    comparison: Comparison

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
        return not self.comparison.of(Verdict.FAILED)

    def __repr__(self) -> str:
        """Return what was checked and the folder on one line."""
        return one_line(self, f"of {self.run.world.scenario.name} in {self.run.folder}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the summary as a terminal has it, and a link to the page."""
        return card("", printed=compared_text(self.comparison), page=self.report)

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        head = {
            "schema_version": SCHEMA_VERSION,
            "manifest": self.run.results.manifest.document(),
            "folder": str(self.run.folder),
        }
        return head | self.comparison.document()

    def text(self) -> str:
        """Return the summary for a terminal."""
        return f"{compared_text(self.comparison)}\n{whereabouts(self.run.folder, self.report)}"


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
    """Run a scenario as many histories, 1,000 when left out, and compare them with the record in its seeds.

    The results folder is that of `run` with the same arguments. A line that fails is a finding and no error.
    InputError, before the first history, where the seeds have no record, for anything wrong in it, and as in `run`.
    """
    terms = terms_of(seed=seed, workers=workers, out=out, report=report, progress=progress)
    done = play(scenario_of(scenario, overrides), asked_of(terms, replicates), _record)
    return Check(run=done, comparison=compare_with(_record(done.world), done.results))


def _record(world: World) -> Record:
    """Return the record of a world's seeds; InputError where there is none, or it is of another start."""
    record, start = record_of(world), world.scenario.start
    if record is None:
        raise InputError(f"nothing is on record here: there is no {FILE}", file=world.scenario.seeds)
    if not starts_with(record):
        message = f"day 0 of the scenario is {start}, not {record.file.start}"
        raise wrong(record.source, ("start",), message)
    return record
