"""Errors a user can act on, and the one sentence each of them prints."""

from __future__ import annotations

from pathlib import Path

_LONGEST = 600
"""Letters of a place or a message; what is longer was given by the user and is cut."""


class SimulateError(Exception):
    """Something went wrong that we can say in one sentence."""


class InputError(SimulateError):
    """What the user gave cannot be used; the command ends with exit status 2.

    The message begins with the place: `file:line path: what is wrong and what is allowed`.
    """

    def __init__(
        self,
        message: str,
        *,
        file: Path | str | None = None,
        line: int | None = None,
        path: str | None = None,
    ) -> None:
        """Build the sentence from the place and the message."""
        self.message, self.file, self.line, self.path = message, file, line, path
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        place = "" if self.file is None else str(self.file)
        if place and self.line is not None:
            place += f":{self.line}"
        where = " ".join(part for part in (place, self.path or "") if part)
        return f"{_cut(where)}: {_cut(self.message)}" if where else _cut(self.message)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


class RunError(SimulateError):
    """The run itself failed (a full disk, a broken installation); exit status 1 with a log file."""


class NothingFinishedError(RunError):
    """No history finished, so that `folder` stays empty; `first` is what the first one failed of, if known."""

    def __init__(self, folder: Path, first: str = "") -> None:
        """Build the sentence from the folder and the failure."""
        self.folder, self.first = folder, first
        failure = f"; the first, {first}" if first else ""
        super().__init__(f"no replicate finished, so there is nothing to write to {folder}{failure}")
