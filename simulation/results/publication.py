"""The one writer of whole folders: written beside their place, and put there when everything is in them."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from simulation.errors import InputError, RunError
from simulation.io.signals import ends_as_exceptions
from simulation.results.disk_errors import in_words, say_in_words
from simulation.results.manifest_head import MANIFEST, ManifestHead
from simulation.results.manifest_reader import stored_manifest

RESULTS = Path("results")
PAGE = "report.html"
TAKEN = (errno.EEXIST, errno.ENOTEMPTY)
TRIES = 5


class Publication[Kind: ManifestHead]:
    """A results folder of any kind while it is made: whole or absent, and never over something else.

    Used as a context manager. Whoever makes the folder writes into the hidden folder `working` beside its
    place and calls `seal` when all is there; at the end of the block it is put in its place, and on any
    exception or signal every trace of it is removed. What the folder is called may follow from the manifest,
    and change with `seal`.

    Errors: InputError for a folder that holds something else or cannot be written, RunError for a full disk
    and for a page that could not be made; only in this last case is the folder there.
    """

    def __init__(self, manifest: Kind, out: Path | None = None) -> None:
        """Prepare to write `out`, or the folder of the manifest's own name in results/."""
        self.manifest, self._out = manifest, out
        # A link leads to where the folder is to lie; replaced, it would no longer.
        self._first, self._inside = Path(os.path.realpath(self.folder)), Path(os.path.realpath(Path.cwd()))
        self.working = self._first.parent / f".{self._first.name}.partial-{os.getpid()}"
        self._trouble: Exception | None = None
        self._signals = contextlib.ExitStack()
        with in_words(self._place, self.working):
            self._refuse_other()

    @property
    def folder(self) -> Path:
        """The folder that is made, as it was named."""
        return self._out if self._out is not None else RESULTS / self.manifest.folder_name

    @property
    def _place(self) -> Path:
        return self._first if self._out is not None else self._first.parent / self.manifest.folder_name

    def __enter__(self) -> Self:
        """Make the hidden folder; one left by a killed process of the same number is removed first."""
        try:
            self._signals.enter_context(ends_as_exceptions())
            with in_words(self._place, self.working):
                shutil.rmtree(self.working, ignore_errors=True)
                self.working.mkdir(parents=True)
        except BaseException:
            self._clear()
            raise
        return self

    def seal(self, manifest: Kind) -> None:
        """Write the manifest, by which the folder is whole: with records of all that lies in it by now."""
        self._write(manifest.recording(self.working))

    def _write(self, manifest: Kind) -> None:
        self.manifest = manifest
        manifest.write(self.working / MANIFEST)

    def page(self, write: Callable[[Path], object], name: str = PAGE) -> Path:
        """Let a page be written into the folder; return where it will lie.

        Where that fails, the tables are kept all the same, and the end of the block raises RunError. Trouble
        with the disk is no failure of the page.
        """
        page = self.working / name
        try:
            write(page)
            if (self.working / MANIFEST).is_file():
                self._write(self.manifest.recording(self.working, name))
        except OSError:
            raise
        except Exception as trouble:
            page.unlink(missing_ok=True)
            self._trouble = trouble
        return self.folder / name

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the folder in its place, or remove every trace of it."""
        try:
            if error is not None:
                say_in_words(error, self._place, self.working)
                return
            if not (self.working / MANIFEST).is_file():
                raise RuntimeError("a results folder must be sealed before it is published")
            with in_words(self._place, self.working):
                self._publish()
                if self._place == self._inside:
                    os.chdir(self._place)  # the folder one is in has gone; another has its name
        finally:
            self._clear()
        if self._trouble is not None:
            message = f"the tables are in {self.folder}, but the report could not be made: {self._trouble}"
            raise RunError(message) from self._trouble

    def _clear(self) -> None:
        shutil.rmtree(self.working, ignore_errors=True)
        self._signals.close()

    def _refuse_other(self) -> None:
        """Raise InputError when the folder exists and is neither empty nor of the same identity."""
        place = self._place
        if not place.exists() or (place.is_dir() and not any(place.iterdir())):
            return
        if not place.is_dir():
            raise InputError(f"a file, not a folder; {REMEDY}", file=place)
        if not (place / MANIFEST).is_file():
            raise InputError(f"holds something else (it has no {MANIFEST}), {NEVER}", file=place)
        stored = stored_manifest(place / MANIFEST)
        if not self.manifest.is_one_with(stored):
            same = stored.get("kind", "run") == self.manifest.kind
            what = (
                f"a different {WORDS.get(self.manifest.kind, self.manifest.kind)}"
                if same
                else "something else"
            )
            raise InputError(f"holds {what}, {NEVER}", file=place)

    def _publish(self) -> None:
        """Put the hidden folder in its place; another process may do the same with the same tables."""
        for left in reversed(range(TRIES)):
            self._refuse_other()
            try:
                replace_folder(self.working, self._place)
                return
            except OSError as error:
                if error.errno not in TAKEN or not left:
                    raise


REMEDY = "choose another folder with --out or remove it"
NEVER = f"which is never overwritten; {REMEDY}"
WORDS = {"sensitivity": "study"}
"""What a kind of folder is called in a sentence, where that is not its name."""


def replace_folder(new: Path, old: Path) -> None:
    """Put `new` in the place of `old`; if that fails, `old` is back as it was."""
    aside = old.parent / f".{old.name}.replaced-{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    with contextlib.suppress(FileNotFoundError):
        old.rename(aside)
    try:
        new.rename(old)
    except BaseException:
        if aside.exists():
            with contextlib.suppress(OSError):
                aside.rename(old)
        raise
    shutil.rmtree(aside, ignore_errors=True)
