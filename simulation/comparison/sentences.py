"""The words of a comparison: every sentence that the terminal, the page and `sentences.txt` make of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from simulation.comparison import quantities
from simulation.comparison.finding import Finding, FindingKind
from simulation.comparison.reach_words import REACH, reach_words
from simulation.comparison.vocabulary import Vocabulary
from simulation.outcomes.labels import spell
from simulation.statistics.evidence import UNCLEAR
from simulation.wording.phrases import closed, counted, listed, sentence

ENDS, CIVILIANS, ELSE = "How it ends", "Civilians", "What else"
NOT_CLEAR = (FindingKind.ENDING_UNCLEAR, FindingKind.OUTCOME_UNCLEAR)
"""Kinds that share one sentence."""
CLEAR = (FindingKind.ENDING, FindingKind.OUTCOME, FindingKind.FALL)
"""Kinds that share one sentence where they are all that is clear."""


@dataclass(frozen=True, kw_only=True)
class WordedSentence:
    """A sentence, and the kind of the findings that it tells."""

    kind: FindingKind
    text: str


@dataclass(frozen=True, kw_only=True)
class AnswerParagraph:
    """A part of the answer: its head ("" where nothing differs) and its sentences."""

    head: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraph on one line, its head before a colon."""
        said = " ".join(self.sentences)
        return f"{self.head}: {said}" if self.head else said


def answer_paragraphs(findings: Sequence[Finding], words: Vocabulary) -> tuple[AnswerParagraph, ...]:
    """Return the answer: how it ends, where the first sentence is followed by what the reference is; civilians."""
    return tuple(
        AnswerParagraph(head=head, sentences=tuple(_answered(list(together), words)))
        for head, together in groupby(findings, key=lambda finding: _ANSWER[finding.kind][0])
    )


def scenario_sentences(findings: Sequence[Finding], words: Vocabulary) -> tuple[WordedSentence, ...]:
    """Return a sentence for each finding of a scenario.

    One is shared by what is not clear, by what is the same, and by what is clear where that is all that is.
    """
    told: list[tuple[FindingKind, str]] = []
    for kind, together in groupby(findings, key=_sharing):
        told += [(kind, text) for text in _SCENARIO[kind](list(together), words)]
    if told and told[0][0] is FindingKind.NOTHING_ELSE_CLEAR:
        told = _with_exceptions(told)
    return tuple(WordedSentence(kind=kind, text=f"{sentence(text)}.") for kind, text in told)


def _with_exceptions(told: list[tuple[FindingKind, str]]) -> list[tuple[FindingKind, str]]:
    """Join what alone is clear to the words, which come first, that nothing else is."""
    (kind, nothing), *others = told
    clear = "; ".join(text for each, text in others if each in CLEAR)
    return [(kind, f"{nothing} {clear}"), *(pair for pair in others if pair[0] not in CLEAR)]


