"""The one writer of whole folders: written beside their place, and put there when everything is in them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from simulation.errors import InputError, RunError
from simulation.io.file_system import is_mount_point, sync
from simulation.io.output_path import output_path, real_path, working_folder
from simulation.io.signals import ends_as_exceptions, undisturbed
from simulation.results.disk_errors import FULL, full_disk, in_words, say_in_words
from simulation.results.leftovers import clear_left, settle
from simulation.results.manifest_head import MANIFEST, ManifestHead
from simulation.results.manifest_reader import stored_manifest
from simulation.results.owner import publishing
from simulation.results.workplace import Workplace

RESULTS = Path("results")
PAGE = "report.html"


class Publication[Kind: ManifestHead]:
    """A results folder of any kind while it is made: whole or absent, and never over something else.

    Used as a context manager. Whoever makes the folder writes into the hidden folder `working` beside its
    place and calls `seal` when all is there; at the end of the block it is put in its place, and on any
    exception or signal every trace of it is removed. What the folder is called may follow from the manifest,
    and change with `seal`. A folder of the same tables is replaced, and what else lies in it is carried over.

    Errors: InputError for a folder that holds something else or cannot be written, before anything is made;
    RunError for a full disk and for a page that could not be made; only in this last case is the folder there.
    """

    def __init__(self, manifest: Kind, out: Path | str | None = None, within: Path = RESULTS) -> None:
        """Prepare to write `out`, or the folder of the manifest's own name in results/ or another folder."""
        self._within, self.published = within, False
        self.manifest, self._out = manifest, None if out is None else output_path(out)
        # A link leads to where the folder is to lie; replaced, it would no longer.
        self._first = real_path(self.folder)
        self._work = Workplace(self._first)
        self.working = self._work.working
        self._trouble: Exception | None = None
        self._signals = contextlib.ExitStack()
        clear_left(self._first.parent)
        with in_words(self._place, self.working):
            self._refuse_other()
            self._refuse_fixed()

    @property
    def folder(self) -> Path:
        """The folder that is made, as it was named."""
        return self._out if self._out is not None else self._within / self.manifest.folder_name

    @property
    def real_place(self) -> Path:
        """Where the folder is to lie, links followed; the name of what a rule has not settled yet may change."""
        return self._first

    @property
    def _place(self) -> Path:
        return self._first if self._out is not None else self._first.parent / self.manifest.folder_name

    def __enter__(self) -> Self:
        """Make the hidden folder."""
        try:
            self._signals.enter_context(ends_as_exceptions())
            with in_words(self._place, self.working):
                self._work.begin()
                self.working.mkdir()
        except BaseException:
            self._clear()
            raise
        return self

    def seal(self, manifest: Kind) -> None:
        """Write the manifest, by which the folder is whole: with records of all that lies in it by now."""
        self._write(manifest.recording(self.working))

    def _write(self, manifest: Kind) -> None:
        manifest.write(self.working / MANIFEST)
        self.manifest = manifest

    def page(self, write: Callable[[Path], object], name: str = PAGE) -> Path:
        """Let a page be written into the folder; return where it will lie.

        Where that fails, were it for a full disk, no half page stays, the tables are kept all the same, and the
        end of the block raises RunError.
        """
        page = self.working / name
        try:
            write(page)
            sync(page)
            if (self.working / MANIFEST).is_file():
                self._write(self.manifest.recording(self.working, name))
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
        finally:
            self._clear()
        if self._trouble is not None:
            why = str(self._trouble)
            if isinstance(self._trouble, OSError) and self._trouble.errno in FULL:
                why = full_disk(self._trouble, self._place)
            message = f"the tables are in {self.folder}, but the report could not be made: {why}"
            raise RunError(message) from self._trouble

    def _clear(self) -> None:
        with undisturbed():
            self._work.clear()
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

    def _refuse_fixed(self) -> None:
        """Raise InputError when the folder is there and no other can be put in its place."""
        place = self._place
        if not place.exists():
            return
        inside = f"choose a folder in it, such as {self.folder / 'run'}"
        if is_mount_point(place):
            raise InputError(
                f"is a mounted folder, which cannot be put in place as a whole; {inside}", file=place
            )
        if working_folder().is_relative_to(place):
            raise InputError(
                f"is the folder you are in, which would be put in its place anew; {inside}", file=place
            )

    def _publish(self) -> None:
        """Put the hidden folder in its place; another process may be about to do the same."""
        sync(self.working)
        with publishing(self._place):
            self._refuse_other()
            with undisturbed():
                replace_folder(self.working, self._place, self._work.aside(self._place.name))
                self.published = True


REMEDY = "choose another folder with --out or remove it"
NEVER = f"which is never overwritten; {REMEDY}"
WORDS = {"sensitivity": "study"}
"""What a kind of folder is called in a sentence, where that is not its name."""


def replace_folder(new: Path, old: Path, aside: Path) -> None:
    """Put `new` in the place of `old`, which is `aside` meanwhile; if that fails, `old` is back as it was."""
    with contextlib.suppress(FileNotFoundError):
        old.rename(aside)
    try:
        new.rename(old)
    except BaseException:
        if aside.exists():
            with contextlib.suppress(OSError):
                aside.rename(old)
        raise
    if aside.exists():
        settle(aside, old)
    sync(old.parent, inside=False)
