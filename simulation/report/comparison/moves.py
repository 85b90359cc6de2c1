"""Who moves from which ending to which, history by history."""

from __future__ import annotations

from html import escape
from itertools import combinations

import pandas as pd

from simulation.report.comparison.subject import ComparisonSubject
from simulation.report.markup import Table, figure

SHOWN = 5
TENTHS = 10


def moves_section(subject: ComparisonSubject) -> str:
    """Return for each scenario between which endings histories move, both ways, and the whole table folded."""
    if not _moved(subject.comparison.moves).any():
        return "<p>Every history ends in the same way in all scenarios.</p>"
    grids = {name: _grid(subject, name) for name in subject.others}
    most = max(max(row[2:]) for grid in grids.values() for row in _both_ways(subject, grid))
    cards = "".join(_card(subject, name, grid, most) for name, grid in grids.items())
    reading = (
        "How to read it: history 17 of the reference and history 17 of each scenario draw the same numbers and "
        "throw the same dice, so one can ask what became of it. A dark bar counts the histories, of 100, that end "
        "as named on the left in the reference and as named on the right here; the pale bar counts those that went "
        "the other way. Bars of equal length cancel: the endings then look alike although single histories differ."
    )
    table = Table(
        headings=("scenario", "ends so in the reference", "ends so here", "histories"),
        rows=tuple(row for name, grid in grids.items() for row in _rows(subject, name, grid)),
        numbers=(3,),
    )
    return figure(
        f'<div class="cards wide top">{cards}</div>', reading=reading, table=table,
        table_name="All moves, and those that stay, in numbers",
    )  # fmt: skip


def _moved(moves: pd.DataFrame) -> pd.Series:
    return moves["from_ending"] != moves["to_ending"]


def _grid(subject: ComparisonSubject, name: str) -> dict[tuple[str, str], int]:
    table = subject.comparison.moves
    rows = table[table["scenario"] == name].itertuples()
    return {(str(row.from_ending), str(row.to_ending)): int(str(row.replicates)) for row in rows}


def _both_ways(
    subject: ComparisonSubject, grid: dict[tuple[str, str], int]
) -> list[tuple[str, str, int, int]]:
    """Return (from, to, histories, histories that went the other way), the most histories first.

    The ending that is named first in the scenario stands right in all panels, the other left.
    """
    names = list(reversed(subject.ending_labels))
    found = []
    for a, b in combinations(names, 2):
        there, back = grid.get((a, b), 0), grid.get((b, a), 0)
        found.append((a, b, there, back))
    return sorted((row for row in found if row[2] + row[3]), key=lambda row: -row[2] - row[3])


def _card(subject: ComparisonSubject, name: str, grid: dict[tuple[str, str], int], most: int) -> str:
    moves = _both_ways(subject, grid)
    rest = sum(there + back for _, _, there, back in moves[SHOWN:])
    shown = "".join(_move(subject, move, most) for move in moves[:SHOWN])
    others = f"{_of_hundred(subject, rest)} more of 100 histories move in other ways."
    more = f'<p class="note">{others}</p>' if rest else ""
    return (
        f'<div class="card"><h3>{escape(subject.labels[name])}</h3><p class="note">{_summary(subject, grid)}</p>'
        f'<ul class="moves">{shown}</ul>{more}</div>'
    )


def _summary(subject: ComparisonSubject, grid: dict[tuple[str, str], int]) -> str:
    moved = sum(count for (before, after), count in grid.items() if before != after)
    if not moved:
        return f"No history of {subject.pairs} ends otherwise."
    return f"<strong>{_of_hundred(subject, moved)}</strong> of 100 histories end differently."


def _of_hundred(subject: ComparisonSubject, count: int) -> str:
    """Return a count as histories of 100; few are told to a tenth, that none is said where there are some."""
    share = 100 * count / subject.comparison.replicates
    return f"{share:.0f}" if share >= TENTHS or not count else f"{share:.1f}".removesuffix(".0")


def _move(subject: ComparisonSubject, move: tuple[str, str, int, int], most: int) -> str:
    before, after, there, back = move
    left, right = (escape(subject.ending_labels.get(name, name)) for name in (before, after))
    ways = [_of_hundred(subject, count) for count in (there, back)]
    words = f"{left} to {right}: {ways[0]} of 100; {right} to {left}: {ways[1]} of 100"
    returned = f'<span class="back" style="width:{100 * back / most:.1f}%"></span>' if back else ""
    count = f'<b class="back">← {ways[1]}</b>' if back else '<b class="back">&nbsp;</b>'
    return (
        f'<li aria-label="{words}"><span class="from">{left}</span><span class="ways"><b>{ways[0]} →</b>'
        f'<span class="there" style="width:{100 * there / most:.1f}%"></span>{returned}{count}</span>'
        f'<span class="to">{right}</span></li>'
    )


def _rows(subject: ComparisonSubject, name: str, grid: dict[tuple[str, str], int]) -> list[tuple[str, ...]]:
    label = subject.ending_names
    ranked = sorted(grid.items(), key=lambda item: -item[1])
    return [
        (subject.labels[name], label.get(before, before), label.get(after, after), f"{count:,}")
        for (before, after), count in ranked
    ]
