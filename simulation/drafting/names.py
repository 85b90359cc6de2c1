"""The parties' names as a text writes them: names, aliases, adjectives of countries, and the seats of states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.errors import InputError
from simulation.io.file_cache import FileCache
from simulation.io.origin import wrong

_OF_STATE = re.compile(
    r"^(?:the )?(?:[A-Z]\w+ )?(?:government|state|republic|kingdom|sultanate|union|federation)"
    r"(?: and forces)? of (?:the )?",
    re.I,
)
_FORM = re.compile(
    r"^(?:the )?(?:(?:islamic|federal|democratic|people's|arab|socialist) )*(?:republic|kingdom) of (?:the )?",
    re.I,
)
_FORCES = re.compile(r" (?:army|(?:armed |security )?forces|military|troops|government|soldiers)$", re.I)
_VOWEL_END = re.compile(r"(?:ia|ey|[aeoy])$")


NATIONALITIES = {
    "france": ["french"],
    "united kingdom": ["british"],
    "britain": ["british"],
    "united states": ["american"],
    "netherlands": ["dutch"],
    "philippines": ["philippine", "filipino"],
    "greece": ["greek"],
    "denmark": ["danish"],
    "spain": ["spanish"],
    "sweden": ["swedish"],
    "poland": ["polish"],
    "ireland": ["irish"],
    "niger": ["nigerien"],
    "germany": ["german"],
    "switzerland": ["swiss"],
    "belgium": ["belgian"],
    "norway": ["norwegian"],
    "ivory coast": ["ivorian"],
    "democratic republic of the congo": ["congolese"],
    "congo": ["congolese"],
    "congo-brazzaville": ["congolese"],
    "united arab emirates": ["emirati"],
    "myanmar": ["burmese", "myanmar"],
    "thailand": ["thai"],
    "czech republic": ["czech"],
    "saudi arabia": ["saudi"],
    "cyprus": ["cypriot"],
    "afghanistan": ["afghan"],
    "central african republic": ["central african"],
    "burkina faso": ["burkinabe"],
    "new zealand": ["new zealand"],
    "peru": ["peruvian"],
    "madagascar": ["malagasy"],
    "lesotho": ["basotho"],
}
"""Adjectives of countries that no ending makes."""


@dataclass(frozen=True, kw_only=True)
class Party:
    """One actor as the rules need it: `names` is every way to write it, `country` what its adjectives come from."""

    id: str
    short: str
    state: bool
    names: tuple[str, ...]
    country: str
    seat: str

    @property
    def adjectives(self) -> frozenset[str]:
        """The adjectives of its country in small letters; empty for what is no state."""
        if not self.state:
            return frozenset()
        firsts = {name.split()[0].lower() for name in self.names if _FORCES.search(name)}
        own = {first for first in firsts if re.search(r"(?:an|ese|ish|i|en|nch)$", first)}
        return frozenset(own).union(nationality(self.country) if self.country else ())


def nationality(country: str) -> list[str]:
    """Return the adjectives that a country may have, in small letters, most of them words that nobody uses."""
    name = country.lower().removeprefix("the ")
    if name in NATIONALITIES:
        return NATIONALITIES[name]
    stem = _VOWEL_END.sub("", name)
    made = {name + end for end in ("n", "an", "ian", "i", "ese", "ish", "ni")}
    return sorted(made | {stem + end for end in ("n", "an", "ian", "i", "ese", "ish", "en")})


def read_parties(path: Path) -> tuple[Party, ...]:
    """Return the parties of `actors.yaml`, or of the seeds folder that holds one.

    Only id, name, short, aliases, kind and seat are read, so that the numbers may come later.
    Errors: InputError where there is no list of actors, or an actor has no id or name.
    """
    file = path / "actors.yaml" if path.is_dir() else path
    source = FileCache().yaml(file)
    rows = source.data.get("actors") if isinstance(source.data, dict) else None
    if not isinstance(rows, list) or not rows:
        raise InputError("a list 'actors:' with an id, a name and a kind each is needed", file=file)
    parties = []
    for index, row in enumerate(rows):
        if not (isinstance(row, dict) and row.get("id") and row.get("name")):
            raise wrong(source, ("actors", index), "an actor needs at least an id and a name")
        parties.append(_party(row))
    return tuple(parties)


def _party(row: dict[str, Any]) -> Party:
    aliases = row.get("aliases") or []
    names = [str(each).strip() for each in (row["name"], row.get("short"), *aliases) if each]
    state = row.get("kind") == "state"
    names += [each.split("(")[0].strip() for each in names if "(" in each]
    return Party(
        id=str(row["id"]),
        short=str(row.get("short") or row["name"]),
        state=state,
        names=tuple(dict.fromkeys(name.removeprefix("the ").removeprefix("The ") for name in names)),
        country=_country(names) if state else "",
        seat=str(row.get("seat") or "") if state else "",
    )


def _country(names: list[str]) -> str:
    """Return the country in the names of a state: what follows 'Government of', or a plain name."""
    for name in names:
        core = _OF_STATE.sub("", name)
        core = _FORM.sub("", core)
        core = re.sub(r" and its .*$", "", core)
        if core != name:
            return core
    plain = [
        name for name in names if not re.search(r"\b(army|forces|military|troops|government)\b", name, re.I)
    ]
    plain = [name for name in plain if not name.isupper()] or plain
    return plain[0] if plain else ""