def _answered(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
    for kind, together in groupby(findings, key=lambda finding: finding.kind):
        yield from _ANSWER[kind][1](list(together), words)


def _sharing(finding: Finding) -> FindingKind:
    """Return the kind by which findings share a sentence."""
    return next((kinds[0] for kinds in (NOT_CLEAR, REACH) if finding.kind in kinds), finding.kind)


def _same_histories(cause: str) -> Words:
    def told(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
        yield (
            f"{cause}: {_all_are(findings)} the same as under {words.the_reference}, to the last digit, and every "
            "difference is exactly zero"
        )

    return told


def _nothing_clear(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
    yield f"nothing that is shown can be told from {words.the_reference}"


def _nothing_but(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
    yield from (f"{text} but" for text in _nothing_clear(findings, words))


def _ending(finding: Finding, words: Vocabulary) -> str:
    """Return "the government … in 48 instead of 40 of 100 histories (95 %: 5 to 12 more)"."""
    numbers, ending = finding.numbers, finding.subject
    meaning = closed(words.clauses.get(ending, f"the ending is {spell(ending)}"))
    return f"{meaning} in {quantities.instead(numbers)} ({words.sure}: {quantities.share_interval(numbers)})"


def _outcome(finding: Finding, words: Vocabulary) -> str:
    """Return "people displaced: lower by 12 on average (95 %: 9 to 15 lower)"."""
    by, span = quantities.mean_difference(finding.numbers), quantities.mean_span(finding.numbers)
    return f"{words.outcome(finding.subject)}: {by} ({words.sure}: {span})"


def _fall(finding: Finding, words: Vocabulary) -> str:
    """Return "Weirford falls in 8 fewer of 100 histories (95 %: …); clearly too, 2 other places less often"."""
    numbers = finding.numbers
    counts = [(int(numbers[f"{often}_often"]), f"{often} often") for often in ("more", "less")]
    also = [f"{count} other place{'s' if count > 1 else ''} {often}" for count, often in counts if count]
    rest = f"; clearly too, {listed(also)}" if also else ""
    by, interval = quantities.share_difference(numbers), f"{words.sure}: {quantities.share_interval(numbers)}"
    return f"{finding.subject} falls in {by} ({interval}){rest}"


def _not_clear(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
    endings = [
        f"{words.ending(each.subject)} ({quantities.share_span(each.numbers, 100)} of 100)"
        for each in findings
        if each.kind is FindingKind.ENDING_UNCLEAR
    ]
    outcomes = [
        f"{words.outcome(each.subject)} ({quantities.mean_span(each.numbers)})"
        for each in findings
        if each.kind is FindingKind.OUTCOME_UNCLEAR
    ]
    things = listed([*([_the_endings(endings)] if endings else []), *outcomes])
    yield f"{UNCLEAR} at {_replicates(findings, words)}: {things}"


def _the_same(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
    yield f"the same in every history: {_the_endings([words.ending(each.subject) for each in findings])}"


def _the_endings(names: list[str]) -> str:
    return f"the ending{'s' if len(names) > 1 else ''} {', '.join(names)}"


def _furthest(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
    yield f"{words.under([findings[0].scenario])} {_ending(findings[0], words)}."
    yield _reference(words)


def _no_ending(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
    one = len(findings) == 1
    who = f"{words.called(findings[0].scenario)} cannot" if one else "None of these scenarios can"
    many = f"{_replicates(findings, words)} of each"
    yield f"{who} be told from {words.the_reference} by its endings, at {many}."
    yield _reference(words)


def _reference(words: Vocabulary) -> str:
    how = "as it is" if words.worth is None else "after the reports"
    return (
        f"The reference, which stands after “instead of”, is the scenario {words.reference} {how}, not what really "
        "happened."
    )


def _stays_first(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
    yield (
        "No other scenario changes an ending as much; if all were played again, this one would come first in about "
        f"{findings[0].numbers['of_hundred']:.0f} of 100 repeats."
    )


def _next(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
    yield f"Next comes {words.called(findings[0].scenario)}: {_ending(findings[0], words)}."


def _unclear(what: str) -> Words:
    def told(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
        scenarios = words.under([each.scenario for each in findings])
        yield f"{scenarios} {what} cannot be told from {words.the_reference}."

    return told


def _killed(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
    for finding in findings:
        row = finding.numbers
        who = "civilians are killed on average" if finding is findings[0] else "are killed"
        many = f"{quantities.means(row, 'people')} {who}{quantities.times(row)}"
        yield f"{words.under([finding.scenario])}, {many} ({words.sure}: {quantities.count_span(row)})."


def _replicates(findings: Sequence[Finding], words: Vocabulary) -> str:
    return words.histories(int(findings[0].numbers["replicates"]))


def _all_are(findings: Sequence[Finding]) -> str:
    number = int(findings[0].numbers["replicates"])
    return "the only history is" if number == 1 else f"all {counted(number, 'history')} are"


def _each(told: Callable[[Finding, Vocabulary], str]) -> Words:
    """Return the words of findings that need a sentence each."""
    return lambda findings, words: (told(finding, words) for finding in findings)


def _alone(told: Words) -> Words:
    """Return words as a sentence that stands without the scenario's name."""
    return lambda findings, words: (f"{sentence(text)}." for text in told(findings, words))


def _with(told: Callable[[Finding, Vocabulary], str]) -> Words:
    """Return words that begin with the scenario that they are about."""
    return _each(lambda finding, words: f"{words.under([finding.scenario])} {told(finding, words)}.")


def _nothing_either(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
    yield "Nothing can be told apart either."


Words = Callable[[Sequence[Finding], Vocabulary], Iterator[str]]
"""What puts neighbouring findings of a kind into words."""

_SAME_SCENARIO = _same_histories("Nothing that decides a history differs")
_SAME_HISTORIES = _same_histories("What differs changes nothing")
_SCENARIO: Mapping[FindingKind, Words] = {
    FindingKind.SAME_SCENARIO: _SAME_SCENARIO,
    FindingKind.SAME_HISTORIES: _SAME_HISTORIES,
    FindingKind.NOTHING_CLEAR: _nothing_clear,
    FindingKind.NOTHING_ELSE_CLEAR: _nothing_but,
    FindingKind.ENDING: _each(_ending),
    FindingKind.OUTCOME: _each(_outcome),
    FindingKind.FALL: _each(_fall),
    FindingKind.ENDINGS_AT_MOST: reach_words,
    FindingKind.ENDING_UNCLEAR: _not_clear,
    FindingKind.ENDING_IDENTICAL: _the_same,
}
"""How each kind is told of a scenario, without a full stop; those of `NOT_CLEAR` and `REACH` under their first."""
_ANSWER: Mapping[FindingKind, tuple[str, Words]] = {
    FindingKind.SAME_SCENARIO: ("", _alone(_SAME_SCENARIO)),
    FindingKind.SAME_HISTORIES: ("", _alone(_SAME_HISTORIES)),
    FindingKind.FURTHEST_ENDING: (ENDS, _furthest),
    FindingKind.NO_ENDING_CLEAR: (ENDS, _no_ending),
    FindingKind.STAYS_FIRST: (ENDS, _stays_first),
    FindingKind.NEXT_ENDING: (ENDS, _next),
    FindingKind.ENDINGS_UNCLEAR: (ENDS, _unclear("the endings")),
    FindingKind.KILLED: (CIVILIANS, _killed),
    FindingKind.KILLED_UNCLEAR: (CIVILIANS, _unclear("the number killed")),
    FindingKind.OUTCOME: (ELSE, _with(_outcome)),
    FindingKind.FALL: (ELSE, _with(_fall)),
    FindingKind.NOTHING_CLEAR: (ELSE, _nothing_either),
}
"""Under which head each kind stands in the answer, and how it is told there."""
