"""Several as-of dates side by side: how it ends and which places fall, before any report and as of each date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from simulation.outcomes.labels import spell
from simulation.report.markup import Plot, Table, figure
from simulation.report.page_data import ending_texts
from simulation.report.style import SEQUENCE, axis, layout
from simulation.statistics.intervals import Share
from simulation.updating.change import Update
from simulation.updating.sentences import log_words, moved_report
from simulation.wording.phrases import interval, of_hundred, sentence
from simulation.world.world import World

PLACES = 12
DASHES = ("solid", "dash", "dot", "dashdot")
BEFORE = "before any report"
READING = (
    "How to read it: each line is an ending; its height is the number of histories, out of 100, that end so, counted "
    "by what was known at each date, with 95 % intervals. Where a line turns, the reports of that day spoke of it."
)


def before_and_after(updates: Mapping[str, Update], world: World) -> str:
    """Return what the reports of each date changed: endings as lines, places and the reports themselves as tables."""
    labels = {ending.id: sentence(ending.label) for ending in ending_texts(world)}
    return _reports(updates, labels) + _endings(updates, labels) + _places(updates, world)


def _reports(updates: Mapping[str, Update], labels: Mapping[str, str]) -> str:
    rows = tuple(
        (
            date,
            str(len(found.evidence.pulls)),
            f"{found.evidence.effective:,.0f} of {found.evidence.histories:,}",
            log_words(found.evidence.log_evidence),
            moved_report(found.evidence),
        )
        for date, found in updates.items()
    )
    headings = ("as of", "reports", "histories are worth", "log evidence", "the report that matters most")
    return Table(headings=headings, rows=rows, numbers=(1, 2, 3)).html()


def _columns(updates: Mapping[str, Update], kind: str, name: str) -> list[Share | None]:
    """Return the share of an ending or a place before any report and as of each date."""
    found = [getattr(update, kind).get(name) for update in updates.values()]
    first = next((pair[0] for pair in found if pair is not None), None)
    return [first, *(None if pair is None else pair[1] for pair in found)]


def _endings(updates: Mapping[str, Update], labels: Mapping[str, str]) -> str:
    names = list(next(iter(updates.values())).endings)
    shares = {name: _columns(updates, "endings", name) for name in names}
    times = [BEFORE, *(f"as of {date}" for date in updates)]
    lines = [
        _line(labels.get(name, spell(name)), times, found, k)
        for k, (name, found) in enumerate(shares.items())
    ]
    told = "; ".join(
        f"{labels.get(name, spell(name))} {', '.join(map(_share, found))}" for name, found in shares.items()
    )
    plot = Plot(
        id="film-endings",
        data=lines,
        layout=layout(
            margin={"l": 46, "r": 10, "t": 6, "b": 40},
            xaxis={"type": "category", "fixedrange": True},
            yaxis=axis("histories out of 100", range=[0, 100]),
            showlegend=True,
            legend={"orientation": "h", "y": -0.2},
        ),
        height=420,
        alternative=f"Lines of endings {', '.join(times)}: {told}.",
    )
    return figure(
        plot.html(),
        title="How it ends, as more became known",
        reading=READING,
        table=_table("ending", times, {labels.get(name, spell(name)): each for name, each in shares.items()}),
    )


def _line(label: str, times: Sequence[str], shares: Sequence[Share | None], k: int) -> dict[str, Any]:
    known = [(time, share) for time, share in zip(times, shares, strict=True) if share is not None]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": escape(label),
        "x": [time for time, _ in known],
        "y": [100 * share.share for _, share in known],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [100 * (share.high - share.share) for _, share in known],
            "arrayminus": [100 * (share.share - share.low) for _, share in known],
            "thickness": 1,
            "width": 3,
        },
        "line": {"color": SEQUENCE[k % len(SEQUENCE)], "dash": DASHES[k % len(DASHES)]},
        "hovertemplate": f"{escape(label)}: %{{y:.0f}} of 100<extra></extra>",
    }


def _places(updates: Mapping[str, Update], world: World) -> str:
    weights = {place.name: place.weight for place in world.region.places}
    names = sorted(
        {name for update in updates.values() for name in update.places},
        key=lambda name: (-weights.get(name, 0.0), name),
    )[:PLACES]
    if not names:
        return ""
    times = [BEFORE, *(f"as of {date}" for date in updates)]
    shares = {name: _columns(updates, "places", name) for name in names}
    return figure(
        _table("place", times, shares).html(),
        title="Histories in which a place has fallen by the end",
        reading="How to read it: of so many histories the place has left its first holder's hands by the last day.",
    )


def _table(what: str, times: Sequence[str], shares: Mapping[str, Sequence[Share | None]]) -> Table:
    rows = tuple((name, *map(_share, found)) for name, found in shares.items())
    return Table(headings=(what, *times), rows=rows, numbers=tuple(range(1, len(times) + 1)))


def _share(share: Share | None) -> str:
    return "none" if share is None else f"{of_hundred(share)} ({interval(share)})"
