"""What is settled before the first history: the scenario, numbers within bounds, the rule, the manifest."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simulation import arguments
from simulation.api.bounds import MOST_PAGE_BYTES, MOST_REPLICATES, MOST_SEED, MOST_WORKERS
from simulation.engine.executor import Executor, Threads
from simulation.errors import InputError
from simulation.observation.conditions import Conditions
from simulation.observation.report import Report
from simulation.outcomes.collector import Collector, ending_names
from simulation.outcomes.labels import KEYS
from simulation.outcomes.targets import targets_of
from simulation.results.engine_digest import engine_version
from simulation.results.manifest import Manifest, ReportRecord
from simulation.results.publication import RESULTS
from simulation.results.shared_parts import Reaching, Sharing
from simulation.results.stopping_rule import Rule, rule_of
from simulation.scenario import Scenario, load_scenario
from simulation.world.world import World

if TYPE_CHECKING:
    from distributed import Client


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What everything that plays histories is asked beside its question, within bounds: with what, and where it goes.

    Without a `place` the folder gets its own name `within` another. `unfinished` is the folder to go on from, and
    `sharing` says where workers write parts.
    """

    seed: int
    executor: Executor
    place: Path | None
    report: bool
    progress: bool
    within: Path = RESULTS
    unfinished: Path | None = None
    sharing: Sharing | None = None


@dataclass(frozen=True, kw_only=True)
class Asked(Terms):
    """What is asked of a run, or of each run of a comparison, beside its scenario: also how many histories."""

    rule: Rule
    first: int = 0
    sequential: bool | None = None


def terms_of(
    *,
    seed: int,
    workers: int | None,
    client: Client | None = None,
    out: str | Path | None,
    report: bool,
    progress: bool,
    parts: str | Path | None = None,
) -> Terms:
    """Return on which terms a caller asks; InputError for the first argument that cannot be."""
    executor = executor_of(workers, client)
    return Terms(
        executor=executor,
        sharing=sharing_of(parts, executor),
        seed=seed_of(seed),
        place=output_of(out),
        report=arguments.flag("report", report),
        progress=arguments.flag("progress", progress),
    )


def asked_of(
    terms: Terms,
    replicates: int | None,
    *,
    until: Sequence[str] | str = (),
    most: int | None = None,
    first: int = 0,
    sequential: bool | None = None,
) -> Asked:
    """Return what a caller asks of a run on some terms; InputError for the first argument that cannot be."""
    rule = checked_rule(until, replicates, most)
    way = None if sequential is None else arguments.flag("sequential", sequential)
    number = first_of(first, rule)
    if way and number:
        raise InputError(
            "a run that is updated sequentially begins with its first history: leave out --first or --sequential"
        )
    return Asked(rule=rule, first=number, sequential=way, **vars(terms))


def scenario_of(scenario: Scenario | str | Path, overrides: Sequence[str] | str = ()) -> Scenario:
    """Return a scenario as it is, or the one of a file or bundled name with its overrides; InputError as they.

    A scenario that is made already takes no overrides: they are lines of a file.
    """
    if not isinstance(scenario, Scenario):
        if not isinstance(scenario, str):
            scenario = arguments.path("scenario", scenario, "a Scenario, a file or a bundled name")
        return load_scenario(scenario, overrides)
    if arguments.texts("overrides", overrides):
        raise InputError("overrides change a scenario only where it is given by file or name")
    return scenario


def checked_rule(until: Sequence[str] | str, replicates: int | None, most: int | None) -> Rule:
    """Return the rule for the number of histories; InputError where a number or a target cannot be."""
    targets = targets_of(arguments.texts("until", until))
    return rule_of(
        targets,
        None if replicates is None else arguments.whole_number("replicates", replicates, 1, MOST_REPLICATES),
        None if most is None else arguments.whole_number("max_replicates", most, 1, MOST_REPLICATES),
    )


def first_of(first: int, rule: Rule) -> int:
    """Return the number of the first history; InputError for one out of bounds, or with a rule."""
    number = arguments.whole_number("first", first, 0, MOST_REPLICATES - rule.most)
    if number and rule.targets:
        raise InputError(
            "--until begins with the first history: it cannot be asked for together with --first"
        )
    return number


