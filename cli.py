"""The commands of `simulate`, in the order of its help: thin, and quick until a model is run."""

from __future__ import annotations

import typer

from simulation.commands.compare import compare
from simulation.commands.console import speak_plainly
from simulation.commands.hindcast import hindcast
from simulation.commands.list_scenarios import list_scenarios
from simulation.commands.replay import replay
from simulation.commands.run import run
from simulation.commands.schema import schema
from simulation.commands.selftest import selftest
from simulation.commands.sensitivity import sensitivity
from simulation.commands.show import show
from simulation.commands.sources import sources
from simulation.commands.trace import trace
from simulation.commands.validate import validate

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
