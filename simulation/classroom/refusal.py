"""What a room refuses, in a sentence for whoever asked, with the HTTP status that goes with it."""

from __future__ import annotations


class RefusalError(Exception):
    """A request that cannot be done as things are."""

    def __init__(self, status: int, sentence: str) -> None:
        """Refuse with an HTTP status and one sentence that says what to do."""
        self.status, self.sentence = status, sentence
        super().__init__(sentence)
