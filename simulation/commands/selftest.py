"""The command that checks the engine against known answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.commands.console import FAILED, exits, json_text, say
from simulation.commands.options import Json, Quiet

if TYPE_CHECKING:
    from simulation.selftest.report import Verdict

VerificationPage = Annotated[
    Path | None, typer.Option("--page", metavar="FILE", help="Write the table as a page of Markdown, too.")
]
Full = Annotated[
    bool, typer.Option("--full", help="Also the slow checks, of sequential updating: some minutes more.")
]


def selftest(
    page: VerificationPage = None, full: Full = False, as_json: Json = False, quiet: Quiet = False
) -> None:
    """Check the engine against known answers and a second opinion; about a minute."""
    with exits():
        from simulation.results.whole_file import checked_file
        from simulation.selftest.page import TITLE
        from simulation.selftest.report import run_selftest

        page = None if page is None else checked_file(page, TITLE)
        verdict = run_selftest(progress=not quiet, full=full)
        if page is not None:
            _write(verdict, page)
        say(json_text(verdict.document()) if as_json else verdict.text())
        if not verdict.passed:
            raise typer.Exit(FAILED)


def _write(verdict: Verdict, page: Path) -> None:
    """Write the page, with what another program has added to the one that is there."""
    from simulation.results.whole_file import write_whole
    from simulation.selftest.page import TITLE

    before = page.read_text(encoding="utf-8") if page.is_file() else ""
    write_whole(page, lambda path: path.write_text(verdict.page(before), encoding="utf-8"), TITLE)
