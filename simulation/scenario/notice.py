"""A notice: something in a scenario that is allowed and has no effect, or not the one that it seems to have."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One remark: `file`, `line` (from 1) and dotted `path` say of what, `message` what is to be known of it."""

    file: str
    line: int | None = None
    path: str
    message: str

    def __str__(self) -> str:
        """Return the place and the message in one line, as errors have them."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place} {self.path}: {self.message}" if self.path else f"{place}: {self.message}"

    def record(self) -> dict[str, Any]:
        """Return it as `--json` has it."""
        return asdict(self)


def notice_at(place: str, path: str, message: str) -> Notice:
    """Return a notice of what was written at a place, as `origin.where` has it: `my.yaml:4`, `--set days=5`."""
    file, _, line = place.rpartition(":")
    if not line.isdecimal() or place.startswith("--"):
        return Notice(file=place, path=path, message=message)
    return Notice(file=file, line=int(line), path=path, message=message)


def tell(notices: Iterable[Notice]) -> None:
    """Log notices as warnings, each once in a program however many runs it makes."""
    for text in map(str, notices):
        if text not in _TOLD:
            _TOLD.add(text)
            logging.getLogger("simulation.scenario").warning("notice: %s", text)


_TOLD: set[str] = set()
