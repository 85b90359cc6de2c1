"""A comparison's folder: the runs, the tables and the manifest, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from simulation.errors import InputError, RunError
from simulation.results.comparison import Comparison
from simulation.results.provenance import Manifest, command_line, now
from simulation.results.store import FULL, NOT_A_PLACE, replace_folder
from simulation.scenario.resolved import DIGEST_LENGTH

SCHEMA_VERSION = 1
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._=-]+")
LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True)
class ComparisonManifest:
    """Which scenarios a folder compares and how; `folders` are the runs', in the order of `names`."""

    names: tuple[str, ...]
    folders: tuple[str, ...]
    digest: str
    seed: int
    replicates: int
    days: float
    engine_version: str
    command: tuple[str, ...] = field(default_factory=command_line)
    started: str = field(default_factory=now)

    @property
    def folder_name(self) -> str:
        """The name of the folder under results/."""
        return f"compare-{self.digest}"

    def document(self) -> dict[str, Any]:
        """Return the manifest of the finished comparison as plain data for JSON."""
        head = {"schema_version": SCHEMA_VERSION, "kind": "comparison"}
        return head | asdict(self) | {"finished": now()}


def comparison_manifest(names: Sequence[str], manifests: Sequence[Manifest]) -> ComparisonManifest:
    """Return the manifest of a comparison, named by what decides the runs' numbers and by the labels."""
    identity = json.dumps([list(names), [each.digest for each in manifests]])
    first = manifests[0]
    return ComparisonManifest(
        names=tuple(names),
        folders=tuple(f"runs/{k}-{_file_name(name)}" for k, name in enumerate(names, start=1)),
        digest=hashlib.sha256(identity.encode()).hexdigest()[:DIGEST_LENGTH],
        seed=first.seed,
        replicates=first.replicates,
        days=first.days,
        engine_version=first.engine_version,
    )


@contextmanager
def comparison_folder(folder: Path, manifest: ComparisonManifest) -> Iterator[Path]:
    """Give a hidden folder to write to, and put it in the place of `folder` when all went well.

    On any exception, Ctrl-C included, every trace of it is removed. Errors: InputError for a folder that
    holds something else or cannot be written, RunError for a full disk.
    """
    folder = folder.absolute()
    working = folder.parent / f".{folder.name}.partial-{os.getpid()}"
    try:
        with _disk(folder, working):
            _refuse_other(folder, manifest)
            shutil.rmtree(working, ignore_errors=True)
            working.mkdir(parents=True)
            yield working
            _refuse_other(folder, manifest)
            replace_folder(working, folder)
    finally:
        shutil.rmtree(working, ignore_errors=True)


def write_comparison_tables(comparison: Comparison, manifest: ComparisonManifest, folder: Path) -> None:
    """Write the manifest, the tables as Parquet, and the sentences as `sentences.txt`."""
    for name, table in comparison.tables.items():
        words = table.astype(dict.fromkeys(table.select_dtypes(exclude="number"), "string"))
        rows = pa.Table.from_pandas(words, preserve_index=False)
        pq.write_table(rows, folder / f"{name}.parquet", compression="zstd", version="2.6")
    told = "\n\n".join([comparison.answer, *comparison.sentences])
    (folder / "sentences.txt").write_text(told + "\n", encoding="utf-8")
    text = json.dumps(manifest.document(), indent=2, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _file_name(label: str) -> str:
    return _NOT_IN_NAMES.sub("-", label).strip("-.")[:LONGEST_NAME] or "scenario"


def _refuse_other(folder: Path, manifest: ComparisonManifest) -> None:
    """Raise InputError when the folder exists and is neither empty nor the same comparison."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if _digest_in(folder / "manifest.json") != manifest.digest:
        raise InputError(
            "holds something else, which is never overwritten; choose another folder with --out or remove it",
            file=folder,
        )


def _digest_in(file: Path) -> str | None:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(data.get("digest")) if isinstance(data, dict) else None


@contextmanager
def _disk(folder: Path, working: Path) -> Iterator[None]:
    """Turn a full disk and a folder that may not be written into sentences about the folder asked for."""
    try:
        yield
    except RunError as error:
        raise RunError(str(error).replace(str(working), str(folder))) from error
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        raise InputError(f"cannot be written: {error.strerror}", file=folder) from error
    except OSError as error:
        if error.errno in NOT_A_PLACE:
            raise InputError(f"cannot be written: {error.strerror}", file=folder) from error
        if error.errno in FULL:
            reason = os.strerror(error.errno or 0)
            raise RunError(f"the disk with {folder} is full ({reason}); nothing was kept") from error
        raise
