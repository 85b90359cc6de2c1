"""The scenario that a command was given: a file or name, overrides, the length of the run, and what is done with it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulation.commands.options import library_options
from simulation.errors import InputError, united

if TYPE_CHECKING:
    from simulation.scenario import Scenario
    from simulation.scenario.archive import Archive


def done_with_scenario(name: str, arguments: Mapping[str, Any], **more: object) -> Any:
    """Load a command's scenario, give it to the library's function of a name, and return what that returns.

    `arguments` are those of the command (its first `locals()`); of them the function gets what `library_options`
    hands on, and what is in `more` in place of what was typed.
    """
    scenario = load(arguments["file"], arguments["overrides"], arguments["days"])
    import simulation

    return getattr(simulation, name)(scenario, **library_options(arguments) | more)


def load(
    file: str, overrides: Sequence[str] | None, days: float | None = None, archive: Archive | None = None
) -> Scenario:
    """Return a scenario with its overrides; InputError names the file, `--set` or `--days` at fault.

    `archive` holds what was read before, for another scenario of the command.
    """
    from simulation.scenario import load_scenario

    with length_of_run(days) as length:
        return load_scenario(file, [*(overrides or ()), *length], archive)


@contextlib.contextmanager
def length_of_run(days: float | None) -> Iterator[list[str]]:
    """Give `--days` as an override of the scenario, and its own name to what is wrong with it."""
    length = [] if days is None else [f"days={days:.17g}"]
    try:
        yield length
    except InputError as error:
        raise united(_as_given(each, length, days) for each in error.every) from None


def _as_given(error: InputError, length: list[str], days: float | None) -> InputError:
    """Return an error with the option's own name where it is about the length of the run."""
    if days is None or [error.file] != [f"--set {each}" for each in length]:
        return error
    return InputError(error.message, file=f"--days {days:g}")
