"""How the commands speak: results on stdout, one line of trouble on stderr, and the exit status."""

from __future__ import annotations

import codecs
import contextlib
import io
import json
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import typer

from simulation.errors import InputError, RunError
from simulation.io.event_lines import asked, tell

if TYPE_CHECKING:
    from simulation.results.manifest_head import ManifestHead

_PLAIN = str.maketrans({"█": "#", "▲": "^", "▼": "v", "…": "...", "±": "+-", "\N{MINUS SIGN}": "-"})
FAILED, WRONG_INPUT, PARTLY_FAILED, NOT_MET, RECORD_FAILS, INTERRUPTED = 1, 2, 3, 4, 5, 130
STATUSES = (
    "Exit status: 0 done, 1 we failed (with a log), 2 your input, 3 some histories failed, 4 --until was not reached "
    "(3 if both), 5 a line of the record fails (check --strict), 130 interrupted."
)


@contextlib.contextmanager
def exits() -> Iterator[None]:
    """Turn what happens inside into an exit status and, where something went wrong, one line on stderr."""
    try:
        try:
            yield
        except typer.Exit:
            _flush()
            raise
        _flush()
    except InputError as error:
        complain_of(error)
        raise typer.Exit(WRONG_INPUT) from None
    except KeyboardInterrupt as end:
        complain(_noted("interrupted", end))
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        _drop_stdout()
        raise typer.Exit(0) from None
    except typer.Exit:
        raise
    except Exception as error:
        complain(_failure(error))
        _drop_stdout()
        raise typer.Exit(FAILED) from None


@contextlib.contextmanager
def whole_output() -> Iterator[None]:
    """Make stdout and stderr ready for all that follows; what cannot be written of the help is status 1.

    What their encoding does not have they show in plain letters, or as numbers. One that was closed is no longer:
    otherwise the next file that is opened would take its place.
    """
    codecs.register_error("plainly", _plainly)
    _open_what_is_closed()
    sys.stdout.reconfigure(errors="plainly")  # type: ignore[union-attr]
    sys.stderr = _PatientStream(sys.stderr.detach(), sys.stderr.encoding)  # type: ignore[union-attr]
    try:
        yield
    except OSError as error:
        complain(_unwritten(error))
        _drop_stdout()
        raise SystemExit(FAILED) from None


class _PatientStream(io.TextIOWrapper):
    """Stderr: what it cannot take, because its device is full or gone, is not said, and nothing fails of it."""

    def __init__(self, buffer: Any, encoding: str) -> None:
        super().__init__(buffer, encoding, errors="plainly", line_buffering=True)

    def write(self, text: str) -> int:
        """Write a text if it can be written."""
        with contextlib.suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Write what is still buffered if it can be written."""
        with contextlib.suppress(OSError):
            super().flush()


def _open_what_is_closed() -> None:
    """Open the streams that the caller closed: stderr writes to nowhere, and whatever stdout is given fails."""
    for name, access, mode in (
        ("stdin", os.O_RDONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"),
    ):  # fmt: skip
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, access), mode, encoding="utf-8"))  # noqa: SIM115


def _flush() -> None:
    """Write what is buffered for stdout; RunError where it cannot be written."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise RunError(_unwritten(error)) from error


def _unwritten(error: OSError) -> str:
    return f"standard output cannot be written ({error.strerror})"


def _plainly(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    strange = error.object[error.start : error.end].translate(_PLAIN)
    return strange.encode("ascii", "backslashreplace").decode(), error.end


class CommandResult(Protocol):
    """What a command hands over: a run, a comparison, a study and so on."""

    @property
    def failed(self) -> Sequence[object]:
        """The histories that could not be finished."""

    @property
    def report(self) -> Path | None:
        """The page, if one was written."""

    @property
    def manifest(self) -> ManifestHead:
        """The manifest of its folder."""

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""

    def text(self) -> str:
        """Return the summary for a terminal."""


def hand_over(done: CommandResult, *, as_json: bool, open_report: bool) -> None:
    """Print what a command found; end with status 3 where histories failed, or with 4 where `--until` is not met."""
    say(json_text(done.summary()) if as_json else done.text())
    if open_report and done.report is not None:
        typer.launch(str(done.report))
    if done.failed:
        raise typer.Exit(PARTLY_FAILED)
    if not done.manifest.met:
        raise typer.Exit(NOT_MET)


def say(text: str) -> None:
    """Write a result to stdout, ended by a line break; what is unseen or moves other letters is escaped.

    Errors: RunError where it cannot be written.
    """
    from simulation.io.characters import escaped

    text = escaped(text)
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise RunError(_unwritten(error)) from error


def json_text(data: Any) -> str:
    """Return data as JSON; what the terminal cannot show is escaped. ValueError for NaN."""
    plain_terminal = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    return json.dumps(data, indent=2, ensure_ascii=plain_terminal, allow_nan=False)


def complain(message: str) -> None:
    """Write one line to stderr, with control characters made visible, or an event if those were asked for."""
    if asked():
        tell("error", message=message)
        return
    line = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in message)
    with contextlib.suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def complain_of(error: InputError) -> None:
    """Write all that is wrong with an input to stderr, a line for each."""
    for line in error.lines():
        complain(line)


def _failure(error: Exception) -> str:
    """Return the sentence for a failure of ours, having written its traceback to the log."""
    ours = isinstance(error, RunError)
    sentence = _noted(str(error) if ours else f"simulate failed: {type(error).__name__}: {error}", error)
    try:
        log = _log(error)
    except OSError as trouble:
        return f"{sentence}; no log could be written ({trouble.strerror})"
    return f"{sentence}; details are in {log}"


def _noted(sentence: str, error: BaseException) -> str:
    """Return a sentence with what was noted on an exception, such as what is kept of a run."""
    return "; ".join([sentence, *getattr(error, "__notes__", ())])


def _log(error: Exception) -> Path:
    import datetime

    import platformdirs

    name = f"{datetime.datetime.now():%Y-%m-%d-%H%M%S}-{os.getpid()}.log"
    log = platformdirs.user_log_path("simulate", ensure_exists=True) / name
    lines = [f"simulate {' '.join(sys.argv[1:])}", *traceback.format_exception(error)]
    log.write_text("\n".join(lines), encoding="utf-8", errors="backslashreplace")
    return log


def _drop_stdout() -> None:
    """Send what is still buffered for stdout nowhere, so that the interpreter can end without complaint."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
