"""A scenario that is scored: its histories, the naive forecasts beside them, and how far off each was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from simulation.api.progress import Progress
from simulation.api.recording import recorded
from simulation.api.sequential import SequentialRun, is_needed
from simulation.api.setup import Asked, manifest_of
from simulation.results.checkpoint import Checkpoint
from simulation.results.folder import Results
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST
from simulation.results.packed_inputs import pack_truth, truth_names, write_resolved
from simulation.results.workplace import scratch_folder
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.notice import tell
from simulation.scoring.builder import Yardstick, draws_by_rule, scorecard_of, yardstick_of
from simulation.scoring.draws import Draws, write_draws
from simulation.scoring.late_items import late_notices
from simulation.scoring.naive_draws import ForecastBasis
from simulation.scoring.observables import Observable, draws_of
from simulation.scoring.scorecard import MODEL, Scorecard
from simulation.world.world import World, build_world

Keeping = Callable[[str], Checkpoint]
"""Gives the checkpoint of a name, in which histories are kept as they finish."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Scored:
    """What was found: the manifest of the run, what forecasts start from, and the scores."""

    manifest: Manifest
    basis: ForecastBasis
    card: Scorecard


@dataclass(frozen=True, kw_only=True, eq=False)
class ScoredScenario:
    """A scenario of a file with some `settings`, which is scored against the `truth` files that were named.

    `known` makes of it the one that is updated on reports.
    """

    file: str | Path
    settings: Sequence[str]
    truth: Sequence[Path]
    asked: Asked
    known: Callable[[Scenario], Scenario] = lambda scenario: scenario

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario, updated on reports if it is to be."""
        return self.known(load_scenario(self.file, self.settings))

    @cached_property
    def world(self) -> World:
        """Its world."""
        return build_world(self.scenario)

    @cached_property
    def yardstick(self) -> Yardstick:
        """What it is scored against; InputError for anything wrong in a file of truth."""
        return yardstick_of(self.world, self.truth)

    @cached_property
    def varied(self) -> Mapping[str, Scenario]:
        """The naive forecasts that are the model with other settings, by name."""
        return {
            each.id: load_scenario(self.file, [*self.settings, *each.settings], self.scenario.archive)
            for each in self.yardstick.naive
            if each.settings
        }

    def checked(self) -> Manifest:
        """Return the manifest of the run that begins now, when all that is asked can be done; InputError otherwise."""
        tell(self.world.notices)
        tell(late_notices(self.yardstick.truths, self.world.scenario.days))
        _ = self.varied
        asked = self.asked
        manifest = manifest_of(
            self.world, asked.rule, asked.seed, asked.executor.workers, sequential=asked.sequential
        )
        return manifest.scored_against(truth_names(self.truth))

    def write_inputs(self, folder: Path, beside: Path | None = None) -> None:
        """Write into a folder what the histories are played from; seeds may lie in one `beside` it already."""
        write_resolved(self.scenario, folder, beside=beside)
        pack_truth(self.truth, self.scenario, folder)

    def play(self, manifest: Manifest, folder: Path, keeping: Keeping) -> Scored:
        """Play the run into a folder that is there and score it; the folder lacks nothing then but its page."""
        pack_truth(self.truth, self.scenario, folder)
        done = self._played(manifest, folder, keeping)
        done.recording(folder).write(folder / MANIFEST)
        basis = ForecastBasis(world=self.world, results=Results(folder), since=self.yardstick.since)
        forecasts = draws_by_rule(self.yardstick, basis)
        for name, other in self.varied.items():
            forecasts[name] = self._other_model(other, keeping(f"naive/{name}-{other.digest}"))
        forecasts = {name: forecasts[name] for name in (MODEL, *self.yardstick.others)}
        write_draws(forecasts, self.yardstick.observables, folder)
        done = done.recording(folder)
        done.write(folder / MANIFEST)
        return Scored(manifest=done, basis=basis, card=scorecard_of(basis, self.yardstick, forecasts))

    def _played(self, manifest: Manifest, folder: Path, keeping: Keeping) -> Manifest:
        asked, world = self.asked, self.world
        with Progress(asked.rule.most, shown=asked.progress) as told:
            done = recorded(world, asked.rule, manifest, folder, told, keeping(""), asked.executor)
            if not is_needed(asked, done, folder):
                return done
            return SequentialRun(world, asked, done, folder).play(told, keeping("sequential"))

    def _other_model(self, scenario: Scenario, kept: Checkpoint) -> list[Draws]:
        """Play the histories of the model with other settings, and return their draws."""
        asked, world = self.asked, build_world(scenario)
        tell(world.notices)
        manifest = manifest_of(world, asked.rule, asked.seed, asked.executor.workers)
        with (
            scratch_folder("simulate-hindcast") as folder,
            Progress(asked.rule.most, shown=asked.progress) as told,
        ):
            done = recorded(world, asked.rule, manifest, folder, told, kept, asked.executor)
            done.recording(folder).write(folder / MANIFEST)
            return [draws_of(each, Results(folder), world) for each in self._observables]

    @property
    def _observables(self) -> Sequence[Observable]:
        return self.yardstick.observables
