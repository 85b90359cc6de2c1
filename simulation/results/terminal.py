"""The summary of a run as a terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from rich.table import Table
from rich.text import Text

from simulation.outcomes.labels import columns_named, describe, measured_columns
from simulation.outcomes.variables import IN_SUMMARY, SURVIVORS
from simulation.results.folder import Results
from simulation.results.stopping_rule import StoppingRecord
from simulation.results.summary import answer, ending_rows, fallen_shares, spread_of
from simulation.statistics.intervals import Share, ending_shares
from simulation.wording.phrases import amount, counted, interval, of_hundred, range_heading, sentence, span
from simulation.wording.terminal import screen, whereabouts
from simulation.world.world import World

PLACES, WEIGHTY_PLACES = 9, 4
"""Places shown, and how many of them because they weigh most."""


def summary_text(
    results: Results, world: World, report: Path | None, *, head: str = "", more: str = ""
) -> str:
    """Return the summary after a `head`, and before `more`, with colours only where a terminal wants them."""
    meanings = {ending.id: ending.meaning for ending in world.seeds.endings}
    clauses = {ending.id: ending.within_sentence for ending in world.seeds.endings}
    actors = {actor.id: actor.short for actor in world.seeds.actors}
    weights = dict(zip(world.places, world.template.places.weight.tolist(), strict=True))
    parts = [
        *([Text(f"\n{head}")] if head else []),
        *summary_parts(results, meanings, clauses, actors, weights),
        *([Text(f"\n{more}")] if more else []),
    ]
    told = screen(parts)
    return f"{told}{stopping_text(results.manifest.stopping)}\n{whereabouts(results.folder, report)}"


def stopping_text(stopping: StoppingRecord | None) -> str:
    """Return the sentence that says why a run stopped, after an empty line; nothing for a plain number."""
    return "" if stopping is None else f"\n{sentence(stopping.reason())}.\n"


def summary_parts(
    results: Results,
    meanings: Mapping[str, str],
    clauses: Mapping[str, str],
    actors: Mapping[str, str] | None = None,
    weights: Mapping[str, float] = MappingProxyType({}),
) -> Iterator[Text | Table]:
    """Yield the answer; `meanings` and `clauses` say what each ending means, alone and in a sentence.

    `actors` gives names. The places of most weight come first, with how often they fall, and below them those that
    fall most often.
    """
    endings = ending_shares(results.columns("ending"), results.manifest.endings)
    yield Text(f"\n{results.manifest.title}", style="bold")
    yield Text(f"{answer(endings, clauses)}\n")
    yield _endings_table(endings, meanings)
    places = _places_table(results, weights)
    if places.row_count:
        yield places
    outcomes = _outcomes_table(results, actors, survivors=not places.row_count)
    if outcomes.row_count:
        yield outcomes
    for first in results.manifest.failed[:1]:
        count = len(results.manifest.failed)
        yield Text(f"{counted(count, 'history')} failed; the first, {first.replicate}: {first.reason}")


def _endings_table(endings: Mapping[str, Share], meanings: Mapping[str, str]) -> Table:
    table = Table("ending", "what it means", "histories", "", "95 % interval", box=None, padding=(0, 2, 0, 0))
    for name, meaning, histories, between in ending_rows(endings, meanings):
        bar = "█" * round(20 * endings[name].share)
        table.add_row(name, Text(meaning), histories, bar, between)
    return table


def _places_table(results: Results, weights: Mapping[str, float]) -> Table:
    table = Table("place", "fallen by the end", "95 % interval", box=None, padding=(0, 2, 0, 0))
    fallen = {place: share for place, share in fallen_shares(results).items() if share.count}
    weighed = [place for place in fallen if place in weights]
    weighty = sorted(weighed, key=lambda place: -weights[place])[:WEIGHTY_PLACES]
    often = sorted(fallen, key=lambda place: -fallen[place].count)
    for place in list(dict.fromkeys([*weighty, *often]))[:PLACES]:
        table.add_row(Text(place), of_hundred(fallen[place]), interval(fallen[place]))
    return table


def _outcomes_table(results: Results, actors: Mapping[str, str] | None, *, survivors: bool) -> Table:
    heading = range_heading(len(results.replicates))
    table = Table("outcome", "middle history", heading, box=None, padding=(0, 2, 0, 0))
    columns = measured_columns(results.outcome_names)
    for wanted in (*IN_SUMMARY, SURVIVORS) if survivors else IN_SUMMARY:
        for name in columns_named([wanted], columns):
            _outcome_row(table, results, actors, name)
    return table


def _outcome_row(table: Table, results: Results, actors: Mapping[str, str] | None, name: str) -> None:
    meaning, found = describe(name, actors), spread_of(results, name)
    low, _, middle, _, high = found.marks
    if high > 0:
        table.add_row(Text(meaning.label), amount(middle, meaning.unit), span(low, high))
