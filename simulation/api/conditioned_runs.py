"""The runs of a comparison on reports: the reference first, and then its histories in every other scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from simulation.api.member import Member
from simulation.api.progress import Progress
from simulation.api.sequential import Drawn, SequentialRun, is_hopeless, is_needed
from simulation.api.setup import Asked
from simulation.comparison.replayed import replayed
from simulation.engine.branched import BranchedHistories
from simulation.engine.executor import Addresses, Replicates
from simulation.results.checkpoint import Checkpoint
from simulation.results.lineages import write_lineages
from simulation.results.manifest import Manifest, ReplayRecord
from simulation.results.monitor import reached
from simulation.results.packed_inputs import write_resolved
from simulation.results.recorder import Recorder
from simulation.results.sequential import run_until


def run_on_reports(asked: Asked, members: Sequence[Member], *, extended: bool) -> Iterator[Manifest]:
    """Run every scenario into its own results folder, and yield the manifests, the reference's first.

    Where plain weights of the reference fail, it is updated sequentially, and the others have its inputs and luck. An
    `extended` comparison has more of the histories that were there, and so stays with plain weights.
    """
    reference, *others = members
    done, drawn = _reference(asked, reference, may=asked.sequential is not False and not extended)
    yield done
    for each in others:
        if drawn is None:
            yield _plain(asked, each, done)
        else:
            yield _replayed(asked, each, reference, done, drawn)


def _reference(asked: Asked, member: Member, *, may: bool) -> tuple[Manifest, Drawn | None]:
    """Run the reference as a run on reports; return its histories too where they were drawn given the reports."""
    rule, executor = asked.rule, asked.executor
    with _told(asked, member, rule.most, at_most=bool(rule.targets)) as told:
        with Recorder(
            member.world, member.manifest, member.folder, rule.targets, member.kept, executor
        ) as recorder:
            more = partial(_take, recorder, told)
            hopeless = is_hopeless if may else None
            stopping = run_until(rule, more, lambda: reached(recorder.watch), told.looked, hopeless)
            done = recorder.finish(stopping)
        if not (may and is_needed(asked, done, member.folder)):
            return done, None
        second = SequentialRun(member.world, asked, done, member.folder)
        return second.play(told, member.beside), second.drawn


def _plain(asked: Asked, member: Member, reference: Manifest) -> Manifest:
    """Run the plain histories of another scenario that have the numbers of those of the reference."""
    manifest = member.manifest.settled(reference.stopping)
    return _recorded(asked, member, manifest, Replicates(manifest.range, asked.seed), member.kept)


def _replayed(asked: Asked, member: Member, first: Member, reference: Manifest, drawn: Drawn) -> Manifest:
    """Run the histories of the reference in another scenario."""
    rows: BranchedHistories = replayed(drawn.rows, drawn.scores, first.world.scenario, member.world.scenario)
    of = ReplayRecord(folder=first.folder.name, digest=reference.digest)
    updates = {"replicates": reference.replicates, "stopping": reference.stopping, "replays": of}
    manifest = member.manifest.model_copy(update=updates)
    member.folder.mkdir(parents=True)
    write_resolved(member.world.scenario, member.folder, member.kept.source)  # as it was written first
    done = _recorded(asked, member, manifest, rows, member.beside)
    write_lineages(rows, member.folder)
    return done


def _recorded(
    asked: Asked, member: Member, manifest: Manifest, histories: Addresses, kept: Checkpoint
) -> Manifest:
    with (
        _told(asked, member, len(histories)) as told,
        Recorder(
            member.world, manifest, member.folder, (), kept, asked.executor,
            lambda each: histories.part(each.start, each.stop),
        ) as recorder,
    ):  # fmt: skip
        _take(recorder, told, range(len(histories)))
        return recorder.finish(None)


def _take(recorder: Recorder, told: Progress, numbers: range) -> None:
    recorder.take(numbers, told.advance)


def _told(asked: Asked, member: Member, total: int, *, at_most: bool = False) -> Progress:
    return Progress(total, shown=asked.progress, scenario=member.label, at_most=at_most)
