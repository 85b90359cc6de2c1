"""The two sides of a text: whose 'the army' is, who 'the rebels' are, what 'both sides' means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulation.drafting.lexicon import word_set
from simulation.drafting.memory import Ids, Memory, joined
from simulation.drafting.mentions import Mention
from simulation.drafting.names import Party

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


RECENT = word_set(
    "group movement force militia militiaman paramilitary faction organisation organization alliance"
)
"""Nouns that stand for the armed organisation named last, not for the main one."""


class Sides:
    """One sentence with the parties it names, and what the text as a whole says of the sides."""

    def __init__(
        self,
        doc: Doc,
        mentions: Sequence[Mention],
        parties: Sequence[Party],
        memory: Memory,
        counts: Counter[str],
        armed: Counter[str],
    ) -> None:
        """Keep a parsed sentence, its mentions, and how often each party, or its army, is named in the whole text."""
        self.doc, self.memory, self.counts = doc, memory, counts
        self.mentions = [mention for mention in mentions if mention.kind != "ground"]
        self.grounds = [mention for mention in mentions if mention.kind == "ground"]
        self.armed = armed
        self.parties = {party.id: party for party in parties}
        self.states = [party.id for party in parties if party.state]
        self.others = [party.id for party in parties if not party.state]
        self._at = {
            index: mention for mention in self.mentions for index in range(mention.start, mention.end)
        }
        self._by_word: dict[str, set[str]] = {}
        for party in parties:
            for name in party.names:
                for word in name.lower().split():
                    self._by_word.setdefault(word, set()).add(party.id)

    def mention(self, token: Token) -> Mention | None:
        """Return the mention that a token is in."""
        return self._at.get(token.i)

    @property
    def home(self) -> Ids:
        """The state whose army or government is named most: 'the army' is its. Among equals it is the first listed."""
        named = [party for party in self.states if self.counts[party]]
        return (max(named, key=lambda party: self.armed[party]),) if named else ()

    @property
    def rivals(self) -> Ids:
        """The two sides of the war: the home state and its main enemy."""
        return joined([self.home, self.main_enemy])

    @property
    def main_enemy(self) -> Ids:
        """The armed organisation that is named most, or else the second state."""
        named = [party for party in self.others if self.counts[party]]
        if not named:
            named = [party for party in self.states if self.counts[party] and party not in self.home]
        return (max(named, key=lambda party: self.counts[party]),) if named else ()

    def rebels(self, lemma: str, token: Token) -> Ids:
        """Return the armed organisation that a noun such as 'the militia' or 'the rebels' means."""
        if lemma in RECENT:
            before = [mention.party for mention in self.mentions if mention.end <= token.i]
            for party in reversed(self.memory.named + before):
                if party in self.others:
                    return (party,)
        return self.main_enemy if self.others else ()

    def two(self, token: Token) -> Ids:
        """Return the two whom 'both sides', 'the two armies' or 'the two' mean."""
        words = {each.lower_ for each in token.children} | {token.lower_}
        if "each" in words and token.lower_ == "side":
            return self.rivals
        if not words & {"two", "both"} or token.tag_ not in ("NNS", "CD", "NNPS", "DT"):
            return ()
        lemma = token.lemma_.lower()
        if token.lower_ == "both":
            return self._last_two(token, self.states + self.others)
        if lemma in ("side", "party", "army", "force", "rival", "foe", "enemy"):
            return self.rivals
        if lemma in ("country", "state", "republic", "neighbour", "neighbor", "nation", "government"):
            if lemma != "republic":
                return self._last_two(token, self.states)
            named = sorted(
                (party for party in self.states if self.counts[party]), key=lambda each: -self.counts[each]
            )
            return tuple(named[:2]) if len(named) >= 2 else ()
        if (
            lemma in ("group", "movement", "organisation", "organization", "faction", "militia")
            or token.tag_ == "CD"
        ):
            return self._last_two(token, self.states + self.others) if not list(token.rights) else ()
        return ()

    def _last_two(self, token: Token, among: Sequence[str]) -> Ids:
        named = [mention.party for mention in self.mentions if mention.end <= token.i]
        last = [each for each in dict.fromkeys(reversed(self.memory.named + named)) if each in among][:2]
        return tuple(last) if len(last) == 2 else ()
