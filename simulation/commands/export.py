"""The command that gives the tables of a results folder to other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.console import exits, say
from simulation.errors import InputError

Folder = Annotated[
    str, typer.Argument(metavar="DIR", help="A results folder of any kind.", show_default=False)
]
Csv = Annotated[bool, typer.Option("--csv", help="CSV files in a ZIP archive, which is also the default.")]
Xlsx = Annotated[bool, typer.Option("--xlsx", help="A workbook; needs openpyxl (the extra `export`).")]
Tables = Annotated[
    list[str] | None, typer.Option("--table", metavar="NAME", help="Only this table; repeatable.")
]
File = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="The file; DIR.zip or DIR.xlsx here if left out.")
]


def export(
    folder: Folder, csv: Csv = False, xlsx: Xlsx = False, tables: Tables = None, out: File = None
) -> None:
    """Write the tables of a results folder as CSV or as a workbook."""
    with exits():
        if csv and xlsx:
            raise InputError("--csv and --xlsx exclude each other")
        import simulation

        say(
            f"Tables  {simulation.export(folder, form='xlsx' if xlsx else 'csv', tables=tables or (), out=out)}"
        )
