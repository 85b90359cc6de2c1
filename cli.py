"""The commands of `simulate`, in the order of its help: thin, and quick until a model is run."""

from __future__ import annotations

import typer

from simulation.commands.evidence import hindcast, selftest, sources
from simulation.commands.files import list_scenarios, schema, show, validate
from simulation.commands.following import replay, trace
from simulation.commands.playing import compare, run, sensitivity
from simulation.console import speak_plainly

app = typer.Typer(
    name="simulate",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Run a reported conflict as many random histories, and see how the range of outcomes moves.",
    epilog="A scenario is a YAML file, or the name of a bundled one (simulate list).",
)
app.command()(run)
app.command()(compare)
app.command()(sensitivity)
app.command()(trace)
app.command()(replay)
app.command()(hindcast)
app.command()(validate)
app.command()(show)
app.command()(sources)
app.command(name="list")(list_scenarios)
app.command()(schema)
app.command()(selftest)


def main() -> None:
    """Run the command line."""
    speak_plainly()
    app()


if __name__ == "__main__":
    main()
