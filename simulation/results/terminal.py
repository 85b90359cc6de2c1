"""The summary of a run as a terminal shows it."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from rich.console import Console

from simulation.console import terminal_width
from simulation.results.folder import Results
from simulation.results.summary import print_summary
from simulation.results.words import sentence
from simulation.scenario.build import World


def summary_text(results: Results, world: World, report: Path | None) -> str:
    """Return the summary, with colours only where stdout is a terminal that wants them."""
    terminal = sys.stdout.isatty()
    text = io.StringIO()
    console = Console(file=text, width=terminal_width(), force_terminal=terminal)
    meanings = {ending.id: ending.meaning for ending in world.seeds.endings}
    actors = {actor.id: actor.short for actor in world.seeds.actors}
    weights = dict(zip(world.places, world.template.places.weight.tolist(), strict=True))
    print_summary(results, console, meanings, actors, weights)
    if results.manifest.failed:
        count, first = len(results.manifest.failed), results.manifest.failed[0]
        console.print(
            f"{count} histories failed; the first, {first.replicate}: {first.reason}", highlight=False
        )
    if results.manifest.stopping is not None:
        console.print(
            f"\n{sentence(results.manifest.stopping.reason())}.",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )
    console.print(f"\nResults  {results.folder}", highlight=False, soft_wrap=True)
    if report is not None:
        console.print(f"Report   {report}", highlight=False, soft_wrap=True)
    return text.getvalue()
