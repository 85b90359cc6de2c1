"""The command that checks the engine against known answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.console import FAILED, exits, json_text, say
from simulation.commands.options import Json, Quiet

VerificationPage = Annotated[
    Path | None, typer.Option("--page", metavar="FILE", help="Write the table as a page of Markdown, too.")
]


def selftest(page: VerificationPage = None, as_json: Json = False, quiet: Quiet = False) -> None:
    """Check the engine against known answers and a second opinion; about a minute."""
    with exits():
        from simulation.selftest.report import run_selftest, write_page

        verdict = run_selftest(progress=not quiet)
        if page is not None:
            write_page(verdict, page)
        say(json_text(verdict.document()) if as_json else verdict.text())
        if not verdict.passed:
            raise typer.Exit(FAILED)
