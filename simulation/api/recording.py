"""Playing the histories of a run into a folder, until its rule is met."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from simulation.api.progress import Progress
from simulation.engine.executor import Executor
from simulation.results.checkpoint import Checkpoint
from simulation.results.manifest import Manifest
from simulation.results.monitor import reached
from simulation.results.recorder import Recorder
from simulation.results.sequential import Hopeless, run_until
from simulation.results.stopping_rule import Rule
from simulation.world.world import World


def recorded(
    world: World,
    rule: Rule,
    manifest: Manifest,
    folder: Path,
    told: Progress,
    kept: Checkpoint,
    executor: Executor,
    hopeless: Hopeless | None = None,
) -> Manifest:
    """Run histories into a folder until the rule is met or hopeless; return the manifest of the finished run.

    Some may be `kept` from before. The manifest is not yet in the folder.
    """
    with Recorder(world, manifest, folder, rule.targets, kept, executor) as recorder:
        more = partial(_take, recorder, told, manifest.first_replicate)
        stopping = run_until(rule, more, lambda: reached(recorder.watch), told.looked, hopeless)
        return recorder.finish(stopping)


def _take(recorder: Recorder, told: Progress, first: int, numbers: range) -> None:
    """Run the histories that have these numbers when they are counted from the `first` of the run."""
    recorder.take(range(first + numbers.start, first + numbers.stop), told.advance)
