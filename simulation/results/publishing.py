"""Whole folders only: written beside, and put in their place when everything in them is there."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.errors import InputError, RunError
from simulation.io.text_file import json_of
from simulation.results.manifest import MOST_BYTES


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


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write tables by name as Parquet; what is no number is written as text."""
    for name, table in tables.items():
        words = table.astype(dict.fromkeys(table.select_dtypes(exclude="number"), "string"))
        rows = pa.Table.from_pandas(words, preserve_index=False)
        pq.write_table(rows, folder / f"{name}.parquet", compression="zstd", version="2.6")


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


FULL = (errno.ENOSPC, errno.EDQUOT)
NOT_A_PLACE = (errno.EROFS, errno.ENAMETOOLONG, errno.ELOOP)


def replace_folder(new: Path, old: Path) -> None:
    """Put `new` in the place of `old`; if that fails, `old` is back as it was."""
    aside = old.parent / f".{old.name}.replaced-{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    try:
        new.rename(old)
    except BaseException:
        if aside.exists():
            aside.rename(old)
        raise
    shutil.rmtree(aside, ignore_errors=True)
