"""A folder of files of ours that are written anew: made beside it and put there together, other files stay."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from simulation.errors import InputError
from simulation.io.output_path import output_path, real_path
from simulation.io.signals import ends_as_exceptions, undisturbed
from simulation.results.disk_errors import in_words
from simulation.results.workplace import Workplace


def checked_folder(path: Path | str, marked: str, mark: str) -> Path:
    """Return where a folder will be written; `marked` is the file in it that begins with `mark` if it is ours.

    Errors: InputError for a file, and for a folder that holds something else.
    """
    path = output_path(path)
    if path.exists() and not path.is_dir():
        raise InputError("a file, not a folder; choose another folder", file=path)
    if path.is_dir() and any(path.iterdir()):
        file = path / marked
        if not file.is_file() or not file.read_text(encoding="utf-8", errors="replace").startswith(mark):
            message = "holds something else, which is never overwritten; choose another folder or remove it"
            raise InputError(message, file=path)
    return path


def write_folder(path: Path, write: Callable[[Path], object], last: str, kept: Collection[Path] = ()) -> None:
    """Let files be written beside a folder, then put them in it, that named `last` at the end.

    Those at `kept` stay as they are. On any exception or signal before all are written, nothing of them is left.
    """
    place = real_path(path)
    work = Workplace(place)
    stays = {real_path(each) for each in kept}
    with ends_as_exceptions(), in_words(path, work.working):
        try:
            work.begin()
            work.working.mkdir()
            write(work.working)
            place.mkdir(exist_ok=True)
            with undisturbed():
                for file in sorted(work.working.iterdir(), key=lambda file: (file.name == last, file.name)):
                    if place / file.name not in stays:
                        file.replace(place / file.name)
        finally:
            with undisturbed():
                work.clear()
