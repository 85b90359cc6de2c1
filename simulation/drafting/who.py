"""Whom a noun means as the one that something is done to: who is named, or who holds, owns or mans what is hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.drafting.doers import INSIDE, Doers
from simulation.drafting.lexicon import TAKE, word_set
from simulation.drafting.links import objects_after
from simulation.drafting.memory import Ids, joined

if TYPE_CHECKING:
    from spacy.tokens import Token

_HELD = word_set(
    "hold control man occupy rule run dominate govern link affiliate ally belong loyal use operate"
)


class Who(Doers):
    """Says whom the words of one sentence mean."""

    def places_in(self, token: Token) -> Ids:
        """Return the states whose ground a noun phrase speaks of: 'the airport of Szohod', 'targets in Ruritania'."""
        within = {each.i for each in token.subtree}
        return joined((mention.party,) for mention in self.grounds if mention.root in within)

    def within(self, token: Token) -> Ids:
        """Return the parties named anywhere within a noun phrase, such as 'areas that are a stronghold of'."""
        return self.sufferers(token) or joined(
            self.one(each) for each in token.subtree if self.mention(each) or each.dep_ == "poss"
        )

    def sufferers(self, token: Token) -> Ids:
        """Return the parties that something is done to: those meant, or who holds, owns or is part of what is meant."""
        return joined(
            [self._hit(token), *(self.sufferers(each) for each in token.children if each.dep_ == "conj")]
        )

    def _hit(self, token: Token) -> Ids:
        if found := self.one(token):
            return found
        held = [
            (mention.party,)
            for mention in self.mentions
            if mention.tied_to == token.i
            and mention.tie
            in (
                "held",
                "controlled",
                "ruled",
                "run",
                "led",
                "dominated",
                "affiliated",
                "linked",
                "associated",
                "occupied",
                "allied",
            )
        ]
        inside = [self.inside(each) for each in token.children if each.dep_ in INSIDE]
        owners = [self.sufferers(each) for each in objects_after(token, ("of", "belonging"))]
        by = [
            self.doers(each)
            for verb in token.children
            if verb.dep_ in ("acl", "relcl", "amod") and verb.lemma_.lower() in _HELD
            for each in objects_after(verb, ("by", "to", "with"))
        ]
        whose = [
            self.doers(subject)
            for verb in token.children
            if verb.dep_ == "relcl" and verb.lemma_.lower() in _HELD | TAKE
            for subject in verb.children
            if subject.dep_ == "nsubj" and subject.lower_ not in ("that", "which")
        ]
        return joined(held + inside + by + whose) or joined(owners)
