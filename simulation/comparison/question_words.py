"""Which question a comparison on reports asks, in words: what would have been different, or what now."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.comparison.condition import Condition, Question
from simulation.comparison.vocabulary import Vocabulary
from simulation.updating.sentences import effective_words, trouble_words
from simulation.wording.phrases import counted, listed

HEAD = "Which question was asked"
AS_REPORTED = "are drawn so that they go as was reported"
BY_WEIGHT = "count by how well they agree with them"


def question_sentences(condition: Condition, words: Vocabulary) -> Iterator[str]:
    """Yield which question is asked of which scenarios, and how much the histories are worth after the reports."""
    reference, said = words.the_reference, _reported(condition)
    drawn = condition.is_sequential
    asked = condition.questions
    by = {kind: [name for name in asked if asked[name] is kind] for kind in Question}
    if some := by[Question.WHAT_IF]:
        yield (
            f"The question is what would have been different, given {said}: “how would it have gone "
            f"{_under(some, words)}?” It is not “what now?”. The reports tell of {reference}: its histories "
            f"{AS_REPORTED if drawn else BY_WEIGHT}. The same histories are then played again from the start, with the "
            f"same unknown numbers{' and' if drawn else ','} the same luck{'' if drawn else ' and the same weights'}, "
            "and nothing changed but the circumstance."
        )
    if some := by[Question.WHAT_NOW]:
        them = "them" if len(some) > 1 else "it"
        yield (
            f"The question is what now, given {said}: “how will it go on {_under(some, words)}?” Up to the last report "
            f"nothing differs between {reference} and {them}; the change comes after it, and each history goes on from "
            f"there{'' if drawn else ' with the weight that the reports give it'}."
        )
    yield effective_words(condition.evidence)
    if trouble := trouble_words(condition.evidence):
        yield trouble


def _reported(condition: Condition) -> str:
    reports = counted(len(condition.evidence.pulls), "report")
    by = f" that were known by the end of {condition.as_of}" if condition.as_of else ""
    return (
        f"the {reports}{by}"
        if len(condition.evidence.pulls) > 1
        else f"the one report{by}".replace("were", "was")
    )


def _under(names: list[str], words: Vocabulary) -> str:
    """Return the scenarios within a sentence: "with truce-holds" or "without the truce"."""
    called = listed([words.called(name) for name in names])
    said = called if names[0] in words.left_out else f"with {called}"
    return said[:1].lower() + said[1:]
