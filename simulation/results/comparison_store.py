"""A comparison's folder: the runs, the tables and the manifest, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.errors import InputError, RunError
from simulation.results.comparison import Comparison
from simulation.results.provenance import MOST_BYTES, Manifest, command_line, digest_of, now
from simulation.results.stopping import Stopping
from simulation.results.store import FULL, NOT_A_PLACE, replace_folder
from simulation.scenario.resolved import DIGEST_LENGTH
from simulation.text_file import json_of

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


class Identified(Protocol):
    """What tells two folders apart: digests of what was asked for and of what was run."""

    @property
    def asked(self) -> str:
        """What was asked for."""

    @property
    def digest(self) -> str:
        """What was run."""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be settled what is run."""


@dataclass(kw_only=True)
class Unpublished:
    """A comparison or study that is being written to the hidden folder `working`, to be published as `folder`."""

    working: Path
    folder: Path
    manifest: Identified

    def settle(self, folder: Path, manifest: Identified) -> None:
        """Change the folder to be published, beside the first one, and its manifest."""
        if folder.absolute().parent != self.folder.parent:
            raise ValueError(f"{folder} does not lie beside {self.folder}")
        self.folder, self.manifest = folder.absolute(), manifest


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


@contextmanager
def comparison_folder(folder: Path, manifest: Identified) -> Iterator[Unpublished]:
    """Give a hidden folder to write to, and put it in the place of the one asked for when all went well.

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
            unpublished = Unpublished(working=working, folder=folder, manifest=manifest)
            yield unpublished
            _refuse_other(unpublished.folder, unpublished.manifest)
            replace_folder(working, unpublished.folder)
    finally:
        shutil.rmtree(working, ignore_errors=True)


def write_comparison_tables(comparison: Comparison, manifest: ComparisonManifest, folder: Path) -> None:
    """Write the manifest, the tables as Parquet, and the sentences as `sentences.txt`."""
    write_tables(comparison.tables, folder)
    told = "\n\n".join([comparison.answer, *comparison.sentences])
    (folder / "sentences.txt").write_text(told + "\n", encoding="utf-8")
    text = json.dumps(manifest.document(), indent=2, ensure_ascii=False)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write tables by name as Parquet; what is no number is written as text."""
    for name, table in tables.items():
        words = table.astype(dict.fromkeys(table.select_dtypes(exclude="number"), "string"))
        rows = pa.Table.from_pandas(words, preserve_index=False)
        pq.write_table(rows, folder / f"{name}.parquet", compression="zstd", version="2.6")


def _file_name(label: str) -> str:
    return _NOT_IN_NAMES.sub("-", label).strip("-.")[:LONGEST_NAME] or "scenario"


def _refuse_other(folder: Path, manifest: Identified) -> None:
    """Raise InputError when the folder exists and is neither empty nor of the same name."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    what = "asked" if manifest.is_open else "digest"
    if _stored(folder / "manifest.json", what) != getattr(manifest, what):
        raise InputError(
            "holds something else, which is never overwritten; choose another folder with --out or remove it",
            file=folder,
        )


def _digest(names: Sequence[str], runs: Sequence[Mapping[str, Any]]) -> str:
    """Return the digits that stand for labels and what each run is, or was asked to be."""
    digests = [digest_of(run) for run in runs]
    return hashlib.sha256(json.dumps([list(names), digests]).encode()).hexdigest()[:DIGEST_LENGTH]


def _stored(file: Path, name: str) -> str | None:
    try:
        data = json_of(file, most_bytes=MOST_BYTES, kind="a manifest")
    except InputError:
        return None
    return str(data.get(name)) if isinstance(data, dict) else None


@contextmanager
def _disk(folder: Path, working: Path) -> Iterator[None]:
    """Turn a full disk and a folder that may not be written into sentences about the folder asked for."""
    try:
        yield
    except RunError as error:
        raise RunError(str(error).replace(str(working), str(folder))) from error
    except InputError as error:
        file = None if error.file is None else str(error.file).replace(str(working), str(folder))
        raise InputError(error.message, file=file, line=error.line, path=error.path) from error
    except UnicodeEncodeError as error:
        raise InputError("cannot be written: a file's name is not UTF-8 text", file=folder) from error
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        raise InputError(f"cannot be written: {error.strerror}", file=folder) from error
    except OSError as error:
        if error.errno in NOT_A_PLACE:
            raise InputError(f"cannot be written: {error.strerror}", file=folder) from error
        if error.errno in FULL:
            reason = os.strerror(error.errno or 0)
            raise RunError(f"the disk with {folder} is full ({reason}); nothing was kept") from error
        raise
