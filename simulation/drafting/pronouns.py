"""Whom a pronoun means: the subject before it, who spoke, or whoever was named last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.drafting.lexicon import ATTACK_NOUNS, REPORT
from simulation.drafting.links import objects_after
from simulation.drafting.memory import Ids, joined
from simulation.drafting.sides import Sides

if TYPE_CHECKING:
    from spacy.tokens import Token

_SINGULAR, _PLURAL = frozenset({"it", "its", "itself"}), frozenset({"they", "them", "their", "themselves"})
_PERSON = frozenset({"he", "she", "his", "her", "him"})
_US = frozenset({"we", "our", "us"})


class Pronouns(Sides):
    """Says whom the pronouns of a sentence mean."""

    def doers(self, token: Token) -> Ids:
        """Return the parties that a noun phrase means."""
        raise NotImplementedError

    def named_before(self, token: Token) -> list[str]:
        """Return the parties that a sentence has named before a word, also by their roles, in its order."""
        raise NotImplementedError

    def pronoun(self, token: Token) -> Ids:
        """Return the parties that a pronoun means."""
        word = token.lower_
        if word in ("those", "that"):
            return joined(self.doers(each) for each in objects_after(token, ("of", "from")))
        if word in _US:
            return self._speaker_here() or self.memory.speaker_parties
        if word in _PERSON:
            here = self._earlier_subject(token) if token.dep_ == "poss" else ()
            before = () if self.memory.spoke else joined(self.memory.subjects[-1:])
            return here or before or self.memory.speaker_parties
        if word not in _SINGULAR | _PLURAL:
            return ()
        clause = _subject_of_clause(token)
        if word in _SINGULAR and any(
            each.lower_ in ("he", "she") and each.dep_ == "nsubj"
            for above in token.ancestors
            for each in above.children
        ):
            # 'He said its forces': whose is not said by who speaks.
            return self.other_before(token, self.memory.speaker_parties + self._earlier_subject(token))
        if clause is not None and clause.i < token.i and token.dep_ == "poss":
            return self.doers(clause)
        not_meant = (
            self.doers(clause) if clause is not None and clause.i != token.i and token.dep_ != "poss" else ()
        )
        before = self._earlier_subject(token)
        if before and not set(before) & set(not_meant) and token.dep_ not in ("dobj", "pobj"):
            return before
        candidates = self.named_before(token)
        if token.dep_ in ("dobj", "pobj", "iobj", "dative"):
            for party in reversed(candidates):
                if party not in not_meant:
                    return (party,)
        if word in _PLURAL and token.dep_ != "poss":
            for mention in reversed(self.mentions):
                if (
                    mention.end <= token.i
                    and self.doc[mention.root].tag_ in ("NNS", "NNPS")
                    and mention.party not in not_meant
                ):
                    return (mention.party,)
        for group in reversed(self.memory.subjects[-2:]):
            if group and not set(group) & set(not_meant):
                return group
        return tuple(candidates[-1:]) or tuple(self.memory.named[-1:])

    def _speaker_here(self) -> Ids:
        for each in self.doc:
            if each.lemma_.lower() in REPORT and each.dep_ == "ROOT":
                return joined(
                    self.doers(child)
                    for child in each.children
                    if child.dep_ == "nsubj" and child.lower_ not in _US
                )
        return ()

    def _earlier_subject(self, token: Token) -> Ids:
        """Return the subject of a clause of this sentence that is before a pronoun and around its clause."""
        for above in token.ancestors:
            for child in above.children:
                if child.dep_ in ("nsubj", "nsubjpass") and child.i < token.i and token not in child.subtree:
                    found = (
                        self.doers(child)
                        if child.pos_ != "PRON" and child.lemma_.lower() not in ATTACK_NOUNS
                        else ()
                    )
                    if found:
                        return found
        return ()

    def other_before(self, token: Token, not_meant: Ids) -> Ids:
        """Return the party named last before a word that is none of some."""
        named = self.memory.named + self.named_before(token)
        return next(((each,) for each in reversed(named) if each not in not_meant), ())


def _subject_of_clause(token: Token) -> Token | None:
    for above in token.ancestors:
        for child in above.children:
            if child.dep_ in ("nsubj", "nsubjpass") and token not in child.subtree:
                return child
        if above.dep_ in ("ROOT", "ccomp", "relcl", "advcl"):
            break
    return None
