"""A study's folder: its tables, its sentences and its manifest, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from simulation.results.manifest import Failure, command_line, digest_of, now, package_versions
from simulation.results.publishing import comparison_folder, write_tables
from simulation.sensitivity_analysis.study import Study

SCHEMA_VERSION = 1
IDENTITY = (
    "method", "scenario", "scenario_digest", "seed", "asked_histories", "outcomes", "inputs", "engine_version",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class StudyManifest:
    """What a study was asked and with what it was made; equal identities give equal tables."""

    method: str
    scenario: str
    scenario_digest: str
    seed: int
    asked_histories: int
    outcomes: tuple[str, ...]
    inputs: tuple[str, ...]
    engine_version: str
    command: tuple[str, ...] = field(default_factory=command_line)
    packages: Mapping[str, str] = field(default_factory=package_versions)
    started: str = field(default_factory=now)

    @property
    def digest(self) -> str:
        """12 hexadecimal digits that stand for the identity."""
        return digest_of({name: getattr(self, name) for name in IDENTITY})

    @property
    def asked(self) -> str:
        """The same: a study plays what was asked."""
        return self.digest

    @property
    def is_open(self) -> bool:
        """Nothing is left open."""
        return False

    @property
    def folder_name(self) -> str:
        """The name of the folder under results/."""
        return f"sensitivity-{self.scenario}-{self.digest}"

    def document(self) -> dict[str, Any]:
        """Return the manifest of the finished study as plain data for JSON."""
        head = {"schema_version": SCHEMA_VERSION, "kind": "sensitivity", "digest": self.digest}
        return head | asdict(self) | {"finished": now()}


@contextmanager
def study_folder(folder: Path, manifest: StudyManifest) -> Iterator[Path]:
    """Give a hidden folder to write to, published as `folder` when all went well; errors as a comparison's."""
    with comparison_folder(folder, manifest) as unpublished:
        yield unpublished.working


def write_study(study: Study, manifest: StudyManifest, failed: Sequence[Failure], folder: Path) -> None:
    """Write the tables as Parquet, the sentences as text and the manifest."""
    write_tables(study.tables, folder)
    told = "\n\n".join([study.answer, *study.sentences])
    (folder / "sentences.txt").write_text(told + "\n", encoding="utf-8")
    document = manifest.document() | {
        "histories": study.histories, "cases": study.cases, "rows": study.rows, "kept": study.kept,
        "failed": [asdict(each) for each in failed],
    }  # fmt: skip
    text = json.dumps(document, indent=2, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
