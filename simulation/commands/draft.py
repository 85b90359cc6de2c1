"""The command that drafts claims from a text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulation.commands.console import exits, say
from simulation.errors import InputError

Article = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="An article as plain text, or a document of seeds.", show_default=False
    ),
]
Actors = Annotated[
    Path, typer.Option("--actors", metavar="FILE", help="actors.yaml, or the folder of seeds that holds it.")
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="The new file of claims; stdout if left out.")
]
Day = Annotated[
    str,
    typer.Option("--date", metavar="DATE", help="The day on which the text was written, such as 2024-11-28."),
]


def draft(file: Article, actors: Actors, out: Out = None, date: Day = "") -> None:
    """Draft claims from a text: sure lines, unsure ones, and questions (needs the extra `draft`)."""
    with exits():
        from simulation.drafting import draft_claims
        from simulation.io.output_path import output_path

        target = output_path(out) if out is not None else None
        if target is not None and target.exists():
            raise InputError(
                "is there already, and may hold what somebody has corrected; name another", file=target
            )
        found = draft_claims(file, actors, date)
        sure = sum(line.draft.sure for line in found.lines)
        summary = f"{sure} sure lines, {len(found.lines) - sure} unsure, {len(found.questions)} questions"
        if target is None:
            say(found.text)
            typer.echo(summary, err=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(found.text, encoding="utf-8")
            say(f"Claims  {target}\n        {summary}")
