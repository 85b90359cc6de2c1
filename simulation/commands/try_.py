"""The command that runs a trial of a lesson by its number, so that nobody has to type it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.commands.console import exits, say
from simulation.commands.options import File
from simulation.errors import InputError

if TYPE_CHECKING:
    from simulation.scenario.lesson_steps import Trial

Number = Annotated[
    int | None,
    typer.Argument(
        metavar="[NUMBER]", help="Which trial, from 1; all are listed when left out.", show_default=False
    ),
]
Replicates = Annotated[
    int | None,
    typer.Option("--replicates", "-n", metavar="N", min=1, help="Histories, in place of the trial's own."),
]


def try_(context: typer.Context, file: File, number: Number = None, replicates: Replicates = None) -> None:
    """Run a trial of a scenario's lesson by its number."""
    with exits():
        from simulation.scenario import load_scenario
        from simulation.scenario.lesson_steps import PROGRAM, trial, trials

        lesson = load_scenario(file).lesson
        if lesson is None:
            raise InputError("has no lesson, so that there is nothing to try", file=file)
        if number is None:
            say("\n".join(f"{each.number}. {' '.join(each.text.split())}" for each in trials(lesson)))
            return
        chosen = trial(lesson, number)
        if chosen.file:
            _write(chosen)
        if not chosen.steps:
            raise InputError(
                f"trial {chosen.number} is something to think about: it has no command", file=file
            )
        more = () if replicates is None else ("--replicates", str(replicates))
    for command in chosen.steps:
        say(f"{PROGRAM} {shlex.join(command)}")
        context.find_root().command.main([*command, *more], prog_name=PROGRAM, standalone_mode=False)


def _write(chosen: Trial) -> None:
    """Write the scenario file of a trial; InputError where there is another of that name."""
    from simulation.scenario.lesson_steps import GIVEN

    file, text = Path(GIVEN), f"{chosen.file}\n"
    if file.exists() and file.read_text(encoding="utf-8") != text:
        raise InputError("is there already and says something else; move it away, then try again", file=file)
    file.write_text(text, encoding="utf-8")
    say(f"{GIVEN}:\n{chosen.file}")
