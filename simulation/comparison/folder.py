"""A comparison's folder: the runs, the tables and the manifest, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from simulation.comparison.comparison import Comparison
from simulation.results.manifest import Manifest, command_line, digest_of, now
from simulation.results.publishing import write_tables
from simulation.results.stopping_rule import Stopping
from simulation.scenario.digest import DIGEST_LENGTH

SCHEMA_VERSION = 1
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._=-]+")
LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True)
class ComparisonManifest:
    """Which scenarios a folder compares and how; `folders` are the runs', in the order of `names`.

    `asked` stands for what was asked for and `digest` for what was run; they differ where a rule settled the
    number of histories, and `stopping` then says why it stopped.
    """

    names: tuple[str, ...]
    folders: tuple[str, ...]
    asked: str
    digest: str
    seed: int
    replicates: int
    days: float
    engine_version: str
    stopping: Stopping | None = None
    command: tuple[str, ...] = field(default_factory=command_line)
    started: str = field(default_factory=now)

    @property
    def folder_name(self) -> str:
        """The name of the folder under results/."""
        return f"compare-{self.digest}"

    def document(self) -> dict[str, Any]:
        """Return the manifest of the finished comparison as plain data for JSON."""
        head = {"schema_version": SCHEMA_VERSION, "kind": "comparison"}
        stopping = None if self.stopping is None else self.stopping.document()
        return head | asdict(self) | {"stopping": stopping, "finished": now()}

    @property
    def is_open(self) -> bool:
        """Whether the number of histories is still to be settled by a rule."""
        return self.stopping is not None and not self.stopping.histories

    def settled(self, manifests: Sequence[Manifest]) -> ComparisonManifest:
        """Return the manifest when the runs' manifests are settled; what was asked and when is kept."""
        return replace(
            self,
            digest=_digest(self.names, [each.identity for each in manifests]),
            replicates=manifests[0].replicates,
            stopping=manifests[0].stopping,
        )


def comparison_manifest(names: Sequence[str], manifests: Sequence[Manifest]) -> ComparisonManifest:
    """Return the manifest of a comparison, named by what decides the runs' numbers and by the labels."""
    first = manifests[0]
    return ComparisonManifest(
        names=tuple(names),
        folders=tuple(f"runs/{k}-{_file_name(name)}" for k, name in enumerate(names, start=1)),
        asked=_digest(names, [each.asked for each in manifests]),
        digest=_digest(names, [each.asked if each.is_open else each.identity for each in manifests]),
        seed=first.seed,
        replicates=first.replicates,
        days=first.days,
        engine_version=first.engine_version,
        stopping=first.stopping,
    )


def write_comparison_tables(comparison: Comparison, manifest: ComparisonManifest, folder: Path) -> None:
    """Write the manifest, the tables as Parquet, and the sentences as `sentences.txt`."""
    write_tables(comparison.tables, folder)
    told = "\n\n".join([comparison.answer, *comparison.sentences])
    (folder / "sentences.txt").write_text(told + "\n", encoding="utf-8")
    text = json.dumps(manifest.document(), indent=2, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _file_name(label: str) -> str:
    return _NOT_IN_NAMES.sub("-", label).strip("-.")[:LONGEST_NAME] or "scenario"


def _digest(names: Sequence[str], runs: Sequence[Mapping[str, Any]]) -> str:
    """Return the digits that stand for labels and what each run is, or was asked to be."""
    digests = [digest_of(run) for run in runs]
    return hashlib.sha256(json.dumps([list(names), digests]).encode()).hexdigest()[:DIGEST_LENGTH]
