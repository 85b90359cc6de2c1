"""The sentence that says why no ending moves: what is sent and flown, and how little comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.comparison import quantities
from simulation.comparison.finding import Finding, FindingKind
from simulation.comparison.vocabulary import Vocabulary
from simulation.wording.phrases import listed, number

REACH = (
    FindingKind.ENDINGS_AT_MOST,
    FindingKind.REACH,
    FindingKind.REACH_UNCLEAR,
    FindingKind.REACH_IDENTICAL,
)
"""Kinds that share the sentence."""


def reach_words(findings: Sequence[Finding], words: Vocabulary) -> Iterator[str]:
    """Yield how far any ending may move, and whether what is sent and flown differs all the same.

    What a scenario may change besides (truces, orders, morale) is not counted here, and the words claim nothing of it.
    """
    most = next(each for each in findings if each.kind is FindingKind.ENDINGS_AT_MOST)
    share = 100 * most.numbers["most"]
    bound = f"no ending moves by more than {number(share) if share < 1 else round(share)} of 100 histories"
    bound += f" ({words.sure} each)"
    told = {kind: [each for each in findings if each.kind is kind] for kind in REACH[1:]}
    clear = [_clear(each, words) for each in told[FindingKind.REACH]]
    open_ = [_unclear(each, words) for each in told[FindingKind.REACH_UNCLEAR]]
    same = [words.outcome(each.subject) for each in told[FindingKind.REACH_IDENTICAL]]
    parts = [f"although what is sent and flown differs: {listed(clear)}"] * bool(clear)
    if open_:
        also = "" if clear else "and what is sent and flown cannot be told apart either: "
        parts.append(f"{also}{listed(open_)}{' cannot be told apart' * bool(clear)}")
    if same:
        also = "" if clear or open_ else "and what is sent and flown does not differ: "
        parts.append(f"{also}{listed(same)} the same in every history")
    yield f"{bound}{', ' if parts else ''}{'; '.join(parts)}"


def _clear(finding: Finding, words: Vocabulary) -> str:
    by, span = quantities.mean_difference(finding.numbers), quantities.mean_span(finding.numbers)
    return f"{words.outcome(finding.subject)} {by} ({words.sure}: {span})"


def _unclear(finding: Finding, words: Vocabulary) -> str:
    return f"{words.outcome(finding.subject)} ({words.sure}: {quantities.mean_span(finding.numbers)})"
