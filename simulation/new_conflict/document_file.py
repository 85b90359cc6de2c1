"""The article as a document of the seeds: a head, and its sentences by number."""

from __future__ import annotations

import textwrap

from simulation.drafting.text import Text

WIDTH = 120


def document_text(text: Text, title: str, source: str) -> str:
    """Return the document; who published it, and whether it may be passed on as it is, is for a person to say."""
    head = (
        f"---\ntitle: {_plain(title)}\ndate: {text.day}\nsource: {_plain(source)}\n"
        "note: Sentences as they stood; restate them in your own words before you pass this on\n---\n"
    )
    sentences = (textwrap.fill(f"{name}. {sentence}", WIDTH) for name, sentence in text.sentences.items())
    return head + "".join(f"\n{each}\n" for each in sentences)


def _plain(text: str) -> str:
    """Return a text on one line as YAML reads it without quotes, or with them where it must."""
    line = " ".join(text.split())
    return line if line and ": " not in line and " #" not in line and line[0].isalnum() else f'"{line}"'
