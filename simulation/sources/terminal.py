"""The chains as text for a terminal: the whole list, or one name with its full sentences."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from simulation.sources.chains import SourceChains
from simulation.sources.citations import verdict
from simulation.sources.entry import BASES, Citation, Entry, EntryGroup

WIDTH = 100
LISTED = 24
"""Keys named in a line of the whole list; a single chain names all."""
UNLISTED = {"places": "each can be asked for by its name, and --json has all of them"}
BRIEF = ("actors", "wars", "places")
"""Groups that name their claims by id in the whole list: the claims stand in the groups beside them."""


def whole_text(chains: SourceChains) -> str:
    """Return every chain of a scenario, grouped, with the claims below what rests on them."""
    lines = [chains.title, f"Where everything in {chains.scenario} comes from ({chains.digest})."]
    lines += ["One chain with its full sentences: simulate sources FILE NAME", ""]
    lines += _changes(chains)
    for group in chains.groups:
        lines += [group.heading.upper(), "=" * len(group.heading), *_fill(group.intro, "", ""), ""]
        if group.id in UNLISTED:
            lines += [f"  {len(group.entries)} {group.heading.lower()}; {UNLISTED[group.id]}", ""]
            continue
        for entry in group.entries:
            lines += [*_listed(chains, entry, group), ""]
    return "\n".join(lines)


def single_text(chains: SourceChains) -> str:
    """Return the chains of one name, with the full sentence of every claim, each once."""
    told: set[str] = set()
    lines: list[str] = []
    for group in chains.groups:
        for entry in group.entries:
            lines += [f"{group.heading}: {entry.key}", *_head(entry, entry.title, full=True)]
            for claim in entry.claims:
                lines += _claim(chains.cited[claim], dict(entry.facts).get(claim, ""), again=claim in told)
                told.add(claim)
            lines.append("")
    return "\n".join(lines)


def _changes(chains: SourceChains) -> list[str]:
    if not chains.changed:
        return []
    lines = ["WHAT THIS SCENARIO CHANGES", "=" * 26]
    for entry in chains.changed:
        lines += _fill(f"{entry.key}: {entry.value or entry.title}; {entry.change}", "  ", "    ")
    return [*lines, ""]


def _listed(chains: SourceChains, entry: Entry, group: EntryGroup) -> Iterator[str]:
    yield from _head(entry, f"{entry.key}: {entry.title}", full=False)
    if group.id == "claims":
        yield f"  stands in: {chains.cited[entry.key].stands_in}"
    elif group.id in BRIEF:
        yield from _fill(f"claims: {', '.join(entry.claims)}" if entry.claims else "", "  ", "    ")
    else:
        for name in entry.claims:
            cited = chains.cited[name]
            text = f"{name} {cited.text} [{cited.stands_in}; {verdict(cited)}]"
            yield from _fill(text, "  - ", "      ")


def _head(entry: Entry, head: str, *, full: bool) -> Iterator[str]:
    yield from _fill(head, "", "  ")
    for line in (entry.value, _ground(entry, full), f"changed: {entry.change}" if entry.change else ""):
        yield from _fill(line, "  ", "    ")
    for name, fact in entry.facts:
        if name not in entry.claims:
            yield from _fill(f"{name}: {fact}", "  ", "    ")
    if entry.written:
        yield f"  written: {entry.written}"
    for name, keys in entry.see:
        if keys:
            shown = (
                keys if full or len(keys) <= LISTED else (*keys[:LISTED], f"and {len(keys) - LISTED} more")
            )
            yield from _fill(f"{name}: {', '.join(shown)}", "  ", "    ")


def _ground(entry: Entry, full: bool) -> str:
    """Return what an entry rests on; the sentence of a claim is told with the claim where that is told."""
    if entry.basis == "document":
        return "" if full else f"“{entry.because}”"
    return f"{BASES[entry.basis]}: {entry.because}"


def _claim(cited: Citation, counts: str, *, again: bool) -> Iterator[str]:
    yield ""
    if again:
        yield f"  {cited.id}  as above"
        return
    yield from _fill(f"{cited.id}  {cited.text}", "  ", "       ")
    basis = f" ({cited.basis})" if cited.basis else ""
    for line in (verdict(cited) + basis, f"counts as {counts}" if counts else "", *_sentence(cited)):
        yield from _fill(line, "       ", "       ")


def _sentence(cited: Citation) -> Iterator[str]:
    if not cited.document:
        yield f"assumption: {cited.sentence}"
        yield f"written: {cited.written}"
        return
    yield f"“{cited.sentence}”"
    yield f"{cited.number} of “{cited.title}”, {cited.date}"
    yield f"written: {cited.written}, {cited.sentence_written}"


def _fill(text: str, first: str, rest: str) -> list[str]:
    """Return the text in lines of the terminal's width; none for an empty text."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
