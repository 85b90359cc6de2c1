"""The stages of a lesson, in their order, and what is open in each."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where a lesson stands. The teacher opens one after the other, and may go back."""

    JOIN = "join"
    PREDICT = "predict"
    PLAY = "play"
    NOTICE = "notice"
    COMPARE = "compare"
    HOME = "home"

    @property
    def place(self) -> int:
        """The place in the order, from 0."""
        return tuple(Stage).index(self)

    def shows(self, part: Stage) -> bool:
        """Return whether what belongs to another stage may be read now."""
        return self.place >= part.place


WORDS = {
    Stage.JOIN: "Join",
    Stage.PREDICT: "Predict",
    Stage.PLAY: "Play",
    Stage.NOTICE: "Notice",
    Stage.COMPARE: "Compare",
    Stage.HOME: "Take home",
}
"""What each is called on a page."""
