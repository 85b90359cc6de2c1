"""The command that says whether results folders are whole."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.commands.console import WRONG_INPUT, complain, exits, json_text, say
from simulation.commands.options import Json


def verify(
    folders: Annotated[
        list[str], typer.Argument(metavar="DIR...", help="Results folders of any kind.", show_default=False)
    ],
    as_json: Json = False,
) -> None:
    """Check that results folders are whole, as they were written."""
    with exits():
        from simulation.api.verify import verify as verdict_on

        verdicts = [verdict_on(folder) for folder in folders]
        if as_json:
            say(json_text({"folders": [each.document() for each in verdicts]}))
        for verdict in verdicts:
            for fault in verdict.faults:
                complain(fault)
            if verdict.is_whole and not as_json:
                say(verdict.text())
        if not all(verdict.is_whole for verdict in verdicts):
            raise typer.Exit(WRONG_INPUT)
