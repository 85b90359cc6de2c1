"""What a reader of a text keeps in mind from one sentence to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Ids = tuple[str, ...]
"""The ids of some parties."""


def joined(groups: Iterable[Ids]) -> Ids:
    """Return the parties of several groups, each once."""
    return tuple(dict.fromkeys(each for group in groups for each in group))


@dataclass
class Memory:
    """What a reader keeps in mind: `subjects` of the main clauses and all parties, the latest last; who spoke last."""

    subjects: list[Ids] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    speaker: str = ""
    speaker_parties: Ids = ()
    attackers: Ids = ()
    bombers: Ids = ()
    spoke: bool = False
    fighting: Ids = ()
    accused: Ids = ()
