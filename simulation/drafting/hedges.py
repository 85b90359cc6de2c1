"""What weakens a statement: a hedge, a denial, or that it is only meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.drafting import lexicon as words
from simulation.drafting.grammar import passive, subject_token

if TYPE_CHECKING:
    from spacy.tokens import Token


def hedge_of(token: Token) -> str:
    """Return the word beside a verb or noun that weakens what it says, or nothing."""
    for each in token.children:
        if each.lower_ in words.HEDGES and each.dep_ in ("advmod", "amod", "acomp", "attr", "oprd"):
            return each.lower_
    if token.pos_ == "VERB" and token.lemma_.lower() in words.PASSIVE_HEDGES and passive(token):
        return f"{token.lower_}"
    if (
        token.pos_ == "VERB"
        and token.lemma_ in ("report", "say")
        and (subject := subject_token(token)) is not None
        and subject.lemma_ in ("report", "rumour")
    ):
        return "reports"
    if token.pos_ == "NOUN" and token.lemma_ in ("allegation", "rumour"):
        return token.lower_
    if token.lemma_ in ("indicate", "suggest"):
        source = subject_token(token) or token.head
        return "reports indicate" if source.lemma_ == "report" else ""
    return ""


def mood_of(verb: Token, below: Token | None, predicate: str) -> str:
    """Return what a verb makes of what is `below` it, or of itself: 'done', 'meant' or 'denied'."""
    lemma = verb.lemma_.lower()
    if below is not None and below.dep_ in ("nsubj", "nsubjpass") and lemma not in words.DENY:
        return "denied" if _negated(verb) and lemma in ("take", "happen", "occur") else "done"
    if below is not None and lemma in words.DENY and below.dep_ not in ("advcl", "conj", "relcl"):
        return "denied"
    if below is not None and lemma in words.CEASE and below.dep_ in ("xcomp", "pcomp"):
        return "denied"
    if (
        below is not None
        and lemma in words.REFRAIN
        and below.dep_ in ("xcomp", "dobj", "prep", "ccomp", "pcomp")
    ):
        return "denied"
    if below is not None and below.dep_ == "relcl":
        return "done"
    inside = below is None or below.dep_ in (
        "xcomp",
        "ccomp",
        "prep",
        "pcomp",
        "pobj",
        "acomp",
        "dobj",
        "acl",
    )
    if inside and _negated(verb) and (below is None or lemma not in words.REPORT):
        return "denied"
    if below is not None and lemma in words.INTEND and _is_meant(lemma, below):
        return "meant"
    if below is None or below.dep_ in ("dobj", "prep"):
        if any(each.lower_ in words.MODALS and each.dep_ == "aux" for each in verb.children):
            return "meant"
        if any(each.lower_ in ("if", "unless", "until") and each.dep_ == "mark" for each in verb.children):
            return "meant"
        if (
            verb.tag_ == "VB"
            and predicate != "supports"
            and verb.dep_ in ("advcl", "acl", "relcl")
            and any(each.lower_ == "to" for each in verb.children)
        ):
            return "meant"
    return "done"


def _is_meant(verb: str, below: Token) -> bool:
    """Return whether a verb of intention governs what is below it: not the offer that is made, nor a warning."""
    if below.dep_ == "dobj":
        return verb not in ("offer", "announce", "plan")
    if below.dep_ == "ccomp":
        return verb not in ("warn", "urge", "agree", "consider")
    return below.dep_ in ("xcomp", "prep", "pcomp", "acl")


def _negated(verb: Token) -> bool:
    if any(
        each.dep_ == "neg" or each.lower_ in ("never", "neither", "hardly", "no-one", "nobody")
        for each in verb.children
    ):
        return True
    return any(
        child.lower_ in ("no", "neither") and child.dep_ in ("det", "preconj")
        for each in verb.children
        if each.dep_ in ("nsubj", "nsubjpass", "dobj")
        for child in each.children
    )
