"""The doer and the sufferer of a verb, through passives, chains of verbs, relative clauses and participles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.drafting.lexicon import ATTACK_NOUNS, WEAPON_NOUNS, word_set
from simulation.drafting.links import objects_after
from simulation.drafting.memory import Ids, joined
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_OBJECT = word_set(
    "accuse blame suspect order ask urge help force send allow call tell enable invite condemn criticise"
)
_SPEECH_CHAIN = ("xcomp", "conj", "advcl", "pcomp", "acl", "relcl", "ccomp")


def passive(verb: Token) -> bool:
    """Return whether a verb is in the passive, as a clause or as a participle after a noun."""
    if any(each.dep_ in ("nsubjpass", "auxpass") for each in verb.children):
        return True
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod"):
        return True
    if (
        verb.tag_ == "VBN"
        and verb.dep_ in ("advcl", "ROOT", "conj")
        and not _has_aux(verb)
        and not _own_subject(verb)
    ):
        return any(each.dep_ == "agent" for each in verb.children) or verb.dep_ == "advcl"
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not _has_aux(verb) and not _own_subject(verb):
        return passive(verb.head)
    return False


def subjects(verb: Token, who: Who) -> Ids:
    """Return who does what a verb says."""
    if passive(verb):
        return joined(who.doers(each) for each in agents(verb))
    subject = subject_token(verb)
    return who.doers(subject) if subject is not None else _through_chain(verb, who)


def agents(verb: Token) -> list[Token]:
    """Return the nouns after 'by' of a passive, also where a clause of saying stands between."""
    return objects_after(verb, ("by",)) or [
        below
        for each in verb.head.children
        if each.lower_ == "by" and verb.dep_ == "ccomp"
        for below in each.children
        if below.dep_ == "pobj"
    ]


def subject_token(verb: Token) -> Token | None:
    """Return the noun that is the subject of a verb, its own or that of the verb it is joined to."""
    own = _own_subject(verb)
    if own is not None:
        return own
    if _misread(verb):
        before = verb.nbor(-1)
        while before.dep_ in ("pobj", "prep", "compound") and before.head.i < verb.i:
            before = before.head
        return before
    head = above(verb)
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX") and not (passive(head) and not passive(verb)):
        return subject_token(head)
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return _own_subject(head)
    return None


def above(token: Token) -> Token:
    """Return the word that a word hangs on; a finite verb that is joined to an infinitive hangs on what is above that.

    In 'called on the army to lay down its weapons and accused it' the parse joins accused to lay.
    """
    head = token.head
    if (
        token.dep_ == "conj"
        and token.tag_ in ("VBD", "VBZ", "VBP")
        and head.tag_ == "VB"
        and not _own_subject(token)
    ):
        return head.head
    return head


def _misread(verb: Token) -> bool:
    """Return whether a finite verb is parsed as an adjective: 'warplanes of the army bombed positions'."""
    return verb.tag_ == "VBD" and verb.dep_ in ("amod", "compound") and verb.i > 0 and verb.head.i > verb.i


def _own_subject(verb: Token) -> Token | None:
    # Some parses hang the subject on the auxiliary: 'A and B have armed C'.
    holders = [verb, *(each for each in verb.children if each.dep_ in ("aux", "auxpass"))]
    own = (each for holder in holders for each in holder.children if each.dep_ in ("nsubj", "nsubjpass"))
    return next(own, None)


def _has_aux(verb: Token) -> bool:
    return any(each.dep_ in ("aux", "auxpass") for each in verb.children)


def _through_chain(verb: Token, who: Who) -> Ids:
    """Return the subject of a verb without one: that of the verb above it, or the noun that it describes."""
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return subjects(head, who)
    if verb.dep_ in ("pcomp",):
        above = head.head
        while above.dep_ == "prep" and above != above.head:
            above = above.head
        if head.lower_ == "of" and (blaming := _blaming(above)) is not None:
            return _of_verb(blaming, who, True)
        if above.pos_ not in ("VERB", "AUX"):
            return who.doers(above) or (_holder(above, who))
        return _of_verb(above, who, head.lower_ == "of" or above.lemma_ in ("blame",))
    if verb.dep_ in ("xcomp", "advcl", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ"):
        above = head.head if head.pos_ == "ADJ" and head.dep_ == "acomp" else head
        return _of_verb(above, who, verb.dep_ in ("xcomp", "ccomp"))
    if verb.dep_ == "acl":
        if verb.tag_ == "VBG":
            return who.doers(head)
        return who.doers(head) or _holder(head, who)
    return ()


def _blaming(noun: Token) -> Token | None:
    """Return the verb of blame whose object a noun is, where the parse hangs 'of firing' on the noun."""
    while noun.dep_ == "conj":
        noun = noun.head
    return noun.head if noun.dep_ == "dobj" and noun.head.lemma_ in ("accuse", "suspect") else None


def _holder(noun: Token, who: Who) -> Ids:
    """Return whose a noun such as 'attempt' or 'force' is: in front of it, or the subject whose object it is."""
    own = [
        who.doers(each)
        for each in noun.children
        if each.dep_ in ("poss", "compound", "amod") and who.doers(each)
    ]
    if own:
        return joined(own)
    if noun.dep_ in ("dobj", "attr") and noun.head.pos_ in ("VERB", "AUX"):
        return subjects(noun.head, who)
    return ()


def _of_verb(verb: Token, who: Who, complement: bool) -> Ids:
    if complement and verb.lemma_ in _OF_OBJECT:
        below = [each for each in verb.children if each.dep_ in ("dobj", "nsubjpass")]
        below += objects_after(verb, ("on",)) if verb.lemma_ == "call" else []
        if below:
            return joined(who.doers(each) for each in below)
    if passive(verb):
        own = _own_subject(verb)
        return who.doers(own) if own is not None else ()
    return subjects(verb, who)


def sufferers(verb: Token, who: Who) -> Ids:
    """Return whom a verb with a direct object is done to."""
    if passive(verb):
        subject = subject_token(verb)
        if subject is None and verb.dep_ in ("acl", "amod"):
            subject = verb.head
        if subject is None and verb.dep_ == "advcl":
            subject = subject_token(verb.head)
        return who.sufferers(subject) if subject is not None else ()
    return joined(who.sufferers(each) for each in direct_objects(verb))


def direct_objects(verb: Token) -> list[Token]:
    """Return the direct objects of a verb; of two verbs with 'and', the first may share that of the second."""
    own = (
        [verb.head] if _misread(verb) else [each for each in verb.children if each.dep_ in ("dobj", "dative")]
    )
    if not own:
        for each in verb.children:
            if each.dep_ == "conj" and each.pos_ == "VERB":
                own = [below for below in each.children if below.dep_ == "dobj"]
    return own


def by_weapon(verb: Token) -> bool:
    """Return whether aircraft, guns or the like do what a verb says, or it is done with them."""
    subject = subject_token(verb)
    nouns = [] if subject is None else [subject, *(each for each in subject.subtree if each.dep_ == "conj")]
    nouns += agents(verb) + objects_after(verb, ("with", "from"))
    if any(each.lemma_.lower() in WEAPON_NOUNS for each in nouns):
        return True
    return any(
        each.lemma_.lower() in ("rocket", "shell", "missile", "mortar", "bomb")
        for each in direct_objects(verb)
    )


def names_an_attack(noun: Token) -> bool:
    """Return whether a noun is an act of war rather than one who acts."""
    return noun.lemma_.lower() in ATTACK_NOUNS
