"""Unsure lines: two parties in one sentence and a word that speaks of fighting or of help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import TYPE_CHECKING

from simulation.drafting.draft import Draft
from simulation.drafting.grammar import subjects
from simulation.drafting.lexicon import ACTS, AIR_NOUNS, ATTACK_NOUNS, FIGHT_NOUNS, TENSION_NOUNS, word_set
from simulation.drafting.reading import Reading
from simulation.drafting.says import REPORTER, said
from simulation.drafting.who import Who

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


HOSTILE_CUES: dict[str, str] = {
    **{
        lemma: "attacks"
        for lemma in ACTS["attacks"]
        | ATTACK_NOUNS
        | word_set("drive push rout capture seize break retake abduct kidnap kill wound shoot ambush")
    },
    **{lemma: "bombards" for lemma in ACTS["bombards"] | AIR_NOUNS},
    **{
        lemma: "fights"
        for lemma in ACTS["fights"] | FIGHT_NOUNS | word_set("enemy counter resist hostile defend")
    },
    **{
        lemma: "opposes"
        for lemma in ACTS["opposes"]
        | TENSION_NOUNS
        | word_set("threaten bar ban block demand odds rival sanction hostile regard")
    },
    **{lemma: "accuses" for lemma in word_set("accuse accusation blame")},
}


FRIENDLY_CUES: dict[str, str] = {
    **{
        lemma: "supports"
        for lemma in ACTS["supports"]
        | word_set(
            "ally backer patron supplier weapon arms fund loyal loyalty form reinforce member"
            " provide pledge treaty aid backing help"
        )
    },
    **{
        lemma: "fights_beside"
        for lemma in word_set(
            "alongside beside together jointly cooperate allied join joint side"
            " coalition alliance coordination"
        )
    },
}
"""Cue words that make an unsure line where one stands with two parties, by the predicate that is drafted."""
BESIDE = ("alongside", "beside", "together")
"""Who fights so fights with the other, not against it."""


def cue_drafts(reading: Reading, known: Sequence[Draft]) -> Iterator[Draft]:
    """Yield a line for each pair of parties of a sentence that no sure line speaks of and a cue word stands between."""
    who = reading.who
    groups = _groups(who)
    done = {frozenset((draft.subject, draft.object)) for draft in known}
    for (begins, last, before), (first, ends, after) in pairwise(groups):
        cue = _cue(who.doc[last + 1 : first])
        if cue is None and len(groups) == 2:
            cue = _cue(who.doc[ends + 1 :]) or _cue(who.doc[:begins])
        if cue is None:
            continue
        word, predicate = cue
        spoken = said(word, who)
        if spoken.mood == "denied":
            continue
        for a, b in product(before, after):
            if a == b or frozenset((a, b)) in done:
                continue
            done.add(frozenset((a, b)))
            a, b = (b, a) if _turned(word, predicate) else (a, b)
            read = spoken.mood == "done" and _in_clause(word, (a, b), who)
            why = f"verb '{word.lemma_}'" if read else f"only the word '{word.text}' and the two names"
            yield Draft(
                sentence=reading.sentence,
                subject=a,
                predicate=predicate,
                object=b,
                said_by=spoken.by,
                verified=spoken.by == REPORTER and not spoken.hedge,
                hedge=spoken.hedge,
                why=why,
                sure=read,
                at=word.idx,
            )


def _groups(who: Who) -> list[tuple[int, int, list[str]]]:
    """Return the parties in order, those of a list such as 'A, B and C' together, with first and last word."""
    groups = list[tuple[int, int, list[str]]]()
    for mention in who.mentions:
        between = who.doc[groups[-1][1] + 1 : mention.start] if groups else None
        if between is not None and all(each.lower_ in ("and", ",", "the", "or", "both") for each in between):
            first, _, parties = groups.pop()
            groups.append((first, mention.end - 1, [*parties, mention.party]))
        else:
            groups.append((mention.start, mention.end - 1, [mention.party]))
    return groups


def _turned(word: Token, predicate: str) -> bool:
    """Return whether the second name is the doer: 'attacked by', 'with the support of'."""
    after = word.nbor().lower_ if word.i + 1 < len(word.doc) else ""
    return after == "by" or (predicate == "supports" and word.pos_ == "NOUN" and after in ("of", "from"))


def _in_clause(word: Token, pair: tuple[str, str], who: Who) -> bool:
    """Return whether a cue is a verb, the first party does it, and the second is named within what it governs."""
    if word.pos_ != "VERB" or pair[0] not in subjects(word, who):
        return False
    for mention in who.mentions:
        root = who.doc[mention.root]
        if mention.party == pair[1] and word in list(root.ancestors):
            path = [root]
            while path[-1].i != word.i:
                path.append(path[-1].head)
            return not any(
                each.dep_ in ("relcl", "ccomp", "advcl", "nsubj", "nsubjpass", "agent") for each in path
            )
    return False


def _cue(span: Span) -> tuple[Token, str] | None:
    """Return the first cue word of some words, with the predicate it suggests."""
    for token in span:
        if token.i > 0 and token.nbor(-1).text == "-":
            continue
        for cues in (HOSTILE_CUES, FRIENDLY_CUES):
            predicate = cues.get(token.lemma_.lower())
            if predicate and (
                token.pos_ in ("VERB", "NOUN", "ADP", "ADJ") or token.lower_ in ("together", "alongside")
            ):
                beside = (
                    predicate == "fights" and token.i + 1 < len(token.doc) and token.nbor().lower_ in BESIDE
                )
                return token, "fights_beside" if beside else str(predicate)
    return None
