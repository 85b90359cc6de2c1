"""The runs of a comparison: each scenario into a results folder of its own, all to the same number of histories."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from simulation.api.progress import Progress
from simulation.api.setup import Asked
from simulation.comparison.changes import changes
from simulation.outcomes.targets import ESS
from simulation.results.checkpoint import Checkpoint
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST, Failure
from simulation.results.monitor import reached, reached_differences
from simulation.results.recorder import Recorder
from simulation.results.sequential import run_until
from simulation.results.stopping_rule import StoppingRecord
from simulation.world.world import World


@dataclass(frozen=True, kw_only=True)
class Member:
    """A scenario of a comparison that is run into a results folder of its own."""

    label: str
    world: World
    manifest: Manifest
    folder: Path
    kept: Checkpoint


def run_all(asked: Asked, members: Sequence[Member]) -> tuple[StoppingRecord | None, tuple[Failure, ...]]:
    """Run every scenario into its own results folder, all to the same number of histories.

    Returns why the number was enough, and the histories that failed in any scenario.
    """
    same = [each.label for each in members if not changes(members[0].world, each.world)]
    rule, shown, first = asked.rule, asked.progress, members[0].label
    sized = any(target.kind == ESS for target in rule.targets)
    repeated = shown and bool(rule.targets)
    with ExitStack() as contexts:
        recorders = {
            each.label: contexts.enter_context(
                Recorder(each.world, each.manifest, each.folder, watched, each.kept, asked.executor)
            )
            for each in members
            for watched in [rule.targets if each.label == first or not sized else ()]
        }
        watches = [recorder.watch for recorder in recorders.values()]
        differ = partial(reached_differences, list(recorders), watches, same)
        look = partial(reached, watches[0]) if sized else differ
        told = contexts.enter_context(Progress(rule.most * len(members), shown=repeated, at_most=True))
        more = partial(_more, recorders, told if rule.targets else None, shown and not repeated)
        stopping = run_until(rule, more, look, told.looked)
        finished = [(each, recorders[each.label].finish(stopping)) for each in members]
    failed = []
    for member, manifest in finished:
        manifest.recording(member.folder).write(member.folder / MANIFEST)
        failed += [
            dataclasses.replace(each, reason=f"{member.label}: {each.reason}") for each in manifest.failed
        ]
    return stopping, tuple(failed)


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
