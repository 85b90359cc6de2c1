"""Runs that were played before, found by their address: what a study needs of them is not played again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from simulation.errors import InputError
from simulation.io.second_name import link_or_copy
from simulation.parameter_study.manifest import SweepManifest
from simulation.results.manifest_head import MANIFEST
from simulation.results.manifest_reader import read_as, stored_manifest
from simulation.results.opening import PAGES, opened

KIND = "sweep"


def played_runs(folder: Path) -> dict[str, Path]:
    """Return where finished runs lie, by digest: in a folder of results, and in the studies there.

    A run is known here by what its manifest says; whether it is whole is looked at when it is taken.
    """
    found: dict[str, Path] = {}
    for digest, place in _in_results(folder):
        found.setdefault(digest, place)
    return found


def take_run(place: Path, target: Path) -> bool:
    """Put a finished run at a target, without its page; return whether it is whole, as it was written."""
    try:
        manifest = opened(place).manifest
    except InputError:
        return False
    kept = {name: record for name, record in manifest.files.items() if not name.endswith(PAGES)}
    link_or_copy(place, kept, target)
    manifest.model_copy(update={"files": kept}).write(target / MANIFEST)
    return True


def _in_results(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the runs of a folder of results, and those in the studies in it."""
    yield from _runs_in(folder)
    for place in _folders_in(folder):
        if place.name.startswith(KIND) and _kind(place) == KIND:
            try:
                manifest = read_as(SweepManifest, place / MANIFEST)
            except InputError:
                continue
            yield from ((point.run, place / point.folder) for point in manifest.points)


def _runs_in(folder: Path) -> Iterator[tuple[str, Path]]:
    for place in _folders_in(folder):
        try:
            data = stored_manifest(place / MANIFEST)
        except InputError:
            continue
        if data.get("kind") == "run" and data.get("finished"):
            yield str(data.get("digest")), place


def _kind(place: Path) -> object:
    try:
        return stored_manifest(place / MANIFEST).get("kind")
    except InputError:
        return None


def _folders_in(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    except OSError:
        return []
