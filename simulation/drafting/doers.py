"""Whom a noun or pronoun of a sentence means: named, by its role ('the army', 'the rebels'), or named before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.drafting.lexicon import (
    AIR_NOUNS,
    ALLY_NOUNS,
    ATTACK_NOUNS,
    FORCE_NOUNS,
    HOME_NOUNS,
    REBEL_NOUNS,
    VOICE_NOUNS,
    WEAPON_NOUNS,
    word_set,
)
from simulation.drafting.links import objects_after, relative_head
from simulation.drafting.memory import Ids, joined
from simulation.drafting.pronouns import Pronouns
from simulation.drafting.sides import RECENT

if TYPE_CHECKING:
    from spacy.tokens import Token

INSIDE = ("compound", "amod", "poss", "nmod", "npadvmod", "nummod", "advmod")
_INDEFINITE = word_set("a an another other some any no each every various")
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "these", "those"})
_SIDES = frozenset({"rebel", "opposition", "insurgent", "militant", "separatist", "junta"})
_PLAIN = word_set(
    "the its their his national federal central regular own security armed local that this and ,"
)


_APART = frozenset({"breakaway", "splinter", "dissident", "renegade", "rival"})
"""What is no longer of the party that is named after it."""


class Doers(Pronouns):
    """Says whom the nouns and pronouns of one sentence mean as doers."""

    def doers(self, token: Token) -> Ids:
        """Return the parties that a noun phrase means, with all that 'and' joins to it."""
        return joined(
            [self.one(token), *(self.doers(each) for each in token.children if each.dep_ == "conj")]
        )

    def named_in(self, token: Token) -> Ids:
        """Return the parties that a noun phrase names, roles and pronouns left out: 'backed rebels of the X'."""
        own = (mention.party,) if (mention := self.mention(token)) else self._named_with(token)
        return own or self._apposed(token)

    def one(self, token: Token) -> Ids:
        """Return the party that a noun means, without what 'and' joins to it."""
        if (mention := self.mention(token)) and not mention.tie:
            return (mention.party,)
        if pair := self.two(token):
            return pair
        if (
            token.lower_ in ("who", "which", "that", "whose", "whom")
            and (head := relative_head(token)) is not None
        ):
            return self.doers(head)
        if token.pos_ == "PRON" or token.tag_ == "PRP$" or token.lower_ == "those":
            return self.pronoun(token)
        return self._named_with(token) or self.role(token) or self._apposed(token) or self._attack(token)

    def _named_with(self, token: Token) -> Ids:
        """Return the party in 'M23 fighters', 'troops of the army', 'rebels from the north', 'the ministry in Baku'."""
        lemma = token.lemma_.lower()
        if lemma not in FORCE_NOUNS | VOICE_NOUNS | REBEL_NOUNS:
            if lemma in (
                "one",
                "dozen",
                "hundred",
                "thousand",
                "number",
                "score",
                "unit",
                "element",
                "majority",
                "hundreds",
                "thousands",
                "dozens",
            ):
                return joined(self.doers(each) for each in objects_after(token, ("of",)))
            return ()
        inside = [each for each in token.children if each.dep_ in INSIDE and each.i < token.i]
        if lemma in ALLY_NOUNS or lemma == "supporter":
            inside = [each for each in inside if each.dep_ != "poss"]
        found = [self.inside(each) for each in inside]
        if not any(found):
            found = [self._loyal(token)]
        apart = any(each.lower_ in _APART for each in token.children)
        if not any(found) and not apart:
            found = [self.doers(each) for each in objects_after(token, ("of", "from", "belonging"))]
        if not any(found) and lemma in REBEL_NOUNS | {"supporter", "member", "fighter", "man"}:
            found = [
                (mention.party,) for each in objects_after(token, ("in",)) if (mention := self.mention(each))
            ]
        if not any(found) and lemma in WEAPON_NOUNS:
            found = [
                self.doers(each)
                for verb in token.children
                if verb.dep_ == "acl"
                for each in objects_after(verb, ("by",))
            ]
        if not any(found) and lemma in VOICE_NOUNS | {"army"}:
            found = [self._seat(each) for each in objects_after(token, ("in", "for", "with", "at"))]
        return joined(found)

    def inside(self, token: Token) -> Ids:
        """Return the party in front of a noun, such as that of 'League' in 'League fighters'."""
        mention = self.mention(token)
        if mention is not None:
            return (
                ()
                if mention.tie and mention.tie not in ("led", "held", "controlled", "dominated")
                else (mention.party,)
            )
        if token.dep_ == "poss":
            return self.doers(token)
        inner = [self.inside(each) for each in token.children if each.dep_ in (*INSIDE, "conj")]
        # 'Fighter jets' are no fighters, 'group leaders' of no group.
        known = token.lemma_.lower() in HOME_NOUNS | _SIDES
        return joined(inner) or (
            self.role(token) if known and token.dep_ in ("compound", "nmod", "conj") else ()
        )

    def _loyal(self, token: Token) -> Ids:
        """Return whose 'forces loyal to', 'troops who remain loyal to' or 'coalition led by' are."""
        own = [each for each in token.children if each.dep_ in ("amod", "acl", "relcl", "acomp")]
        own += [below for each in own for below in each.children if below.dep_ in ("acomp", "oprd")]
        found = [
            self.doers(each)
            for link in own
            if link.lower_ in ("loyal", "allegiant", "allied")
            for each in objects_after(link, ("to",))
        ]
        found += [
            self.doers(each)
            for link in own
            if link.lower_ in ("led", "commanded", "headed")
            for each in objects_after(link, ("by",))
        ]
        return joined(found)

    def _seat(self, token: Token) -> Ids:
        mention = self.mention(token)
        return (mention.party,) if mention else self.role(token)

    def _apposed(self, token: Token) -> Ids:
        """Return the party whose name stands beside a noun: 'a rebel faction, the X', 'the X, a group that'."""
        if token.dep_ == "appos" and (mention := self.mention(token.head)):
            return (mention.party,)
        beside = [each for each in token.children if each.dep_ == "appos"]
        if not beside and token.lemma_.lower() in REBEL_NOUNS:
            beside = [each for each in token.subtree if each.dep_ == "appos" and self.mention(each)]
        beside += [
            below
            for each in token.children
            if each.dep_ in ("acl", "relcl") and each.lower_ in ("known", "called", "named")
            for below in (*objects_after(each, ("as",)), *each.children)
            if below.dep_ in ("pobj", "oprd")
        ]
        return joined(self.one(each) for each in beside)

    def last_doers(self, event: Token) -> Ids:
        """Return who did last what a noun such as 'this offensive' or 'the air strikes' speaks of."""
        near = {event.lemma_.lower(), *(each.lemma_.lower() for each in event.children)}
        air = near & (AIR_NOUNS | {"air", "strike"})
        return (self.memory.bombers if air else ()) or self.memory.attackers

    def _attack(self, token: Token) -> Ids:
        """Return whose attack is meant by 'this offensive' as a subject: that of whoever attacked last."""
        if token.lemma_.lower() not in ATTACK_NOUNS or token.dep_ not in ("nsubj", "nsubjpass"):
            return ()
        return self.last_doers(token) if {each.lower_ for each in token.children} & _DEFINITE else ()

    def role(self, token: Token) -> Ids:
        """Return the party that a noun such as 'the army' or 'the rebels' stands for, by its role alone."""
        lemma = token.lemma_.lower()
        words = {each.lower_ for each in token.children}
        if words & _INDEFINITE or any(each.dep_ in INSIDE and self.mention(each) for each in token.children):
            return ()
        if token.lower_ == "force":
            return (
                self.rebels("force", token)
                if "the" in words and not any(each.dep_ in INSIDE for each in token.children)
                else ()
            )
        if lemma in HOME_NOUNS and words <= _PLAIN:
            return self.home
        if lemma in REBEL_NOUNS or token.lower_ in REBEL_NOUNS:
            own = {party for word in (token.lower_, lemma) for party in self._by_word.get(word, ())}
            fitting = [party for party in own if party in self.others]
            if len(fitting) == 1 and lemma not in RECENT:
                return (fitting[0],)
            last = self.memory.subjects[-1] if self.memory.subjects else ()
            if "the" in words and len(last) == 1 and last[0] in self.others and lemma not in RECENT:
                return last
            if lemma in RECENT and not words & _DEFINITE:
                return self.main_enemy if words <= {"armed"} and words and self.others else ()
            return self.rebels(lemma, token)
        inside = [
            each.lemma_.lower()
            for each in token.children
            if each.dep_ in ("compound", "amod", "poss", "nmod")
        ]
        if lemma in FORCE_NOUNS | VOICE_NOUNS:
            if "rebel" in inside or "opposition" in inside or "insurgent" in inside:
                return self.rebels("rebel", token)
            if any(each in HOME_NOUNS for each in inside) or (lemma in VOICE_NOUNS and "state" in inside):
                return self.home
        return ()

    def named_before(self, token: Token) -> list[str]:
        """Return the parties that a sentence has named before a word, also by their roles, in its order."""
        found = list[str]()
        for each in self.doc[: token.i]:
            if mention := self.mention(each):
                found.append(mention.party)
            elif each.pos_ == "NOUN" and each.dep_ not in ("compound", "amod"):
                found += self._named_with(each) or self.role(each)
        return found
