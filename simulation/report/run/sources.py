"""Where every number comes from, as a part of the page: chains that fold, a box to search them, links to them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from simulation.outcomes.labels import spell
from simulation.outcomes.variables import OUTCOMES
from simulation.report.markup import Anchor, Table
from simulation.report.run.report_input import ReportInput
from simulation.sources import Entry, EntryGroup, SourceChains
from simulation.sources.citations import verdict
from simulation.sources.entry import BASES
from simulation.wording.phrases import listed

INTRO = (
    "Every number on this page is either a result of the run or goes back to a sentence of a document or to an "
    "assumption. Type a name, or follow a link from a table above: an input, an actor, a place, a claim such as C47. "
    "The same on a terminal: simulate sources scenario.yaml NAME."
)
_PREFERRED = {"used by": "processes", "made by": "processes"}
_UNLINKED = ("rules",)
_LONG = ("places",)
_WORD = re.compile(r"[^a-z0-9]+")


def sources_section(material: ReportInput) -> str:
    """Return all chains, folded by group, with what the scenario changed first."""
    chains = material.chains
    if chains is None:
        return "<p>This page was made without its sources.</p>"
    search = (
        '<p class="filter"><label for="sources-filter">Search the sources</label> '
        '<input type="search" id="sources-filter" autocomplete="off" spellcheck="false"> '
        '<span id="sources-count" role="status"></span></p>'
    )
    groups = "".join(_group(chains, group) for group in chains.groups if group.entries)
    return f"<p>{escape(INTRO)}</p>{search}{_changes(chains)}{groups}"


def link(material: ReportInput, key: str, text: str | None = None, group: str | None = None) -> str | Anchor:
    """Return the text as a link to the chain of a key; the plain text where the page has no such chain."""
    shown = key if text is None else text
    target = None if material.chains is None else _target(material.chains, key, group)
    return shown if target is None else Anchor(text=shown, to=target)


def linked(material: ReportInput, table: Table, group: str) -> Table:
    """Return the table with the keys in its first column as links."""
    rows = ((link(material, str(row[0]), group=group), *row[1:]) for row in table.rows)
    return dataclasses.replace(table, rows=tuple(rows))


def origin(material: ReportInput, outcomes: Sequence[str]) -> str:
    """Return the line that says where these outcomes, or beginnings of their names, come from."""
    chains = material.chains
    if chains is None or not outcomes:
        return ""
    makers = dict.fromkeys(process for outcome in outcomes for process in OUTCOMES[outcome].makers)
    linked = ", ".join(_anchored(chains, name, "processes", spell(name)) for name in makers)
    return (
        '<p class="origin">Where these numbers come from: they are results of the run, counted from the events of '
        f"these processes: {linked}. Each process names the numbers that it uses.{_beginning(chains, outcomes)}</p>"
    )


def _beginning(chains: SourceChains, outcomes: Iterable[str]) -> str:
    """Return the sentence on the columns of the map that outcomes begin with; empty where there is none."""
    columns = dict.fromkeys(column for outcome in outcomes for column in OUTCOMES[outcome].begins_with)
    known = [_anchored(chains, column, "map") for column in columns if column in chains.by_name]
    return f" What a side holds on day 0 is read off the map: {listed(known)}." if known else ""


def anchor(group: str, key: str) -> str:
    """Return the anchor of an entry."""
    return f"from-{group}-{_WORD.sub('-', key.lower()).strip('-')}"


def _target(chains: SourceChains, key: str, group: str | None) -> str | None:
    found = chains.by_name.get(key.lower(), ())
    fitting = [pair for pair in found if group in (None, pair[0].id)]
    return anchor(fitting[0][0].id, fitting[0][1].key) if fitting else None


def _anchored(chains: SourceChains, key: str, group: str | None = None, text: str | None = None) -> str:
    target, shown = _target(chains, key, group), escape(key if text is None else text)
    return shown if target is None else f'<a href="#{target}">{shown}</a>'


def _changes(chains: SourceChains) -> str:
    if not chains.changed:
        return ""
    rows = "".join(
        f"<li>{_anchored(chains, entry.key)}: {escape(entry.value or entry.title)}; {escape(entry.change)}</li>"
        for entry in chains.changed
    )
    summary = f"<summary>What this scenario changes ({len(chains.changed)})</summary>"
    return f'<details class="origins" open>{summary}<ul class="changed">{rows}</ul></details>'


def _group(chains: SourceChains, group: EntryGroup) -> str:
    entries = "".join(_entry(chains, group, entry) for entry in group.entries)
    summary = f"<summary>{escape(group.heading)} ({len(group.entries):,})</summary>"
    return f'<details class="origins">{summary}<p class="quiet">{escape(group.intro)}</p>{entries}</details>'


def _entry(chains: SourceChains, group: EntryGroup, entry: Entry) -> str:
    title = (
        f"{escape(entry.title)}. <b>{escape(entry.value)}</b>" if entry.value else f"{escape(entry.title)}."
    )
    parts = "".join((f"<p>{title}</p>", f"<p>{_ground(chains, entry)}</p>", *_details(chains, group, entry)))
    name = anchor(group.id, entry.key)
    return f'<div class="entry" id="{name}" tabindex="-1"><h3>{escape(entry.key)}</h3>{parts}</div>'


def _ground(chains: SourceChains, entry: Entry) -> str:
    if entry.basis == "document":
        cited = chains.cited[entry.key]
        where = f"{cited.number} of “{cited.title}”, {cited.date}"
        return f"<q>{escape(entry.because)}</q> <span class='quiet'>{escape(where)}</span>"
    return f"<em>{escape(BASES[entry.basis])}:</em> {escape(entry.because)}"


def _details(chains: SourceChains, group: EntryGroup, entry: Entry) -> Iterator[str]:
    if entry.change:
        yield f"<p><em>changed:</em> {escape(entry.change)}</p>"
    yield from _claims(chains, group, entry)
    for name, keys in entry.see:
        if keys and name not in _UNLINKED:
            yield f'<p class="see">{escape(name)}: {_listed(chains, keys, _PREFERRED.get(name))}</p>'
    told = [f"{name}: {fact}" for name, fact in entry.facts if name not in entry.claims and fact]
    if entry.written and group.id not in _LONG:
        told.append(f"written: {entry.written}")
    if told:
        yield f'<p class="quiet">{escape("; ".join(told))}</p>'


def _claims(chains: SourceChains, group: EntryGroup, entry: Entry) -> Iterator[str]:
    """Yield the claims as links, in a list with their text where it is told how each of them counts."""
    told = dict(entry.facts)
    if not entry.claims or group.id == "claims":
        return
    if any(name in told for name in entry.claims):
        items = (_told(chains, name, told.get(name, "does not count")) for name in entry.claims)
        yield f"<ul>{''.join(items)}</ul>"
    else:
        yield f'<p class="see">claims: {_listed(chains, entry.claims, "claims")}</p>'


def _told(chains: SourceChains, name: str, counts: str) -> str:
    cited = chains.cited[name]
    text = f"{cited.text} ({verdict(cited)}; {counts})"
    return f"<li>{_anchored(chains, name, 'claims')} {escape(text)}</li>"


def _listed(chains: SourceChains, keys: Iterable[str], group: str | None) -> str:
    return ", ".join(_anchored(chains, key, group) for key in keys)
