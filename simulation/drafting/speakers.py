"""Who speaks: the subject of a verb of saying, 'according to', ', the army said,'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.grammar import passive, subject_token
from simulation.drafting.links import objects_after
from simulation.drafting.memory import Ids, joined
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


MONITORS = words.word_set(
    "acled amnesty analyst expert group ngo observatory monitor monitoring"
    " researcher think-tank watchdog investigator"
    " rights watch scholar observer united nations un u.n. campaigner panel"
)


AID = words.word_set(
    "aid charity hospital humanitarian médecins medic msf ocha refugee relief unhcr"
    " unicef doctor migration u.n. un nations"
    " cross crescent"
)


WITNESSES = words.word_set(
    "activist eyewitness inhabitant journalist local refugee resident survivor"
    " villager witness driver drover drovers"
    " shopkeeper teacher neighbour"
)


def speaking(verb: Token, who: Who) -> tuple[str, ...]:
    """Return the speakers of a verb of saying: parties, or a kind of speaker."""
    if passive(verb):
        nouns = objects_after(verb, ("by",))
    else:
        subject = subject_token(verb)
        if subject is None and verb.dep_ in ("advcl", "xcomp") and verb.head.pos_ == "VERB":
            subject = subject_token(verb.head)
        nouns = [subject] if subject is not None else []
    return tuple(each for noun in nouns if (each := voice(noun, who)))


def voice(noun: Token, who: Who) -> str:
    """Return the speaker that a noun means: the id of a party, 'both_sides', or a kind of speaker; empty if unknown."""
    if noun.lower_ in ("he", "she") or noun.lower_ in ("it", "they"):
        last = who.memory.speaker
        parties = who.doers(noun)
        return parties[0] if parties and noun.lower_ in ("it", "they") else last
    around = [noun, *noun.children, *(below for each in noun.children for below in each.children)]
    lemmas = {each.lemma_.lower() for each in around} | {each.lower_ for each in around}
    if "both" in lemmas or (lemmas & {"side", "party"} and "two" in lemmas):
        return "both_sides"
    parties = who.doers(noun)
    head = noun.lemma_.lower()
    if head in WITNESSES:
        return "witness"
    near = {noun.lower_, head} | {
        each.lower_ for each in around if each.dep_ in ("compound", "amod", "pobj", "poss", "nmod", "conj")
    }
    named = any(who.mention(each) for each in around)
    if not named and (kind := _institution(near)):
        return kind
    if len(parties) >= 2 and set(parties) == set(who.rivals):
        return "both_sides"
    if parties:
        return parties[0]
    if near & WITNESSES and not near & words.VOICE_NOUNS:
        return "witness"
    return _institution(near)


def _institution(near: set[str]) -> str:
    """Return the kind of speaker that the words of a noun phrase make: who counts in order to help, or who watches."""
    if near & AID and not near & {"expert", "experts", "investigators", "panel"}:
        return "aid_agency"
    plain = near - {"group", "groups", "united"}
    return "monitor" if plain & MONITORS or {each.rstrip("s") for each in plain} & MONITORS else ""


def unknown_voice(verb: Token, who: Who) -> str:
    """Return who is meant by a speaker without a known name: an officer or minister speaks for the state at home."""
    subject = subject_token(verb)
    if subject is None:
        return ""
    lemmas = {each.lemma_.lower() for each in subject.subtree if each.dep_ not in ("relcl",)}
    if subject.pos_ == "PROPN" or lemmas & words.VOICE_NOUNS:
        named = [
            mention for each in subject.subtree if each.i != subject.i and (mention := who.mention(each))
        ]
        if named:
            return named[0].party
        if lemmas & {
            "officer",
            "president",
            "minister",
            "police",
            "colonel",
            "general",
            "army",
            "official",
            "state",
            "premier",
            "ministry",
            "defence",
            "defense",
            "interior",
            "military",
        }:
            return first_of(who.home)
        if who.memory.speaker:
            return who.memory.speaker
        return "officials" if lemmas & words.VOICE_NOUNS else first_of(joined(who.memory.subjects[-1:]))
    return "witness" if subject.pos_ == "NOUN" and verb.lemma_ in ("say", "tell", "recall", "warn") else ""


def according_to(token: Token, who: Who) -> str:
    """Return the speaker of 'according to', where the sentence has one and it is not inside another clause."""
    for each in token.doc:
        if each.lower_ == "according" and each.i + 1 < len(token.doc) and each.nbor().lower_ == "to":
            for below in each.nbor().children if each.nbor().dep_ == "prep" else each.children:
                if below.dep_ == "pobj":
                    return voice(below, who) or _named_inside(below, who)
    return ""


def _named_inside(noun: Token, who: Who) -> str:
    found = [who.mention(each) for each in noun.subtree if who.mention(each)]
    if found and found[0] is not None:
        return found[0].party
    lemmas = {each.lemma_.lower() for each in noun.subtree}
    return first_of(who.home) if lemmas & words.VOICE_NOUNS else ""


def parenthesis(token: Token, who: Who) -> str:
    """Return the speaker of ', the army said,' where the parse does not put the sentence under it."""
    doc = token.doc
    for each in doc:
        if (
            each.lemma_.lower() in ("say", "report", "announce", "add", "confirm", "claim")
            and each.pos_ == "VERB"
        ):
            inside = each.dep_ in ("parataxis", "ccomp", "conj", "dep", "advcl") or each.dep_ == "ROOT"
            after = (
                each.i + 1 >= len(doc)
                or doc[each.i + 1].is_punct
                or doc[each.i + 1].dep_ in ("npadvmod", "prep", "agent")
            )
            before_it = [below for below in each.children if below.dep_ == "nsubj" and below.i < each.i]
            subject = before_it[-1] if before_it else subject_token(each)
            if inside and after and subject is not None and subject.i > 0 and not passive(each):
                before = subject.left_edge
                if before.i > 0 and before.nbor(-1).text in (",", '"', "-") and token not in subject.subtree:
                    return voice(subject, who) or unknown_voice(each, who)
    return ""


def first_of(parties: Ids) -> str:
    """Return the first of some parties, or nothing."""
    return parties[0] if parties else ""
