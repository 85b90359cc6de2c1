"""The library: add histories to a finished run or comparison."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simulation import arguments
from simulation.api.compare import Compared, play_comparison
from simulation.api.manifests import whole_manifest
from simulation.api.run import Run, play
from simulation.api.setup import asked_of, checked_rule, terms_of
from simulation.comparison.manifest import ComparisonManifest
from simulation.comparison.scenario_folders import variants_in
from simulation.errors import InputError
from simulation.results.folder import Results
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import ManifestHead
from simulation.results.opening import check_engine
from simulation.results.packed_inputs import SCENARIO
from simulation.results.stopping_rule import Rule
from simulation.scenario import load_scenario

if TYPE_CHECKING:
    from distributed import Client


def extend(
    folder: str | Path,
    replicates: int | None = None,
    *,
    until: Sequence[str] | str = (),
    max_replicates: int | None = None,
    out: str | Path | None = None,
    workers: int | None = None,
    client: Client | None = None,
    report: bool = True,
    progress: bool = False,
) -> Run | Compared:
    """Make a run or comparison of more histories of a finished one, of which only the others are played; return it.

    There are `replicates` in all. With `until` there are as many as it takes from those that are there on, or from
    `replicates`, to `max_replicates` (20,000). The tables are those of the same asked for from the start, to the byte.
    It lies in the folder of its own name beside the first, or in `out`; the first stays as it is. InputError for
    another folder, for as many histories as it has or fewer, for another engine, and as in `run`; RunError for a full
    disk.
    """
    place = arguments.path("folder", folder)
    terms = terms_of(seed=0, workers=workers, client=client, out=out, report=report, progress=progress)
    checked_rule(until, replicates, max_replicates)
    if replicates is None and not until:
        raise InputError("extend is to be told how far: --replicates N, or --until WHAT:W")
    base = whole_manifest(place)
    if not isinstance(base, ComparisonManifest) and base.kind != "run":
        message = f"holds a {base.kind}, which cannot be extended: make it again with more histories"
        raise InputError(message, file=place)
    if isinstance(base, Manifest | ComparisonManifest) and base.is_branched:
        message = (
            "was updated sequentially, and such histories are drawn together; run it again with more of them"
        )
        raise InputError(message, file=place)
    check_engine(base, place, "extend plays histories")
    asked = asked_of(
        dataclasses.replace(terms, seed=base.seed, within=place.absolute().parent),
        base.replicates if replicates is None else replicates,
        until=until,
        most=max_replicates,
        first=base.first_replicate if isinstance(base, Manifest) else 0,
    )
    _refuse_fewer(asked.rule, base, place)
    if isinstance(base, ComparisonManifest):
        return play_comparison(variants_in(place, base), asked, place)
    return play(load_scenario(place / SCENARIO), asked, bases=[Results(place)])


def _refuse_fewer(rule: Rule, base: ManifestHead, folder: Path) -> None:
    """Refuse to make something of fewer histories than there are: InputError."""
    total = rule.most if rule.first >= base.replicates else rule.first
    if total <= base.replicates:
        message = f"has {base.replicates:,} histories already, and {total:,} are no more"
        raise InputError(message, file=folder)
