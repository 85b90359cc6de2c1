"""The library: write the page of a results folder again."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from simulation import arguments
from simulation.api import compare, film, hindcast, run, sensitivity
from simulation.api.manifests import manifest_in
from simulation.api.open_results import open_results
from simulation.api.setup import check_page
from simulation.errors import InputError
from simulation.io.output_path import real_path
from simulation.results.folder import Results
from simulation.results.manifest_head import MANIFEST, ManifestHead
from simulation.results.opening import check_engine
from simulation.results.owner import publishing
from simulation.results.publication import PAGE
from simulation.results.whole_file import checked_file, write_whole

Opened = run.Run | compare.Compared | sensitivity.Sensitivity | hindcast.Hindcast | film.Film


def write_report(folder: str | Path, *, out: str | Path | None = None) -> Opened:
    """Write the page of a results folder of any kind again, from its tables; return what lies there.

    For that of a run two histories are played again to be told, and what else has a page is computed again, so that
    the engine must be the one that made the folder. The page goes into the folder, whose manifest then names it, or to
    the file `out`, so that the folder is only read. A page that is not ours is not replaced. InputError as from
    `open_results`, for another engine, for the folder of a part of a comparison, and for a page that could need too
    much memory; RunError for a full disk.
    """
    file = None if out is None else arguments.path("out", out)
    done = open_results(folder)
    name, command, write = _page_of(done)
    page, mark = file or done.folder / name, _mark(command)
    if file is None:
        _refuse_part(done.folder)
    checked_file(page, mark)
    if file is not None:
        write_whole(page, write, mark)
        return dataclasses.replace(done, report=page)
    write_whole(page, write, mark)
    with publishing(real_path(done.folder)):
        manifest = manifest_in(done.folder).recording(done.folder, name)
        manifest.write(done.folder / MANIFEST)
    return _with_page(done, page, manifest)


def _page_of(done: Opened) -> tuple[str, str, Callable[[Path], object]]:
    """Return what the page is called, which command it is of, and what writes it."""
    match done:
        case run.Run():
            check_engine(done.manifest, done.folder, "the report plays histories again")
            check_page(done.world, done.manifest.replicates)
            return PAGE, "run", partial(run.write_page, done.world, done.results, done.seed)
        case compare.Compared():
            write = partial(compare.write_page, done.comparison, done.reference, done.manifest)
            return PAGE, "compare", write
        case sensitivity.Sensitivity():
            return PAGE, "sensitivity", partial(sensitivity.write_page, done.study, done.world, done.manifest)
        case hindcast.Hindcast():
            return hindcast.PAGE, "hindcast", partial(hindcast.write_page, done.scored, done.basis)
        case film.Film():
            return film.PAGE, "film", partial(film.write_page, done)


def _with_page(done: Opened, page: Path, manifest: ManifestHead) -> Opened:
    """Return what was opened as it is now that its page has been written."""
    match done:
        case run.Run():
            return dataclasses.replace(done, results=Results(done.folder), report=page, played=done.world)
        case hindcast.Hindcast():
            again = dataclasses.replace(done.run, results=Results(done.folder))
            return dataclasses.replace(done, run=again, report=page)
    changes: dict[str, Any] = {"manifest": manifest, "report": page}
    return dataclasses.replace(done, **changes)


def _refuse_part(folder: Path) -> None:
    """Refuse to write into a folder that may only be read, or that is within that of a comparison: InputError."""
    if not os.access(folder, os.W_OK):
        raise InputError("may only be read; name another file for the page with --out", file=folder)
    whole = real_path(folder).parents[1]
    if real_path(folder).parent.name == "runs" and (whole / MANIFEST).is_file():
        kind = manifest_in(whole).kind
        message = (
            f"is a part of the {kind} in {whole}, which would no longer be whole; name a file with --out"
        )
        raise InputError(message, file=folder)


def _mark(command: str) -> str:
    from simulation.report.frame import generator

    return generator(command)
