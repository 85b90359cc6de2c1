"""A discovery as a terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from simulation.scenario_discovery.condition import Tally, conditions_words
from simulation.scenario_discovery.discovery import Discovery
from simulation.scenario_discovery.sentences import answer, caution, second_look, weight_words
from simulation.wording.phrases import NOTHING
from simulation.wording.terminal import screen, table_of


def discovery_text(found: Discovery, title: str, happens: str) -> str:
    """Return the summary of a discovery; `happens` is the event as a clause."""
    return screen(_parts(found, title, happens))


def _parts(found: Discovery, title: str, happens: str) -> Iterator[Text | Table | str]:
    yield ""
    yield Text(f"{title}: when does it happen that {happens}?", style="bold")
    yield ""
    yield Text(answer(found, happens), style="bold")
    for text in (second_look(found), caution(found), weight_words(found)):
        if text:
            yield Text(text)
    if found.confirmed:
        yield ""
        yield _leaves(found)


def _leaves(found: Discovery) -> Table:
    """Return the leaves of the tree, which part all histories."""
    table = table_of("leaf of the tree", "histories", "of 100 it happens in")
    for leaf in found.leaves:
        words = conditions_words(leaf.conditions) or "all histories"
        table.add_row(Text(words), f"{leaf.held_out.met:,}", per_hundred(leaf.held_out))
    return table


def per_hundred(tally: Tally) -> str:
    """Return of 100 histories that met some conditions in how many it happened."""
    return f"{100 * tally.both / tally.met:.0f}" if tally.met else NOTHING
