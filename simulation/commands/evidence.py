"""The commands that show what the model rests on: sources, what happened since, known answers."""

from __future__ import annotations

import typer

from simulation.commands.given import length_of_run, load
from simulation.console import FAILED, exits, hand_over, json_text, say
from simulation.options import (
    Days,
    File,
    Json,
    Name,
    Open,
    Out,
    Quiet,
    Replicates,
    Report,
    ScoredFile,
    Seed,
    Set,
    TruthFiles,
    VerificationPage,
    Workers,
)


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


def sources(file: File, name: Name = None, overrides: Set = None, as_json: Json = False) -> None:
    """Print where every actor, relation and number comes from, or the whole chain of one NAME."""
    with exits():
        from simulation.sources import printed

        before = load(file, None) if overrides else None
        found = printed(load(file, overrides), before, name)
        say(json_text(found.document()) if as_json else found.text())


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
