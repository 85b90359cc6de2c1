"""A scenario of a comparison, and where its run goes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulation.results.checkpoint import Checkpoint
from simulation.results.manifest import Manifest
from simulation.world.world import World


@dataclass(frozen=True, kw_only=True)
class Member:
    """A scenario of a comparison that is run into a results folder of its own.

    Histories are `kept` as they finish: plain ones, and `beside` them those that follow a sequential updating.
    """

    label: str
    world: World
    manifest: Manifest
    folder: Path
    kept: Checkpoint
    beside: Checkpoint