def seed_of(seed: int) -> int:
    """Return the seed of all draws; InputError for one out of bounds."""
    return arguments.whole_number("seed", seed, 0, MOST_SEED)


def threads_of(workers: int | None) -> int:
    """Return the number of threads: all cores where none is asked for; InputError for one out of bounds."""
    if workers is None:
        return os.cpu_count() or 1
    return arguments.whole_number("workers", workers, 1, MOST_WORKERS)


def executor_of(workers: int | None, client: Client | None) -> Executor:
    """Return what plays histories: the cluster of a Dask client, or threads of this process where there is none.

    Errors: InputError for both, for a number out of bounds, and for a client whose cluster cannot be used.
    """
    if client is None:
        return Threads(threads_of(workers))
    if workers is not None:
        raise InputError(
            "workers are threads of this process, and with a client its cluster plays the histories"
        )
    from simulation.cluster.executor import executor_on

    return executor_on(client)


def sharing_of(parts: str | Path | None, executor: Executor) -> Sharing | None:
    """Return where the workers of a cluster write parts, None where they are not to.

    Errors: InputError for what is no folder, and where the histories are not played by a cluster.
    """
    if parts is None:
        return None
    folder = arguments.path("parts", parts)
    if not isinstance(executor, Reaching):
        message = "parts are written by the workers of a cluster: name one with --on, or client in Python"
        raise InputError(message, file=folder)
    if not folder.is_dir():
        message = "there is no such folder: parts need one that all workers and this machine share"
        raise InputError(message, file=folder)
    return Sharing(folder.absolute(), executor.reach)


def output_of(out: str | Path | None) -> Path | None:
    """Return where results are to lie, or None for their usual place; InputError for what is no path."""
    return None if out is None else arguments.path("out", out)


def manifest_of(
    world: World, rule: Rule, seed: int, workers: int, first: int = 0, sequential: bool | None = None
) -> Manifest:
    """Return the manifest of a run that begins now."""
    scenario, actors = world.scenario, (*world.actors, "")
    holders = world.template.places.holder0
    return Manifest(
        scenario=scenario.name,
        scenario_digest=scenario.digest,
        title=scenario.title,
        start=scenario.start.isoformat(),
        days=scenario.days,
        seed=seed,
        replicates=rule.first,
        first_replicate=first,
        stopping=rule.stopping(),
        per_case=1,
        workers=workers,
        engine_version=engine_version(),
        endings=ending_names(world),
        dissolves={e.id: e.when.dissolved for e in world.seeds.endings if e.when.dissolved is not None},
        places={name: actors[holder] for name, holder in zip(world.places, holders, strict=True)},
        as_of=None if scenario.as_of is None else scenario.as_of.isoformat(),
        asked_sequential=sequential,
        reports=tuple(_record(report) for report in Conditions.of(world).reports),
    )


def _record(report: Report) -> ReportRecord:
    """Return what the manifest keeps of a report."""
    low, high = (None if end is None or not math.isfinite(end) else end for end in (report.low, report.high))
    return ReportRecord(
        id=report.id, text=report.text, speaker=report.speaker, day=report.day, low=low, high=high,
        known=None if report.known is None else report.known.isoformat(),
    )  # fmt: skip


COPIES = 3
"""Of the table of outcomes that a page holds at its peak: the table, its ranks, and what is drawn from it."""


def check_page(world: World, histories: int) -> None:
    """Refuse a page that could need too much memory: InputError before the first of so many histories.

    A page holds the table of outcomes and what is worked out of it, some `COPIES` in all, and a daily series of one
    actor at a time: 8 bytes for each number of a history, and for each midnight.
    """
    columns = len(KEYS) + len(Collector(world).outcome_names) + len(world.scenario.inputs)
    needed = 8 * histories * (COPIES * columns + len(world.template.daily))
    if not needed <= MOST_PAGE_BYTES:
        raise InputError(
            f"the page of {histories:,} histories of up to {world.scenario.days:,g} days could need "
            f"{needed / 10**9:,.0f} GB of memory, and at most {MOST_PAGE_BYTES / 10**9:.0f} are allowed; ask "
            "for fewer histories, for fewer days, or for no page (--no-report, or report=False in Python)"
        )
