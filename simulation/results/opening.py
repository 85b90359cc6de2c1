"""Opening the folder of a finished run again: it is whole, or refused in a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

from simulation.errors import InputError
from simulation.results.engine_digest import engine_version
from simulation.results.file_record import check_file
from simulation.results.folder import Results
from simulation.results.manifest_head import MANIFEST, ManifestHead
from simulation.results.manifest_reader import read_manifest, stored_manifest
from simulation.results.publication import WORDS
from simulation.results.unfinished import REQUEST, is_unfinished

OF_RUNS = ("run", "hindcast")
"""Kinds of folders that hold the tables of one run."""
PAGES = ".html"
"""Ends the names of pages, which nothing is read from and which can be written again."""


def opened(folder: Path) -> Results:
    """Return a run whose folder holds every file as it was written, but for pages.

    Errors: InputError for what is no folder of a run, for one of another schema or unfinished, and for a file that
    has changed.
    """
    refuse_unfinished(folder)
    kind = stored_manifest(folder / MANIFEST).get("kind")
    if kind not in OF_RUNS:
        within = f"; one of its runs is {each}" if (each := _member(folder)) else ""
        raise InputError(f"holds a {kind}, not a run{within}", file=folder)
    manifest = read_manifest(folder / MANIFEST)
    check_whole(folder, manifest)
    results = Results(folder)
    _ = results.replicates  # which also compares the histories with those of the manifest
    return results


def refuse_unfinished(folder: Path) -> None:
    """Refuse the folder of something that was interrupted: InputError that says how it is finished."""
    if is_unfinished(folder):
        kind = str(stored_manifest(folder / REQUEST).get("kind"))
        kind = WORDS.get(kind, kind)
        raise InputError(f"an unfinished {kind}; simulate resume {folder} finishes it", file=folder)


def check_whole(folder: Path, manifest: ManifestHead) -> None:
    """Refuse a folder of any kind that is not finished or has a file, but for pages, that is not as it was written."""
    if manifest.finished is None or not manifest.files:
        message = f"does not say that its {manifest.kind} was finished; run its command again"
        raise InputError(message, file=folder / MANIFEST)
    for name in manifest.files:
        if not name.endswith(PAGES):
            check_file(folder, name, manifest.files)


def page_in(folder: Path, manifest: ManifestHead) -> Path | None:
    """Return the page of a results folder, if it has one."""
    pages = [folder / name for name in manifest.files if name.endswith(PAGES) and "/" not in name]
    return pages[0] if pages and pages[0].is_file() else None


def check_engine(manifest: ManifestHead, folder: Path, purpose: str) -> None:
    """Refuse what only the engine that made a folder can do: InputError; `purpose` says what that is."""
    ours = engine_version()
    if manifest.engine_version != ours:
        message = (
            f"{purpose}, which only the engine that made the folder does alike: that is {manifest.engine_version}, and "
            f"this is {ours}. Use that version, or begin again with this one; in the folder: {manifest.again}"
        )
        raise InputError(message, file=folder)


def _member(folder: Path) -> Path | None:
    """Return the first run within the folder of a comparison, if there is one."""
    return next((each.parent for each in sorted(folder.glob(f"runs/*/{MANIFEST}"))), None)
