"""The commands of `simulate`: thin, and quick until a model is run."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.console import PARTLY_FAILED, WRONG_INPUT, complain, exits, json_text, say
from simulation.errors import InputError

if TYPE_CHECKING:
    from simulation.scenario import Scenario

MOST_SEED = 2**63 - 1

app = typer.Typer(
    name="simulate",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Run a reported conflict as many random histories, and see how the range of outcomes moves.",
    epilog="A scenario is a YAML file, or the name of a bundled one (simulate list).",
)


class Driver(StrEnum):
    """What turns the crank of one history."""

    MESA = "mesa"
    COMPILED = "compiled"


File = Annotated[
    str, typer.Argument(metavar="FILE", help="A scenario file or a bundled name.", show_default=False)
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Override a value, such as inputs.red_fighters=20; repeatable."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
Days = Annotated[
    float | None, typer.Option("--days", metavar="D", help="Length of the run, in place of the scenario's.")
]
Seed = Annotated[
    int, typer.Option("--seed", metavar="S", min=0, max=MOST_SEED, help="Seed of all random draws.")
]


@app.command()
def run(
    file: File,
    replicates: Annotated[
        int, typer.Option("--replicates", "-n", metavar="N", min=1, help="Histories to run.")
    ] = 1000,
    days: Days = None,
    seed: Seed = 1,
    workers: Annotated[
        int | None, typer.Option(metavar="W", min=1, help="Threads; all cores when left out.")
    ] = None,
    overrides: Set = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Results folder; results/ when left out.")
    ] = None,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr.")] = False,
    report: Annotated[bool, typer.Option("--report/--no-report", help="Write report.html.")] = True,
    open_report: Annotated[bool, typer.Option("--open", help="Open the report when done.")] = False,
) -> None:
    """Run many histories of a scenario and summarise them."""
    with exits():
        scenario = _load(file, overrides, days)
        from simulation import api

        done = api.run(
            scenario,
            replicates=replicates,
            seed=seed,
            workers=workers,
            out=out,
            report=report,
            progress=not quiet,
        )
        say(json_text(done.summary()) if as_json else done.text())
        if open_report and done.report is not None:
            typer.launch(str(done.report))
        if done.failed:
            raise typer.Exit(PARTLY_FAILED)


@app.command()
def trace(
    file: File,
    replicate: Annotated[
        int, typer.Option("--replicate", metavar="K", min=0, help="Number of the history.")
    ] = 0,
    days: Days = None,
    seed: Seed = 1,
    overrides: Set = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Every event as a line of JSON.")] = False,
    driver: Annotated[Driver, typer.Option(help="Both tell the same story.")] = Driver.COMPILED,
) -> None:
    """Tell one history of a scenario in sentences."""
    with exits():
        scenario = _load(file, overrides, days)
        from simulation import api

        for line in api.trace(scenario, replicate=replicate, seed=seed, driver=driver.value, jsonl=jsonl):
            say(line)


@app.command()
def validate(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Scenario files or bundled names.", show_default=False),
    ],
    overrides: Set = None,
    as_json: Json = False,
) -> None:
    """Check scenarios without running them."""
    with exits():
        verdicts = [_verdict(file, overrides) for file in files]
        if as_json:
            say(json_text({"scenarios": verdicts}))
        for verdict in verdicts:
            if not verdict["valid"]:
                complain(verdict["message"])
            elif not as_json:
                say(f"{verdict['file']}: {verdict['message']}")
        if not all(verdict["valid"] for verdict in verdicts):
            raise typer.Exit(WRONG_INPUT)


@app.command()
def show(
    file: File,
    resolved: Annotated[
        bool, typer.Option("--resolved", help="Every value, and where it was written.")
    ] = False,
    overrides: Set = None,
    as_json: Json = False,
) -> None:
    """Print a scenario: what it asks and sets, or with --resolved all of it."""
    with exits():
        from simulation.scenario.resolved import resolved_data, resolved_text, short_text

        scenario = _load(file, overrides)
        if as_json:
            data = {"name": scenario.name, "digest": scenario.digest, **resolved_data(scenario, Path.cwd())}
            say(json_text(data | {"origin": dict(scenario.origin)}))
        else:
            say(resolved_text(scenario, Path.cwd()) if resolved else short_text(scenario))


@app.command(name="list")
def list_scenarios(as_json: Json = False) -> None:
    """List the bundled scenarios with their questions."""
    with exits():
        from simulation.scenario.catalogue import entries

        found = entries()
        if as_json:
            say(json_text({"scenarios": [dataclasses.asdict(each) for each in found]}))
        else:
            say("\n\n".join(f"{each.name}\n  {each.title}\n  {each.question}" for each in found))


@app.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    with exits():
        from simulation.scenario.schema import json_schema

        say(json_text(json_schema()))


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    app()


def _load(file: str, overrides: list[str] | None, days: float | None = None) -> Scenario:
    from simulation.scenario import load_scenario

    if days is None:
        return load_scenario(file, overrides or ())
    length = f"days={days:.17g}"
    try:
        return load_scenario(file, [*(overrides or ()), length])
    except InputError as error:
        if error.file != f"--set {length}":
            raise
        raise InputError(error.message, file=f"--days {days:g}") from None


def _verdict(file: str, overrides: list[str] | None) -> dict[str, Any]:
    try:
        scenario = _load(file, overrides)
    except InputError as error:
        return {"file": file, "valid": False, "message": str(error)}
    return {"file": file, "valid": True, "message": f"valid; {_size(scenario)}", "digest": scenario.digest}


def _size(scenario: Scenario) -> str:
    uncertain = sum(each.dist is not None for each in scenario.inputs.values())
    measures = f"{len(scenario.measures)} measure{'' if len(scenario.measures) == 1 else 's'}"
    days = f"{scenario.days:g} day{'' if scenario.days == 1 else 's'}"
    return f"{len(scenario.inputs)} inputs, {uncertain} of them uncertain, {measures}, {days}"


if __name__ == "__main__":
    main()
