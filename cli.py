"""The program `simulate`: the commands in `simulation/commands`, quick until a model is run."""

from __future__ import annotations

import typer

from simulation.commands import commands
from simulation.commands.console import speak_plainly

app = typer.Typer(
    name="simulate",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Run a reported conflict as many random histories, and see how the range of outcomes moves.",
    epilog="A scenario is a YAML file, or the name of a bundled one (simulate list).",
)
for name, function in commands():
    app.command(name=name)(function)


def main() -> None:
    """Run the command line."""
    speak_plainly()
    app()


if __name__ == "__main__":
    main()
