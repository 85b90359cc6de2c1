"""Errors a user can act on, and the one sentence each of them prints."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_LONGEST = 600
"""Letters of a place or a message; what is longer was given by the user and is cut."""
MOST_SHOWN = 20
"""Errors of one input that are told in full; a file that is wrong throughout has one cause or two."""
MOST_KEPT = 200
"""Errors of one input that are looked for; to say of each what was meant takes time."""


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

    @property
    def every(self) -> tuple[InputError, ...]:
        """All that is wrong: this alone, or each of several."""
        return (self,)

    def record(self) -> dict[str, str | int | None]:
        """Return file, line, path and message, as `--json` has them."""
        file = None if self.file is None else str(self.file)
        return {"file": file, "line": self.line, "path": self.path, "message": self.message}

    def lines(self) -> list[str]:
        """Return what is wrong, one sentence a line; of very many the first, and how many more there are."""
        shown = [str(error) for error in self.every[:MOST_SHOWN]]
        more = len(self.every) - len(shown)
        least = "at least " if len(self.every) >= MOST_KEPT else ""
        return [*shown, f"and {least}{more} more"] if more else shown

    def _sentence(self) -> str:
        place = "" if self.file is None else str(self.file)
        if place and self.line is not None:
            place += f":{self.line}"
        where = " ".join(part for part in (place, self.path or "") if part)
        return f"{_cut(where)}: {_cut(self.message)}" if where else _cut(self.message)


class CombinedInputError(InputError):
    """Several things that cannot be used, sorted by file and line; file, line, path and message are the first's."""

    def __init__(self, errors: Iterable[InputError]) -> None:
        """Sort the errors, at least one, and leave out what is said twice."""
        single = {str(error): error for each in errors for error in each.every}
        self._every = tuple(sorted(single.values(), key=_place)[:MOST_KEPT])
        first = self._every[0]
        super().__init__(first.message, file=first.file, line=first.line, path=first.path)

    @property
    def every(self) -> tuple[InputError, ...]:
        """Each of them."""
        return self._every

    def _sentence(self) -> str:
        return "\n".join(self.lines())


def _place(error: InputError) -> tuple[str, int]:
    return "" if error.file is None else str(error.file), error.line or 0


class Faults:
    """What is wrong with an input, gathered so that all of it is said at once.

    A check that does not need what another has refused stands in its own `gather`; one that does comes after
    `refuse`, so that no error is only a consequence of another.
    """

    def __init__(self) -> None:
        """Begin with nothing wrong."""
        self.found: list[InputError] = []

    @contextlib.contextmanager
    def gather(self) -> Iterator[None]:
        """Keep an InputError raised inside, and go on after it."""
        try:
            yield
        except InputError as error:
            self.found += error.every

    def refuse(self) -> None:
        """Raise what was found: the one InputError, or CombinedInputError."""
        if self.found:
            raise united(self.found)


def united(errors: Iterable[InputError]) -> InputError:
    """Return several errors, at least one, as a single one."""
    several = CombinedInputError(errors)
    return several if len(several.every) > 1 else several.every[0]


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
