"""The library: write the page of a finished run again."""

from __future__ import annotations

import dataclasses
from functools import partial
from pathlib import Path

from simulation.api.open_run import open_run
from simulation.api.run import Run, write_page
from simulation.api.setup import check_page
from simulation.errors import InputError
from simulation.io.output_path import real_path
from simulation.results.manifest_head import MANIFEST
from simulation.results.manifest_reader import read_manifest
from simulation.results.opening import check_engine
from simulation.results.owner import publishing
from simulation.results.publication import PAGE
from simulation.results.whole_file import checked_file, write_whole


def write_report(folder: str | Path) -> Run:
    """Write the page of the finished run in a results folder again, from its tables; return the run.

    Two histories are played again to be told, so that the engine must be the one that made the run. A page that is
    not ours is not replaced. InputError as from `open_run`, for another engine, for the folder of a hindcast or of
    a part of a comparison, and for a page that could need too much memory; RunError for a full disk.
    """
    run = open_run(folder)
    _refuse_other(run)
    check_engine(run.manifest, run.folder, "the report")
    check_page(run.world, run.manifest.replicates)
    page, mark = run.folder / PAGE, _mark()
    checked_file(page, mark)
    write_whole(page, partial(write_page, run.world, run.results, run.seed), mark)
    with publishing(real_path(run.folder)):
        read_manifest(run.folder / MANIFEST).recording(run.folder, PAGE).write(run.folder / MANIFEST)
    return dataclasses.replace(run, results=type(run.results)(run.folder), report=page, played=run.world)


def _refuse_other(run: Run) -> None:
    """Refuse a folder whose page another command writes: InputError."""
    if run.manifest.kind != "run":
        kind = run.manifest.kind
        raise InputError(
            f"holds a {kind}, whose page comes with its scores: run {kind} again", file=run.folder
        )
    whole = real_path(run.folder).parents[1]
    if real_path(run.folder).parent.name == "runs" and (whole / MANIFEST).is_file():
        message = (
            f"is a part of the comparison in {whole}, which would no longer be whole; copy it elsewhere first"
        )
        raise InputError(message, file=run.folder)


def _mark() -> str:
    from simulation.report.frame import generator

    return generator("run")
