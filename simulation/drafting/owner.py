"""Whose act a noun is: 'the rebels' advance', 'shelling by the army', 'launched an attack'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.grammar import passive, subjects
from simulation.drafting.links import objects_after
from simulation.drafting.memory import Ids, joined
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token


def owner(noun: Token, who: Who) -> Ids:
    """Return whose act a noun is: in front of it, after 'by', or the subject of the verb whose object it is."""
    inside = [
        who.doers(each)
        for each in noun.children
        if each.dep_ in ("poss", "compound", "amod", "nmod", "npadvmod") and each.i < noun.i
    ]
    tied: list[Ids] = [
        (mention.party,) for mention in who.mentions if mention.tied_to == noun.i and mention.tie == "led"
    ]
    own = joined(inside + tied) or joined(who.doers(each) for each in objects_after(noun, ("by", "from")))
    if own:
        return own
    above = noun.head
    while noun.dep_ == "conj" and above.pos_ in ("NOUN", "PROPN"):
        noun, above = above, above.head
    if (
        noun.dep_ == "pobj"
        and above.head.pos_ == "VERB"
        and above.head.lemma_ in words.LIGHT | {"respond", "take", "go"}
    ):
        above = above.head
        return subjects(above, who) if above.lemma_ not in words.SUFFER and not passive(above) else ()
    if (
        above.pos_ in ("VERB", "AUX")
        and noun.dep_ in ("dobj", "nsubjpass")
        and above.lemma_.lower() in words.LIGHT | {"have"}
    ):
        return subjects(above, who)
    return ()


def verb_above(noun: Token) -> Token | None:
    """Return the verb that a noun hangs on, through a preposition, an apposition or 'and'; None where there is none."""
    above = noun.head
    if noun.dep_ in ("conj", "appos"):
        return verb_above(above) if above.i != noun.i else None
    if above.dep_ == "prep" or above.pos_ == "ADP":
        above = above.head
    return above if above.pos_ in ("VERB", "AUX") else None
