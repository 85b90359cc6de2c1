"""The program `simulate`: the commands in `simulation/commands`, quick until a model is run."""

from __future__ import annotations

import gc
from functools import cache
from typing import TYPE_CHECKING, Any

from simulation.io.signals import end_in_a_word, end_in_peace

if TYPE_CHECKING:
    import typer

    app: typer.Typer


@cache
def _app() -> typer.Typer:
    import typer

    from simulation.commands import commands
    from simulation.commands.console import STATUSES
    from simulation.commands.examples import epilog
    from simulation.commands.version_option import program

    app = typer.Typer(
        name="simulate",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help="Run a reported conflict as many random histories, and see how the range of outcomes moves.",
        epilog=f"A scenario is a YAML file, or the name of a bundled one (simulate list). {STATUSES}",
    )
    app.callback()(program)
    for name, function in commands():
        app.command(name=name, epilog=epilog(name))(function)
    return app


def __getattr__(name: str) -> Any:
    """Make `app` when it is first asked for: whoever ends the program while it is imported is heard by then."""
    if name != "app":
        raise AttributeError(f"module 'cli' has no attribute '{name}'")
    return _app()


def main() -> None:
    """Run the command line."""
    # What is imported stays: to look through it for garbage again and again is a tenth of a start.
    gc.set_threshold(500_000, 20, 20)
    end_in_a_word()
    from simulation.commands.console import whole_output

    try:
        with whole_output():
            _app()()
    finally:
        end_in_peace()
        gc.freeze()  # Python looks through all there is several times before it ends


if __name__ == "__main__":
    main()
