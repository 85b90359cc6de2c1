"""The library: run a scenario as many histories, with a results folder and a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.api.conditioning import updated
from simulation.api.finished import Finished
from simulation.api.progress import Progress
from simulation.api.recording import recorded
from simulation.api.sequential import SequentialRun, is_hopeless, is_needed
from simulation.api.setup import Asked, asked_of, check_page, manifest_of, scenario_of, terms_of
from simulation.outcomes.targets import check_names
from simulation.record.reader import record_of
from simulation.results.folder import Results
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import Failure
from simulation.results.packed_inputs import SCENARIO, write_resolved
from simulation.results.publication import Publication
from simulation.results.unfinished import Unfinished
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.notice import tell
from simulation.wording.notebook import card, one_line
from simulation.world.world import World, build_world

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client

    from simulation.report.figures import Drawn


@dataclass(frozen=True, kw_only=True)
class Run(Finished):
    """A finished run: its results folder with the tables, and the world it was made from."""

    results: Results
    report: Path | None
    played: World | None = field(default=None, repr=False)
    """The world of which the histories were just played; `open_run` leaves it to `world`."""

    @property
    def folder(self) -> Path:
        """The results folder."""
        return self.results.folder

    @cached_property
    def world(self) -> World:
        """The world, of a folder that was opened built from its scenario; InputError where that reads as another."""
        return self.played or build_world(load_scenario(self.folder / SCENARIO))

    @property
    def scenario(self) -> Scenario:
        """The scenario, as resolved."""
        return self.world.scenario

    @property
    def manifest(self) -> Manifest:
        """What was run, with what and when, and a record of every file."""
        return self.results.manifest

    @property
    def seed(self) -> int:
        """The seed of all draws."""
        return self.manifest.seed

    @property
    def failed(self) -> tuple[Failure, ...]:
        """The histories that could not be finished."""
        return self.manifest.failed

    @property
    def outcomes(self) -> pd.DataFrame:
        """One row per replicate."""
        return self.results.outcomes

    @property
    def places(self) -> pd.DataFrame:
        """One row per change of a named place."""
        return self.results.places

    @property
    def daily(self) -> pd.DataFrame:
        """One row per replicate, day, series and actor."""
        return self.results.daily

    @property
    def cells(self) -> pd.DataFrame:
        """One row per day, cell and actor, with the probability of control."""
        return self.results.cells

    @property
    def met(self) -> bool:
        """Whether every target of `until` is known as well as was asked; true where there was none."""
        return self.manifest.met

    def __repr__(self) -> str:
        """Return the scenario and the folder on one line."""
        return one_line(self, f"of {self.manifest.scenario} in {self.folder}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the title, how often it ends how, and a link to the report."""
        from simulation.results.summary import ending_rows
        from simulation.statistics.intervals import ending_shares

        meanings = {ending.id: ending.meaning for ending in self.world.seeds.endings}
        shares = ending_shares(self.outcomes, self.manifest.endings)
        rows = [("ending", "what it means", "histories", "95 % interval"), *ending_rows(shares, meanings)]
        return card(self.manifest.title, rows=rows, page=self.report)

    def _drawn(self) -> dict[str, Drawn]:
        from simulation.report.figures import figures
        from simulation.report.run.page import SECTIONS
        from simulation.report.run.report_input import report_input

        check_page(self.world, self.manifest.replicates)
        return figures(SECTIONS, report_input(self.world, self.results, self.seed, told=False))

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        from simulation.results.summary import summary_document
        from simulation.updating.document import updated_part

        return summary_document(self.results) | updated_part(self.results)

    def text(self) -> str:
        """Return the summary for a terminal."""
        from simulation.record.sentences import run_line
        from simulation.results.terminal import summary_text
        from simulation.understanding.picture import picture_of
        from simulation.understanding.sentences import head_lines
        from simulation.updating.terminal import updated_text

        head = "\n".join(head_lines(picture_of(self.world, self.results)))
        more = [part for part in (updated_text(self.results), run_line(self.world, self.results)) if part]
        return summary_text(self.results, self.world, self.report, head=head, more="\n\n".join(more))


