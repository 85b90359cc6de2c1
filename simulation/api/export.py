"""The library: the tables of a results folder for other programs, and results in the forms of conflict research."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from simulation import arguments
from simulation.api.bounds import MOST_REPLICATES
from simulation.api.exchange import EXCHANGED, USUAL_HISTORIES, exchanged
from simulation.api.manifests import manifest_in
from simulation.errors import InputError
from simulation.io.output_path import real_path
from simulation.io.pydantic_messages import nearest
from simulation.results.export import PARQUET, is_export, write_csv, write_parquet, write_workbook
from simulation.results.file_record import check_file
from simulation.results.manifest_head import ManifestHead
from simulation.results.whole_file import checked_file, write_whole

FORMS: Final = {"csv": (write_csv, ".zip"), "xlsx": (write_workbook, ".xlsx")}
"""How each form of all tables is written, and how the names of its files end."""


def export(
    folder: str | Path,
    *,
    form: str = "csv",
    tables: Sequence[str] | str = (),
    out: str | Path | None = None,
    histories: int = USUAL_HISTORIES,
) -> Path:
    """Write what a results folder holds in a form that other programs read; return the file.

    `form` is "csv" (the tables of a folder of any kind in a ZIP archive) or "xlsx" (a workbook, which needs openpyxl,
    the extra `export`); of these, `tables` are all when left out. Of a run it may also be "prio-grid" (who holds how
    much of each PRIO-GRID cell by day), "ged" (events with the columns of UCDP GED) or "views" (draws of deaths by cell
    and month, as the packages of VIEWS read them), each a Parquet file; for the last two at most `histories` are played
    again.
    `out` is the file, `NAME.zip`, `NAME.xlsx` or `NAME-FORM.parquet` in the current folder when left out; only another
    export is replaced.
    Each table is compared with its checksum first. InputError for a wrong folder, table or place, for a table with
    more rows than a sheet can have, and where openpyxl is missing; RunError for a full disk.
    """
    place, form = arguments.path("folder", folder), arguments.word("form", form, (*FORMS, *EXCHANGED))
    asked, wanted = None if out is None else arguments.path("out", out), arguments.texts("tables", tables)
    most = arguments.whole_number("histories", histories, 1, MOST_REPLICATES)
    if form in EXCHANGED:
        if wanted:
            raise InputError(f"tables cannot be chosen for the form {form}, which is a table of its own")
        path = checked_file(asked or Path(f"{real_path(place).name}-{form}{PARQUET}"), is_export)
        write_whole(path, partial(write_parquet, exchanged(place, form, most)), is_export)
        return path
    write, ending = FORMS[form]
    manifest = manifest_in(place)
    chosen = _chosen(manifest, wanted, place)
    path = checked_file(asked if asked is not None else Path(f"{real_path(place).name}{ending}"), is_export)
    for name in chosen:
        check_file(place, f"{name}.parquet", manifest.files)
    scenarios = ", ".join(mark.name for mark in manifest.marks)
    about = f"{manifest.kind} {manifest.digest} of {scenarios}, seed {manifest.seed}"
    write_whole(path, partial(write, place, chosen, about), is_export)
    return path


def _chosen(manifest: ManifestHead, asked: Sequence[str], folder: Path) -> tuple[str, ...]:
    """Return the tables that were asked for, or all; InputError for one that is not there."""
    known = [Path(name).stem for name in manifest.files if name.endswith(".parquet") and "/" not in name]
    if not known:
        raise InputError("holds no table", file=folder)
    for name in asked:
        if name not in known:
            raise InputError(
                f"holds no table '{name}', but {', '.join(known)}{nearest(name, known)}", file=folder
            )
    return tuple(dict.fromkeys(asked)) or tuple(known)
