"""The runs of a comparison: each scenario into a results folder of its own, all to the same number of histories."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial

from simulation.api.conditioned_runs import run_on_reports
from simulation.api.member import Member
from simulation.api.progress import Progress
from simulation.api.setup import Asked
from simulation.comparison.changes import changes
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST, Failure
from simulation.results.monitor import reached_differences
from simulation.results.recorder import Recorder
from simulation.results.sequential import run_until


def run_all(
    asked: Asked, members: Sequence[Member], *, extended: bool = False
) -> tuple[Manifest, tuple[Failure, ...]]:
    """Run every scenario into its own results folder, all to the same number of histories.

    Returns the manifest of the reference, and the histories that failed in any scenario. An `extended` comparison has
    the histories of a finished one, and more of them.
    """
    if members[0].manifest.reports:
        finished = run_on_reports(asked, members, extended=extended)
    else:
        finished = _together(asked, members)
    manifests, failed = list[Manifest](), list[Failure]()
    for member, manifest in zip(members, finished, strict=True):
        manifest.recording(member.folder).write(member.folder / MANIFEST)
        manifests.append(manifest)
        failed += [
            dataclasses.replace(each, reason=f"{member.label}: {each.reason}") for each in manifest.failed
        ]
    return manifests[0], tuple(failed)


def _together(asked: Asked, members: Sequence[Member]) -> Iterator[Manifest]:
    """Run scenarios some histories at a time, until the differences are known as well as is asked."""
    same = [each.label for each in members if not changes(members[0].world, each.world)]
    rule, shown = asked.rule, asked.progress
    repeated = shown and bool(rule.targets)
    with ExitStack() as contexts:
        recorders = {
            each.label: contexts.enter_context(
                Recorder(each.world, each.manifest, each.folder, rule.targets, each.kept, asked.executor)
            )
            for each in members
        }
        watches = [recorder.watch for recorder in recorders.values()]
        look = partial(reached_differences, list(recorders), watches, same)
        told = contexts.enter_context(Progress(rule.most * len(members), shown=repeated, at_most=True))
        more = partial(_more, recorders, told if rule.targets else None, shown and not repeated)
        stopping = run_until(rule, more, look, told.looked)
        yield from [recorder.finish(stopping) for recorder in recorders.values()]


def _more(
    recorders: Mapping[str, Recorder],
    together: Progress | None,
    shown: bool,
    replicates: range,
) -> None:
    """Run some replicates of every scenario; progress is told `together`, or of one after the other."""
    for label, recorder in recorders.items():
        with Progress(len(replicates), shown=shown, scenario=label) as alone:
            recorder.take(replicates, (together or alone).advance)