def run(
    scenario: Scenario | str | Path,
    *,
    replicates: int | None = None,
    until: Sequence[str] | str = (),
    max_replicates: int | None = None,
    first: int = 0,
    seed: int = 1,
    workers: int | None = None,
    client: Client | None = None,
    parts: str | Path | None = None,
    out: str | Path | None = None,
    report: bool = True,
    progress: bool = False,
    overrides: Sequence[str] | str = (),
    as_of: date | str | None = None,
    given: Sequence[str] | str = (),
    doubt: Sequence[str] | str = (),
    sequential: bool | None = None,
) -> Run:
    """Run a scenario as many histories, write a results folder, and return it.

    There are `replicates` histories, 1,000 when left out. With `until`, such as ["ending.truce:0.02"], there
    are as many as it takes to know each target that well, from `replicates` (100) to `max_replicates`
    (20,000), and the folder is that of a run of so many. `first` is the number of the first history: histories 500
    to 999 are the same alone as after the first 500, and `merge` joins runs of both.

    With `as_of`, such as "2024-11-28", the histories are updated on all reports that were known by the end of that
    date: each has a weight, and all that is said of them counts by it. `given` adds reports, such as
    "place.Weirford.holder = highland_league @ 2024-01-08", and `doubt` leaves out those of these ids.

    Where these weights are worth too few histories (fewer than 100 and than one in ten, or than `until` asks for),
    or with `sequential`, the run is updated sequentially, which takes longer: its histories are then drawn given the
    reports, and those before lie in the folder `before`. With `sequential=False` plain weights stand.

    The first history of a version is preceded by half a minute of compiling, which the logger "simulation" tells.
    The histories are played on `workers` threads, all cores when left out, or by the workers of a Dask `client`; these
    write them themselves into the folder `parts`, where one is named, which all must share. The
    tables depend on scenario, seed and number of histories, not on workers. InputError for a wrong
    scenario or target and for a page that could need too much memory, RunError for a full disk; histories
    that fail are listed in `failed`.
    """
    terms = terms_of(
        seed=seed, workers=workers, client=client, out=out, report=report, progress=progress, parts=parts
    )
    asked = asked_of(terms, replicates, until=until, most=max_replicates, first=first, sequential=sequential)
    return play(updated(scenario_of(scenario, overrides), as_of, given, doubt), asked)


def play(
    scenario: Scenario,
    asked: Asked,
    required: Callable[[World], object] = record_of,
    bases: Sequence[Results] = (),
) -> Run:
    """Play the histories of a scenario as they are asked for; `required` raises InputError for a world it refuses.

    Those of finished runs, the `bases`, are taken from there, and so is the scenario as it was written.
    """
    with Progress(asked.rule.most, shown=asked.progress, at_most=bool(asked.rule.targets)) as told:
        world = _prepared(scenario, asked, required)
        manifest = manifest_of(
            world, asked.rule, asked.seed, asked.executor.workers, asked.first, asked.sequential
        )
        place = Publication(manifest, asked.place, asked.within)
        begin = partial(write_resolved, scenario, like=bases[0].folder if bases else None)
        with Unfinished(place, begin, asked.unfinished, asked.sharing) as unfinished, place:
            kept = unfinished.checkpoint(first=asked.first)
            kept.begin_with(bases, asked.rule.most)
            may = not bases and asked.sequential is not False
            done = recorded(
                world, asked.rule, place.manifest, place.working, told, kept, asked.executor,
                is_hopeless if may else None,
            )  # fmt: skip
            if may and is_needed(asked, done, place.working):
                beside = unfinished.checkpoint("sequential")
                done = SequentialRun(world, asked, done, place.working).play(told, beside)
            place.seal(done)
            results = Results(place.working)
            page = place.page(partial(write_page, world, results, asked.seed)) if asked.report else None
    return Run(results=results.moved(place.folder), report=page, played=lasting(world, asked))


def lasting(world: World, asked: Asked) -> World | None:
    """Return a world, unless what it was read from lay in the unfinished folder that is gone now."""
    gone = asked.unfinished is not None and world.scenario.seeds.is_relative_to(asked.unfinished.absolute())
    return None if gone else world


def _prepared(scenario: Scenario, asked: Asked, required: Callable[[World], object]) -> World:
    """Return the world of a scenario when all that is asked of it can be done; InputError otherwise."""
    world = build_world(scenario)
    required(world)
    tell(world.notices)
    check_names(asked.rule.targets, world)
    if asked.report:
        check_page(world, asked.rule.most)
    return world


def write_page(world: World, results: Results, seed: int, page: Path) -> None:
    """Write the page of a run to a file."""
    from simulation.report.run.page import write_report
    from simulation.report.run.report_input import report_input

    write_report(report_input(world, results, seed), page)
