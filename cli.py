"""The commands of `simulate`: thin, and quick until a model is run."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulation.console import (
    FAILED,
    WRONG_INPUT,
    complain,
    exits,
    hand_over,
    json_text,
    say,
    speak_plainly,
)
from simulation.options import (
    Ablate,
    AgainstSet,
    Days,
    Driver,
    Explain,
    File,
    Files,
    Histories,
    HowStudied,
    Inputs,
    Json,
    MaxReplicates,
    Method,
    Name,
    Of,
    Open,
    OpenPage,
    Out,
    Outcomes,
    Page,
    Quiet,
    Replicates,
    Report,
    ScoredFile,
    Seed,
    Set,
    TruthFiles,
    Until,
    VerificationPage,
    Which,
    Workers,
    check_trace,
    history_named,
    length_of_run,
    names_in,
)

if TYPE_CHECKING:
    from simulation.scenario import Scenario

app = typer.Typer(
    name="simulate",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Run a reported conflict as many random histories, and see how the range of outcomes moves.",
    epilog="A scenario is a YAML file, or the name of a bundled one (simulate list).",
)


@app.command()
def run(
    file: File,
    replicates: Replicates = None,
    until: Until = None,
    max_replicates: MaxReplicates = None,
    days: Days = None,
    seed: Seed = 1,
    workers: Workers = None,
    overrides: Set = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Run many histories of a scenario and summarise them."""
    with exits():
        scenario = _load(file, overrides, days)
        from simulation import api

        done = api.run(
            scenario,
            replicates=replicates,
            until=until or (),
            max_replicates=max_replicates,
            seed=seed,
            workers=workers,
            out=out,
            report=report,
            progress=not quiet,
        )
        hand_over(done, as_json=as_json, open_report=open_report)


@app.command()
def compare(
    files: Files,
    replicates: Replicates = None,
    until: Until = None,
    max_replicates: MaxReplicates = None,
    days: Days = None,
    seed: Seed = 1,
    workers: Workers = None,
    overrides: Set = None,
    against: AgainstSet = None,
    ablate: Ablate = False,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Hold scenarios against the first: the same cases and the same luck in each."""
    with exits():
        with length_of_run(days) as length:
            from simulation.scenario.variants import variants

            every = variants(files, [*(overrides or ()), *length], against or (), ablate=ablate)
        from simulation import comparing

        done = comparing.compare(
            every,
            replicates=replicates,
            until=until or (),
            max_replicates=max_replicates,
            seed=seed,
            workers=workers,
            out=out,
            report=report,
            progress=not quiet,
        )
        hand_over(done, as_json=as_json, open_report=open_report)


@app.command()
def sensitivity(
    file: File,
    method: HowStudied = Method.SOBOL,
    histories: Histories = None,
    outcomes: Outcomes = None,
    inputs: Inputs = None,
    days: Days = None,
    seed: Seed = 1,
    workers: Workers = None,
    overrides: Set = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Say which unknown inputs drive each outcome, and how much is chance."""
    with exits():
        scenario = _load(file, overrides, days)
        from simulation import attributing

        done = attributing.sensitivity(
            scenario,
            method=method.value,
            histories=histories,
            outcomes=names_in(outcomes),
            inputs=names_in(inputs),
            seed=seed,
            workers=workers,
            out=out,
            report=report,
            progress=not quiet,
        )
        hand_over(done, as_json=as_json, open_report=open_report)


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
    explain: Explain = None,
    as_json: Annotated[bool, typer.Option("--json", help="With --explain: one JSON document.")] = False,
) -> None:
    """Tell one history of a scenario in sentences, or explain why a place fell in it."""
    with exits():
        check_trace(explain, jsonl=jsonl, as_json=as_json)
        scenario = _load(file, overrides, days)
        from simulation import api

        if explain is not None:
            found = api.explain(scenario, explain, replicate=replicate, seed=seed, driver=driver.value)
            say(json_text(found.document()) if as_json else found.text())
            return
        for line in api.trace(scenario, replicate=replicate, seed=seed, driver=driver.value, jsonl=jsonl):
            say(line)


@app.command()
def replay(
    file: File,
    replicate: Which = "typical",
    of: Of = 200,
    days: Days = None,
    seed: Seed = 1,
    overrides: Set = None,
    out: Page = None,
    as_json: Json = False,
    quiet: Quiet = False,
    open_page: OpenPage = False,
) -> None:
    """Write one history as a page: the map with a time slider, and the story beside it."""
    with exits():
        which = history_named(replicate)
        scenario = _load(file, overrides, days)
        from simulation import replaying

        done = replaying.replay(scenario, which, of=of, seed=seed, out=out, progress=not quiet)
        say(json_text(done.document()) if as_json else done.text())
        if open_page:
            typer.launch(str(done.page))


@app.command()
def hindcast(
    file: ScoredFile = "aleppo",
    truth: TruthFiles = None,
    replicates: Replicates = None,
    days: Days = None,
    seed: Seed = 1,
    workers: Workers = None,
    overrides: Set = None,
    out: Out = None,
    as_json: Json = False,
    quiet: Quiet = False,
    report: Report = True,
    open_report: Open = False,
) -> None:
    """Score a run against what happened, beside naive forecasts."""
    with exits():
        from simulation import hindcasting

        with length_of_run(days) as length:
            done = hindcasting.hindcast(
                file,
                truth=truth or (),
                replicates=replicates,
                seed=seed,
                workers=workers,
                out=out,
                report=report,
                progress=not quiet,
                overrides=[*(overrides or ()), *length],
            )
        hand_over(done, as_json=as_json, open_report=open_report)


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
        from simulation.scenario.verdict import verdict_on

        verdicts = [verdict_on(file, overrides or ()) for file in files]
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


@app.command()
def sources(file: File, name: Name = None, overrides: Set = None, as_json: Json = False) -> None:
    """Print where every actor, relation and number comes from, or the whole chain of one NAME."""
    with exits():
        from simulation.sources import printed

        before = _load(file, None) if overrides else None
        found = printed(_load(file, overrides), before, name)
        say(json_text(found.document()) if as_json else found.text())


@app.command(name="list")
def list_scenarios(as_json: Json = False) -> None:
    """List the bundled scenarios with their questions."""
    with exits():
        from simulation.scenario.catalogue import entries

        found = entries()
        if as_json:
            say(json_text({"scenarios": [dataclasses.asdict(each) for each in found]}))
        else:
            say("\n\n".join(each.text() for each in found))


@app.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    with exits():
        from simulation.scenario.schema import json_schema

        say(json_text(json_schema()))


@app.command()
def selftest(page: VerificationPage = None, as_json: Json = False, quiet: Quiet = False) -> None:
    """Check the engine against known answers and a second opinion; about a minute."""
    with exits():
        from simulation.selftest.running import run_selftest, write_page

        verdict = run_selftest(progress=not quiet)
        if page is not None:
            write_page(verdict, page)
        say(json_text(verdict.document()) if as_json else verdict.text())
        if not verdict.passed:
            raise typer.Exit(FAILED)


def main() -> None:
    """Run the command line."""
    speak_plainly()
    app()


def _load(file: str, overrides: list[str] | None, days: float | None = None) -> Scenario:
    from simulation.scenario import load_scenario

    with length_of_run(days) as length:
        return load_scenario(file, [*(overrides or ()), *length])


if __name__ == "__main__":
    main()
