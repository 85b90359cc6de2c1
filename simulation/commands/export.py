"""The command that gives the tables of a results folder to other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from simulation.commands.console import exits, say
from simulation.errors import InputError

Folder = Annotated[
    str, typer.Argument(metavar="DIR", help="A results folder of any kind.", show_default=False)
]
Csv = Annotated[bool, typer.Option("--csv", help="CSV files in a ZIP archive, which is also the default.")]
Xlsx = Annotated[bool, typer.Option("--xlsx", help="A workbook; needs openpyxl (the extra `export`).")]
Form = Annotated[
    Literal["csv", "xlsx", "prio-grid", "ged", "views"] | None,
    typer.Option(
        "--form",
        help="Of a run also, as Parquet: prio-grid (who holds how much of each PRIO-GRID cell, by day), ged (events "
        "with the columns of UCDP GED), views (draws of deaths by cell and month, for the packages of VIEWS).",
    ),
]
Histories = Annotated[
    int | None,
    typer.Option(
        "--histories", metavar="N", min=1, help="At most so many, for ged and views; 100 when left out."
    ),
]
Tables = Annotated[
    list[str] | None, typer.Option("--table", metavar="NAME", help="Only this table; repeatable.")
]
File = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="FILE", help="The file; DIR.zip, DIR.xlsx or DIR-FORM.parquet here if left out."
    ),
]


def export(
    folder: Folder,
    csv: Csv = False,
    xlsx: Xlsx = False,
    form: Form = None,
    histories: Histories = None,
    tables: Tables = None,
    out: File = None,
) -> None:
    """Write the tables of a results folder as CSV or as a workbook, or a run in a form of conflict research."""
    with exits():
        forms = [name for name, wanted in (("csv", csv), ("xlsx", xlsx), (form, form)) if wanted and name]
        if len(forms) > 1:
            raise InputError("--csv and --xlsx exclude each other and --form")
        import simulation

        number = {} if histories is None else {"histories": histories}
        written = simulation.export(
            folder, form=forms[0] if forms else "csv", tables=tables or (), out=out, **number
        )
        say(f"Tables  {written}")
