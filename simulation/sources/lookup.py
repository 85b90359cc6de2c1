"""Finding the chain of a name: an actor, a relation, an input, a claim, a place, or a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulation.errors import InputError
from simulation.io.characters import composed
from simulation.io.pydantic_messages import nearest
from simulation.sources.chains import SourceChains
from simulation.sources.entry import Entry, EntryGroup

FOLLOWED = {"rules": ("map",), "begins with": ("map",), "made by": ("processes",)}
"""Links that a single chain follows, and into which group."""
_EXAMPLES = (
    "an actor, a relation such as {relation}, an input such as {number}, a claim such as {claim}, or a place"
)


def named(chains: SourceChains, name: str) -> tuple[tuple[EntryGroup, Entry], ...]:
    """Return every entry that answers to a name; InputError with the nearest name where none does."""
    word = " ".join(composed(name).split()).lower().removeprefix("inputs.")
    known = chains.by_name
    for spelt in (word, word.replace(" ", "_")):
        if spelt in known:
            return known[spelt]
    if (pair := _strangers(chains, word)) is not None:
        return (pair,)
    close = nearest(word, known)
    if not close:
        close = f"; give {_EXAMPLES.format(**_first_of_each(chains))}"
    raise InputError(f"nothing in {chains.scenario} is called '{name}'{close}")


def found(chains: SourceChains, name: str) -> SourceChains:
    """Return the chains of one name only, with the claims that they cite."""
    pairs = dict.fromkeys([*named(chains, name), *_followed(chains, named(chains, name))])
    groups = {group.id: group for group, _ in pairs}
    kept = tuple(
        EntryGroup(
            id=group.id,
            heading=group.heading,
            intro=group.intro,
            entries=tuple(entry for other, entry in pairs if other is group),
        )
        for group in groups.values()
    )
    cited = {claim: chains.cited[claim] for _, entry in pairs for claim in entry.claims}
    return SourceChains(
        scenario=chains.scenario, title=chains.title, digest=chains.digest, groups=kept, cited=cited
    )


def _followed(
    chains: SourceChains, pairs: Iterable[tuple[EntryGroup, Entry]]
) -> Iterator[tuple[EntryGroup, Entry]]:
    """Yield the entries without which a chain would end in a name: the rules of the map, the processes."""
    for _, entry in pairs:
        for why, keys in entry.see:
            for key in keys if why in FOLLOWED else ():
                yield from (pair for pair in chains.by_name[key.lower()] if pair[0].id in FOLLOWED[why])


def _strangers(chains: SourceChains, word: str) -> tuple[EntryGroup, Entry] | None:
    """Return the entry of two known actors on whom no claim bears, or None."""
    actors = {entry.key: entry for group in chains.groups if group.id == "actors" for entry in group.entries}
    pairs = [(word[:at], word[at + 1 :]) for at, letter in enumerate(word) if letter == "-"]
    for a, b in pairs:
        if a in actors and b in actors and a != b:
            group = next(group for group in chains.groups if group.id == "relations")
            return group, Entry(
                key=f"{a}-{b}",
                title=f"{actors[a].title} and {actors[b].title}",
                value="neither friends nor foes",
                basis="claims",
                because="no claim bears on the two",
            )
    return None


def _first_of_each(chains: SourceChains) -> dict[str, str]:
    first = {group.id: group.entries[0].key for group in chains.groups if group.entries}
    return {
        "relation": first.get("relations", "a-b"),
        "number": first["actor-numbers"],
        "claim": first["claims"],
    }
