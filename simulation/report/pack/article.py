"""The sources of a lesson: each document in numbered sentences, and what was understood of each sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape

from simulation.documents import Claim
from simulation.documents.document import Document
from simulation.report.pack.frame import pack_page

type Said = dict[tuple[str | None, str | None], list[Claim]]
"""The claims of each sentence of each document."""


def article_page(documents: Iterable[Document], claims: Iterable[Claim], names: dict[str, str]) -> str:
    """Return the page; `names` gives those of actors and speakers by their ids."""
    by_sentence: Said = defaultdict(list)
    for claim in claims:
        by_sentence[claim.document, claim.sentence].append(claim)
    main = "".join(_document(each, by_sentence, names) for each in documents)
    note = (
        "<p>These are restated sentences. Below each stands who says it and whether anybody confirmed it.</p>"
    )
    return pack_page(
        title="What was reported", kicker='<a href="../index.html">All lessons</a>', main=note + main
    )


def _document(document: Document, claims: Said, names: dict[str, str]) -> str:
    return "".join(
        (
            f'<h2 id="{escape(document.id)}">{escape(document.title)}</h2>',
            f"<p class='kicker'>{escape(document.date)} · {escape(document.source)}</p><ol>",
            *(
                f"<li>{escape(each.text)}{''.join(_said(claims[document.id, each.id], names))}</li>"
                for each in document.sentences.values()
            ),
            "</ol>",
        )
    )


def _said(claims: Iterable[Claim], names: dict[str, str]) -> Iterator[str]:
    speakers = {(claim.said_by, claim.verified) for claim in claims}
    for speaker, verified in sorted(speakers):
        who = names.get(speaker, speaker.replace("_", " "))
        yield f'<br><span class="kicker">Said by {escape(who)}{", confirmed" if verified else ""}.</span>'
