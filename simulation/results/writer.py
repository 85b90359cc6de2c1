"""Writing a results folder: whole or not at all, and never over a different run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from simulation.errors import InputError, RunError
from simulation.outcomes.tables import (
    CELLS,
    DAILY,
    PLACES,
    BlockedTable,
    Columns,
    outcomes_schema,
    write_table,
)
from simulation.results.manifest import Failure, Manifest, read_manifest
from simulation.results.publishing import FULL, NOT_A_PLACE, replace_folder

BLOCK = 250


class ResultsWriter:
    """Takes a run's rows as they come and publishes the folder when all is well.

    Used as a context manager. Everything is written to the hidden `working` folder beside `folder`, renamed
    when the block ends without an exception after `seal`, and removed on any exception, Ctrl-C included.
    """

    def __init__(self, folder: Path, manifest: Manifest, scenario_text: str, *, block: int = BLOCK) -> None:
        """Prepare to write `folder`; a folder that holds something else is an InputError."""
        self.folder, self.manifest = folder.absolute(), manifest
        self.working = self.folder.parent / f".{self.folder.name}.partial-{os.getpid()}"
        self._scenario_text, self._block = scenario_text, block
        self._tables: dict[str, BlockedTable] = {}
        self._last, self._sealed = -1, False
        with self._disk():
            refuse_other_run(self.folder, manifest)

    def __enter__(self) -> Self:
        """Make the hidden folder; one left by a killed process of the same number is removed first."""
        try:
            with self._disk():
                self._clear()
                self.working.mkdir(parents=True)
                (self.working / "scenario.yaml").write_text(self._scenario_text, encoding="utf-8")
        except BaseException:
            self._clear()
            raise
        return self

    def add(self, *, outcomes: Columns, places: Columns, daily: Columns) -> None:
        """Take the rows of some replicates, all later than those given before.

        Columns as in `simulation.outcomes.tables`; every table of a chunk covers the same replicates.
        """
        replicates = [int(number) for number in outcomes["replicate"]]  # type: ignore[union-attr]
        if any(b <= a for a, b in zip([self._last, *replicates], replicates, strict=False)):
            raise ValueError("replicates must arrive in order, each once")
        with self._disk():
            self._open(outcomes)
            for name, columns in (("outcomes", outcomes), ("places", places), ("daily", daily)):
                self._tables[name].add(columns)
        self._last = replicates[-1] if replicates else self._last

    def add_cells(self, cells: Columns) -> None:
        """Write the probability of control by day, cell and actor, over all replicates."""
        with self._disk():
            write_table(self.working / "cells.parquet", cells, CELLS)

    def settle(self, folder: Path, manifest: Manifest) -> None:
        """Change the folder to be published, beside the first one, and its manifest, before `seal`."""
        if folder.absolute().parent != self.folder.parent:
            raise ValueError(f"{folder} does not lie beside {self.folder}")
        self.folder, self.manifest = folder.absolute(), manifest

    def seal(self, failed: tuple[Failure, ...] = ()) -> Path:
        """Close the tables and write the manifest; return the hidden folder, readable from now on."""
        if not self._tables:
            why = f"; the first, {failed[0].replicate}: {failed[0].reason}" if failed else ""
            raise RunError(f"no replicate finished, so there is nothing to write to {self.folder}{why}")
        with self._disk():
            for table in self._tables.values():
                table.close()
            self.manifest = self.manifest.done(failed)
            self.manifest.write(self.working / "manifest.json")
        self._sealed = True
        return self.working

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Publish the folder, or remove every trace of it."""
        try:
            if error is None:
                self._publish()
            elif isinstance(error, OSError) and error.errno in FULL:
                raise self._full(error) from error
        finally:
            self._clear()

    def _open(self, outcomes: Columns) -> None:
        if not self._tables:
            schemas = {"outcomes": outcomes_schema(outcomes), "places": PLACES, "daily": DAILY}
            for name, schema in schemas.items():
                self._tables[name] = BlockedTable(self.working / f"{name}.parquet", schema, self._block)

    def _publish(self) -> None:
        if not self._sealed:
            raise RuntimeError("a results folder must be sealed before it is published")
        with self._disk():
            refuse_other_run(self.folder, self.manifest)
            replace_folder(self.working, self.folder)

    def _clear(self) -> None:
        if not self._sealed:
            for table in self._tables.values():
                table.abandon()
        shutil.rmtree(self.working, ignore_errors=True)

    @contextmanager
    def _disk(self) -> Iterator[None]:
        """Turn a full disk and a folder that may not be written into sentences."""
        try:
            yield
        except UnicodeEncodeError as error:
            raise InputError(
                "cannot be written: a file's name is not UTF-8 text", file=self.folder
            ) from error
        except (PermissionError, NotADirectoryError, FileExistsError) as error:
            raise InputError(f"cannot be written: {error.strerror}", file=self.folder) from error
        except OSError as error:
            if error.errno in NOT_A_PLACE:
                raise InputError(f"cannot be written: {error.strerror}", file=self.folder) from error
            raise self._full(error) if error.errno in FULL else error from error

    def _full(self, error: OSError) -> RunError:
        return RunError(
            f"the disk with {self.folder} is full ({os.strerror(error.errno or 0)}); nothing was kept. "
            "Free some space, ask for fewer --replicates, or choose another place with --out"
        )


def refuse_other_run(folder: Path, manifest: Manifest) -> None:
    """Raise InputError when the folder exists and is neither empty nor the same run.

    A run whose number of histories is not settled yet is the same as one that was asked for by the same rule.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not folder.is_dir() or not manifest.is_run_of(read_manifest(folder / "manifest.json")):
        raise InputError(
            "holds a different run, which is never overwritten; choose another folder with --out or remove "
            "it",
            file=folder,
        )
