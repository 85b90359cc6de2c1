"""Who says what hangs on a word, whether it is hedged, denied, or only meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.grammar import above, passive
from simulation.drafting.hedges import hedge_of, mood_of
from simulation.drafting.speakers import according_to, first_of, parenthesis, speaking, unknown_voice
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Token

REPORTER = "reporter"


@dataclass(frozen=True, kw_only=True)
class Said:
    """`by` is an actor, a kind of speaker or 'reporter'; `hedge` the word that weakens it; `mood` what becomes of it.

    `mood` is 'done', 'meant' (planned, threatened, possible) or 'denied'.
    """

    by: str
    hedge: str = ""
    mood: str = "done"
    denier: str = ""


def said(token: Token, who: Who, predicate: str = "") -> Said:
    """Return who says what hangs on a word, and how."""
    hedge, mood, denier = "", "done", ""
    speaker = ""
    below: Token = token
    chain = [token]
    while chain[-1].dep_ != "ROOT":
        chain.append(above(chain[-1]))
    cut = False
    for link in chain:
        hedge = hedge or ("" if cut else hedge_of(link))
        lemma = link.lemma_.lower()
        if link.pos_ in ("VERB", "AUX", "ADJ"):
            if not cut and mood == "done":
                mood = mood_of(link, below if link is not token else None, predicate)
            if mood == "denied" and lemma in words.DENY and not denier:
                denier = first_of(speaking(link, who))
            if not speaker and not cut and link is not token and _governs(link, below):
                speaker = first_of(speaking(link, who)) or unknown_voice(link, who)
        if link.dep_ in ("relcl", "appos") and _apart(link):
            cut = True
        below = link
    if not speaker and not cut:
        speaker = according_to(token, who) or parenthesis(token, who)
    return Said(by=speaker or REPORTER, hedge=hedge, mood=mood, denier=denier)


def _apart(token: Token) -> bool:
    """Return whether a relative clause or apposition is set off by a comma: it is then the writer's own word."""
    first = token.left_edge
    return first.i > 0 and first.nbor(-1).text in (",", "-", "(") and token.i > token.head.i


def _governs(verb: Token, below: Token) -> bool:
    """Return whether what is below a verb of saying is what is said."""
    if verb.pos_ == "ADJ" or verb.lemma_.lower() not in words.REPORT | {"accuse", "blame", "call"}:
        return False
    if passive(verb) and verb.lemma_ in words.PASSIVE_HEDGES:
        return False
    if below.dep_ in ("ccomp", "parataxis", "xcomp", "dep"):
        return verb.lemma_.lower() not in ("charge", "count", "give", "point", "put") or below.dep_ == "ccomp"
    if below.dep_ == "advcl":
        return below.i < verb.i
    if below.dep_ == "prep":
        return verb.lemma_.lower() in ("accuse", "blame", "speak")
    if below.dep_ == "dobj" and verb.lemma_ in ("accuse", "blame"):
        return True
    if below.dep_ == "dobj":
        return verb.lemma_.lower() in (
            "report",
            "claim",
            "confirm",
            "announce",
            "allege",
            "acknowledge",
            "admit",
        )
    return False
