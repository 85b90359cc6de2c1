"""One drafted claim."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A claim as the rules read it; `sure` if read off the parse, `why` the words that it rests on.

    `object` is an actor or empty; then `about` says what the claim is about. `at` is where its verb or noun begins in
    the sentence. What is denied is the subject, predicate and object of what a denial says is not so, where they are
    read.
    """

    sentence: str
    subject: str
    predicate: str
    object: str = ""
    about: str = ""
    said_by: str
    verified: bool
    hedge: str = ""
    why: str
    sure: bool
    at: int
    denied: tuple[str, str, str] | None = None
