"""What another program is told while we work: one JSON document a line on stderr, once it was asked for."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from typing import Any


class _Asked:
    yes = False


class _Notices(logging.Handler):
    """Tells the notices of the package as events."""

    def emit(self, record: logging.LogRecord) -> None:
        tell("notice", message=record.getMessage())


def ask() -> None:
    """Let all that goes to stderr from now on be events: progress, notices, and what goes wrong."""
    if not _Asked.yes:
        _Asked.yes = True
        logging.getLogger("simulation").addHandler(_Notices())


def asked() -> bool:
    """Return whether events were asked for."""
    return _Asked.yes


def tell(event: str, **more: Any) -> None:
    """Write an event of a kind with what belongs to it; where stderr takes nothing, nothing is told."""
    with contextlib.suppress(OSError):
        print(json.dumps({"event": event} | more), file=sys.stderr, flush=True)
