"""The answer of one run: as a JSON document and on the terminal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from rich.console import Console
from rich.table import Table

from simulation.results.folder import Results
from simulation.results.outcomes import describe, outcome_columns, spell
from simulation.results.plain import plain
from simulation.results.statistics import Share, ending_shares, fall_days, spread, taken_shares, wilson
from simulation.results.words import clause, interval, number, of_hundred, sentence

TERMINAL_OUTCOMES = ("civilians_killed", "displaced_peak", "end_day")
PLACES, WEIGHTY_PLACES = 9, 4
"""Places shown, and how many of them because they weigh most."""


def summary_document(results: Results) -> dict[str, Any]:
    """Return what `--json` prints: manifest, folder, outcomes, endings and places."""
    manifest = results.manifest
    endings = ending_shares(results.outcomes, manifest.endings)
    return {
        "schema_version": manifest.schema_version,
        "manifest": manifest.document(),
        "folder": str(results.folder),
        "outcomes": {name: _outcome(results, name) for name in outcome_columns(results.outcomes)},
        "endings": {name: _share(share) for name, share in endings.items()},
        "places": place_document(results),
    }


def place_document(results: Results) -> dict[str, Any]:
    """Return for each named place its first holder, and the shares taken and fallen by the end."""
    manifest = results.manifest
    taken = taken_shares(results.places, manifest.places, len(results.outcomes))
    return {
        place: {"holder": holder, "taken": _share(taken[place]), "fallen": _share(share)}
        for (place, share), holder in zip(
            fallen_shares(results).items(), manifest.places.values(), strict=True
        )
    }


def fallen_shares(results: Results) -> dict[str, Share]:
    """Return for each named place the share of histories in which it has fallen by the end.

    See `fall_days` for what counts as fallen when the government itself falls.
    """
    manifest = results.manifest
    days = fall_days(results.places, results.outcomes, manifest.places, manifest.dissolves)
    return {place: wilson(int((days[place] < math.inf).sum()), len(days)) for place in manifest.places}


def print_summary(
    results: Results,
    console: Console,
    meanings: Mapping[str, str],
    actors: Mapping[str, str] | None = None,
    weights: Mapping[str, float] = MappingProxyType({}),
) -> None:
    """Print the answer; `meanings` says in words what each ending means, `actors` gives names.

    The places of most weight come first, with how often they fall, and below them those that fall most often.
    """
    endings = ending_shares(results.outcomes, results.manifest.endings)
    console.print(f"\n[bold]{_plain(results.manifest.title)}[/bold]")
    console.print(_plain(answer(endings, meanings)) + "\n", highlight=False)
    console.print(_endings_table(endings, meanings))
    places = _places_table(results, weights)
    if places.row_count:
        console.print(places)
    console.print(_outcomes_table(results, actors, survivors=not places.row_count))


def answer(endings: Mapping[str, Share], meanings: Mapping[str, str]) -> str:
    """Return two sentences that answer the question in natural frequencies."""
    ranked = sorted(endings, key=lambda name: -endings[name].count)
    first, others = ranked[0], [name for name in ranked[1:] if endings[name].count]
    opening = f"In {of_hundred(endings[first])} {clause(meanings.get(first, spell(first)))}."
    if not others:
        return f"{opening} No other ending occurred."
    shares = [of_hundred(endings[name]) for name in others]
    told = [shares[0], *(share.removesuffix(" of 100 histories") for share in shares[1:])]
    parts = [
        f"in {share} {clause(meanings.get(name, spell(name)))}"
        for share, name in zip(told, others, strict=True)
    ]
    return f"{opening} {sentence('; '.join(parts))}."


def _outcome(results: Results, name: str) -> dict[str, Any]:
    meaning, found = describe(name), spread(results.outcomes[name].to_numpy())
    marks = zip(("q05", "q25", "q50", "q75", "q95"), found.quantiles, strict=True)
    return {
        "label": meaning.label,
        "unit": meaning.unit,
        "number": found.number,
        "mean": plain(found.mean),
        "standard_error": plain(found.standard_error),
        "quantiles": {mark: plain(value) for mark, value in marks},
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "count": share.count,
        "total": share.total,
        "share": share.share,
        "low": share.low,
        "high": share.high,
    }


def _plain(text: str) -> str:
    return text.replace("[", r"\[")


def _endings_table(endings: Mapping[str, Share], meanings: Mapping[str, str]) -> Table:
    table = Table("ending", "what it means", "histories", "", "95 % interval", box=None, padding=(0, 2, 0, 0))
    for name, share in endings.items():
        bar = "█" * round(20 * share.share)
        table.add_row(
            name, _plain(meanings.get(name, "")), f"{share.count:,} of {share.total:,}", bar, interval(share)
        )
    return table


def _places_table(results: Results, weights: Mapping[str, float]) -> Table:
    table = Table("place", "fallen by the end", "95 % interval", box=None, padding=(0, 2, 0, 0))
    fallen = {place: share for place, share in fallen_shares(results).items() if share.count}
    weighed = [place for place in fallen if place in weights]
    weighty = sorted(weighed, key=lambda place: -weights[place])[:WEIGHTY_PLACES]
    often = sorted(fallen, key=lambda place: -fallen[place].count)
    for place in list(dict.fromkeys([*weighty, *often]))[:PLACES]:
        table.add_row(_plain(place), of_hundred(fallen[place]), interval(fallen[place]))
    return table


def _outcomes_table(results: Results, actors: Mapping[str, str] | None, *, survivors: bool) -> Table:
    table = Table("outcome", "middle history", "9 of 10 histories lie in", box=None, padding=(0, 2, 0, 0))
    columns = outcome_columns(results.outcomes)
    killed = [name for name in columns if name.startswith("fighters_killed_") and not name.endswith("_day1")]
    left = [name for name in columns if survivors and name.startswith("fighters_left_")]
    for name in [name for name in TERMINAL_OUTCOMES if name in columns] + killed + left:
        meaning, found = describe(name, actors), spread(results.outcomes[name].to_numpy())
        low, _, middle, _, high = found.quantiles
        if high > 0:
            table.add_row(_plain(meaning.label), number(middle), f"{number(low)} to {number(high)}")
    return table
