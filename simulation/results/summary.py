"""The answer of one run: the document that `--json` prints, and the sentences that answer the question."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.outcomes.labels import describe, measured_columns, spell, spell_ending
from simulation.results.folder import Results
from simulation.statistics.intervals import (
    QUANTILES,
    Share,
    Spread,
    ending_shares,
    fall_days,
    share_of,
    spread,
    taken,
    weights_of,
)
from simulation.wording.phrases import frequency_words, interval, natural_frequencies, sentence
from simulation.wording.plain import plain

if TYPE_CHECKING:
    import pandas as pd


def summary_document(results: Results) -> dict[str, Any]:
    """Return what `--json` prints: manifest, folder, outcomes, endings and places."""
    manifest = results.manifest
    endings = ending_shares(results.columns("ending"), manifest.endings)
    return {
        "schema_version": manifest.schema_version,
        "manifest": manifest.document(),
        "folder": str(results.folder),
        "outcomes": {name: _outcome(results, name) for name in measured_columns(results.outcome_names)},
        "endings": {name: _share(share) for name, share in endings.items()},
        "places": place_document(results),
    }


def ending_rows(endings: Mapping[str, Share], meanings: Mapping[str, str]) -> list[tuple[str, str, str, str]]:
    """Return for each ending its name, what it means, in how many histories it came, and the 95 % interval."""
    return [
        (name, meanings.get(name, ""), f"{share.count:,} of {share.total:,}", interval(share))
        for name, share in endings.items()
    ]


def place_document(results: Results) -> dict[str, Any]:
    """Return for each named place its first holder, and the shares taken and fallen by the end."""
    took, fallen = taken_shares(results), fallen_shares(results)
    return {
        place: {"holder": holder, "taken": _share(took[place]), "fallen": _share(fallen[place])}
        for place, holder in results.manifest.places.items()
    }


def taken_shares(results: Results) -> dict[str, Share]:
    """Return for each named place the share of histories in which somebody took it from its holder."""
    holders, replicates = results.manifest.places, results.replicates
    groups = (taken(rows, holders, replicates[some]) for some, rows in results.changes())
    return results.once(taken_shares, lambda: _shares(results, groups))


def fallen_shares(results: Results) -> dict[str, Share]:
    """Return for each named place the share of histories in which it has fallen by the end.

    See `fall_days` for what counts as fallen when the government itself falls.
    """
    places = results.manifest.places
    groups = ({name: (days[name] < math.inf).to_numpy() for name in places} for _, days in falls(results))
    return results.once(fallen_shares, lambda: _shares(results, groups))


def _shares(results: Results, groups: Iterable[Mapping[str, np.ndarray]]) -> dict[str, Share]:
    """Return the share of histories by place, of which groups in their order say whether it holds."""
    hits, weights = list(groups), weights_of(results.columns("end_day"))
    return {
        place: share_of(np.concatenate([each[place] for each in hits]), weights)
        for place in results.manifest.places
    }


def falls(results: Results) -> Iterator[tuple[slice, pd.DataFrame]]:
    """Yield the days on which places fall, as `fall_days` has them, by groups of histories (rows of `outcomes`)."""
    manifest, ends = results.manifest, results.columns("replicate", "ending", "end_day")
    for some, changes in results.changes():
        yield some, fall_days(changes, ends.iloc[some], manifest.places, manifest.dissolves)


def answer(endings: Mapping[str, Share], clauses: Mapping[str, str]) -> str:
    """Return two sentences that answer the question in natural frequencies; `clauses` say what endings mean.

    The first says what the commonest ending means; the second calls the next by its name, says how rare the others
    are, and by how much the least sure count may be off (95 % interval).
    """
    ranked = sorted(endings, key=lambda name: -endings[name].count)
    first, others = ranked[0], [name for name in ranked[1:] if endings[name].count]
    shares = natural_frequencies(endings)
    opening = f"In {frequency_words(shares[first])} {clauses.get(first, spell(first))}."
    if not others:
        return f"{opening} No other ending occurred."
    second, *rare = others
    named = sentence(spell_ending(second, clauses.get(second, "")))
    told = f"“{named}” follows with {_again(shares[second], shares[first])}"
    if rare:
        most = _again(shares[rare[0]], shares[first])
        told += (
            f", the other ending with {most}"
            if len(rare) == 1
            else f", {len(rare)} others with up to {most} each"
        )
    return f"{opening} {told}; for want of histories a count may be off by {_error(endings)} of 100."


def _again(share: tuple[int, int], before: tuple[int, int]) -> str:
    """Return a share in words, without what is said already where it is of as many as the one before."""
    return f"{share[0]:,}" if share[1] == before[1] else frequency_words(share)


def _error(endings: Mapping[str, Share]) -> int:
    """Return by how many of 100 the least sure share may be off, from its 95 % interval; at least 1."""
    ends = (max(each.high - each.share, each.share - each.low) for each in endings.values())
    return max(1, round(100 * max(ends)))


def spread_of(results: Results, name: str) -> Spread:
    """Return the spread of one column of the outcomes."""
    outcomes = results.columns(name)
    return spread(outcomes[name].to_numpy(), weights_of(outcomes))


def _outcome(results: Results, name: str) -> dict[str, Any]:
    meaning, found = describe(name), spread_of(results, name)
    marks = zip(QUANTILES, found.quantiles, strict=True)
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
