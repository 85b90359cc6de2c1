"""The words of a study: every sentence that the terminal, the page and `sentences.txt` make of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from simulation.outcomes.labels import spell
from simulation.sensitivity_analysis.finding import SHARE, StudyFinding, Trouble, TroubleKind
from simulation.sensitivity_analysis.finding import StudyFindingKind as Kind
from simulation.sensitivity_analysis.shares import in_brackets
from simulation.wording.phrases import listed, number

NAMED = 4
"""Inputs that a sentence names; the others are counted."""
THROW = "a new throw of the dice"
"""What moving no input but the luck is called."""
PARTS_OF_VARIANCE = "parts of 100 of the variance"
"""The unit of shares as they are drawn."""
TOGETHER = {Kind.LEAST_CHANCE: Kind.MOST_CHANCE}
"""Kinds that share a sentence with another."""


@dataclass(frozen=True, kw_only=True)
class StudyVocabulary:
    """What sentences call things: labels and units of outcomes and labels of inputs, by name.

    `troubles` says why nothing is said of an outcome; it has no others.
    """

    outcomes: Mapping[str, str]
    units: Mapping[str, str]
    inputs: Mapping[str, str]
    troubles: Mapping[str, Trouble]

    def called(self, name: str) -> str:
        """Return what an entry of a table is called: an input, "chance", or all the others."""
        return self.inputs.get(name, spell(name))


def study_sentences(findings: Sequence[StudyFinding], words: StudyVocabulary) -> tuple[str, ...]:
    """Return findings in sentences, those of a kind together; of one outcome, without its name."""
    return tuple(
        text
        for kind, together in groupby(findings, key=_sharing)
        for text in _WORDS[kind](list(together), words)
    )


def trouble_words(trouble: Trouble) -> str:
    """Return why nothing is said of an outcome, to follow "it is"."""
    return _TROUBLES[trouble.kind](trouble.numbers)


def _same(numbers: Mapping[str, float]) -> str:
    return "the same in every history"


def _rare(numbers: Mapping[str, float]) -> str:
    usual, other, cases = (numbers[name] for name in ("usual", "other", "cases"))
    return f"too rare: other than {usual:g} in only {int(other)} of {cases:,} cases"


def _few(numbers: Mapping[str, float]) -> str:
    return f"that histories worth {numbers['effective']:,.0f} after the reports are too few"


_TROUBLES: Mapping[TroubleKind, Callable[[Mapping[str, float]], str]] = {
    TroubleKind.SAME: _same,
    TroubleKind.RARE: _rare,
    TroubleKind.FEW: _few,
}


def _sharing(finding: StudyFinding) -> Kind:
    """Return the kind by which findings share a sentence."""
    return TOGETHER.get(finding.kind, finding.kind)


def _nothing_said(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    yield "Nothing can be said: no outcome varies often enough in so few histories."


def _chance_in_all(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    shares = " and ".join(f"{_parts(each)} for {words.outcomes[each.outcome]}" for each in findings)
    yield (
        f"Of how much histories differ (the variance), chance makes {shares}; the rest comes from what nobody knows."
    )


def _drivers(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    names = listed([f"{words.called(each.input)} ({100 * each.numbers['share']:.1f})" for each in findings])
    among = sum(each.numbers["group"] == 1 for each in findings)
    order = "" if among < 2 else f"; the first {among} are too close to be put in order"
    outcomes = int(findings[0].numbers["outcomes"])
    yield f"Over all {outcomes} outcomes, in parts of 100 on average, {names} drive most{order}."


def _strongest(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    named = listed([words.outcomes[each.outcome] for each in findings])
    yield f"A single strongest input can be named for {named}."


def _no_strongest(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    yield "For no outcome can a single strongest input be named."


def _first_look(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    walks, seen, inputs = (int(findings[0].numbers[name]) for name in ("walks", "seen", "inputs"))
    yield (
        f"A first look along {walks:,} walks: {seen} of {inputs} inputs show an effect on some outcome that is more "
        f"than {THROW}."
    )
    yield "Sizes are rough; shares of variance need the full study."


def _conditioned(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    histories, effective = (findings[0].numbers[name] for name in ("histories", "effective"))
    yield (
        f"Updated on reports, {histories:,.0f} histories are worth {effective:,.0f} (effective sample size); shares "
        "are of what still differs after the reports."
    )
    yield (
        "Inputs hang together then: an input may have a share for what it says of another, and shares need not add up."
    )


def _unsaid(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    yield f"nothing can be said; it is {trouble_words(words.troubles[findings[0].outcome])}."


def _chance(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    yield f"{_parts(findings[0])} of the variance are chance{_range(findings[0])}."


def _inputs(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    groups = groupby(findings, key=lambda finding: finding.numbers["group"])
    clauses = "; then ".join(_group(list(members), words) for _, members in groups)
    yield f"What knowing one number would take away, in parts: {clauses}."


def _group(findings: Sequence[StudyFinding], words: StudyVocabulary) -> str:
    names = [f"{words.called(each.input)} ({100 * each.numbers['share']:.0f})" for each in findings[:NAMED]]
    more = len(findings) - NAMED
    known = listed([*names, f"{more} more"] if more > 0 else names)
    histories = int(findings[0].numbers["histories"])
    return known if len(findings) == 1 else f"{known}, not to be told apart at {histories:,} histories"


def _others(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    left, inputs, cases = (int(findings[0].numbers[name]) for name in ("left", "inputs", "cases"))
    some = left != inputs
    who = (
        f"The effects of the other {left:,}" if some else f"No input stands out: the effects of all {left:,}"
    )
    yield f"{who} cannot be told from none at {cases:,} cases."


def _total(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    it = findings[0]
    name, share = words.called(it.input), _parts(it)
    yield f"Together with the other inputs {name} has a hand in {share}{_range(it)}."


def _dice(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    it = findings[0]
    size = _sized(it.numbers["size"], words.units[it.outcome])
    yield f"{THROW} alone changes it by {size} on average."


def _effects(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    names = listed([_effect(each, words) for each in findings[:NAMED]])
    more = f", and {len(findings) - NAMED} more" if len(findings) > NAMED else ""
    yield f"An effect shows in {names}{more}; order within a group says nothing."


def _effect(finding: StudyFinding, words: StudyVocabulary) -> str:
    mean = finding.numbers["mean"]
    sign = "+" if mean >= 0 else "\N{MINUS SIGN}"
    return f"{words.called(finding.input)} ({sign}{_sized(abs(mean), words.units[finding.outcome])})"


def _no_effect(findings: Sequence[StudyFinding], words: StudyVocabulary) -> Iterator[str]:
    yield f"No input shows more than that along {int(findings[0].numbers['walks']):,} walks."


def _sized(value: float, unit: str) -> str:
    """Return a size with its unit; a share of histories as a count of 100."""
    return f"{100 * value:.0f} of 100 histories" if unit == SHARE else f"{number(value)} {unit}"


def _parts(finding: StudyFinding) -> str:
    """Return a share of variance as "32 of 100 parts"."""
    return f"{100 * min(1, max(0, finding.numbers['share'])):.0f} of 100 parts"


def _range(finding: StudyFinding) -> str:
    """Return the interval of a share of variance to follow it."""
    return in_brackets(finding.numbers["low"], finding.numbers["high"])


StudyWords = Callable[[Sequence[StudyFinding], StudyVocabulary], Iterator[str]]
"""What puts neighbouring findings of a kind into sentences."""

_WORDS: Mapping[Kind, StudyWords] = {
    Kind.NOTHING_SAID: _nothing_said,
    Kind.MOST_CHANCE: _chance_in_all,
    Kind.DRIVER: _drivers,
    Kind.CONDITIONED: _conditioned,
    Kind.STRONGEST: _strongest,
    Kind.NO_STRONGEST: _no_strongest,
    Kind.UNSAID: _unsaid,
    Kind.CHANCE: _chance,
    Kind.INPUT: _inputs,
    Kind.OTHERS: _others,
    Kind.TOTAL: _total,
    Kind.FIRST_LOOK: _first_look,
    Kind.DICE: _dice,
    Kind.EFFECT: _effects,
    Kind.NO_EFFECT: _no_effect,
}
"""How each kind is told; those that share a sentence under the first of them."""
