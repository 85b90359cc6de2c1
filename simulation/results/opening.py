"""Opening the folder of a finished run again: it is whole, or refused in a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

from simulation.errors import InputError
from simulation.results.engine_digest import engine_version
from simulation.results.file_record import check_file
from simulation.results.folder import Results
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import MANIFEST
from simulation.results.manifest_reader import read_manifest, stored_manifest
from simulation.results.unfinished import is_unfinished

OF_RUNS = ("run", "hindcast")
"""Kinds of folders that hold the tables of one run."""
PAGES = ".html"
"""Ends the names of pages, which nothing is read from and which can be written again."""


def opened(folder: Path) -> Results:
    """Return a run whose folder holds every file as it was written, but for pages.

    Errors: InputError for what is no folder of a run, for one of another schema or unfinished, and for a file that
    has changed.
    """
    if is_unfinished(folder):
        raise InputError(f"an unfinished run; simulate resume {folder} finishes it", file=folder)
    kind = stored_manifest(folder / MANIFEST).get("kind")
    if kind not in OF_RUNS:
        within = f"; one of its runs is {each}" if (each := _member(folder)) else ""
        raise InputError(f"holds a {kind}, not a run{within}", file=folder)
    manifest = read_manifest(folder / MANIFEST)
    if manifest.finished is None or not manifest.files:
        message = "does not say that its run was finished; run its command again"
        raise InputError(message, file=folder / MANIFEST)
    for name in manifest.files:
        if not name.endswith(PAGES):
            check_file(folder, name, manifest.files)
    results = Results(folder)
    _ = results.replicates  # which also compares the histories with those of the manifest
    return results


def check_engine(manifest: Manifest, folder: Path, purpose: str) -> None:
    """Refuse to play histories of a run again that another engine made: InputError; `purpose` says what needs them."""
    ours = engine_version()
    if manifest.engine_version != ours:
        message = (
            f"{purpose} plays histories again, and they were made by the engine {manifest.engine_version}, this is "
            f"{ours}: they would be others. Use that version, or run scenario.yaml with this one into another folder"
        )
        raise InputError(message, file=folder)


def _member(folder: Path) -> Path | None:
    """Return the first run within the folder of a comparison, if there is one."""
    return next((each.parent for each in sorted(folder.glob(f"runs/*/{MANIFEST}"))), None)
