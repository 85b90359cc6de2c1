"""The text or JSON of a file, read in one place; whatever cannot be read as such is refused."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path
from typing import Any

from simulation.errors import InputError
from simulation.io.characters import called

_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MARKS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32"} | {
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


def text_of(path: Path, *, most_bytes: int, kind: str) -> str:
    """Return the text of a file, without its byte order mark; `kind` names in errors what is wanted.

    Errors: InputError where there is no such file or it cannot be read, is longer than `most_bytes`, is not
    UTF-8 or holds control characters.
    """
    return decoded(bytes_of(path, most_bytes + 1, kind), path, most_bytes=most_bytes, kind=kind)


def decoded(raw: bytes, path: Path, *, most_bytes: int, kind: str) -> str:
    """Return the text that the bytes of a file hold; InputError as in `text_of`."""
    if len(raw) > most_bytes:
        message = f"the file is over {most_bytes // 1000:,} kB; {kind} for this program is far smaller"
        raise InputError(message, file=path)
    if encoding := next((name for mark, name in _MARKS.items() if raw.startswith(mark)), None):
        raise InputError(f"{encoding} text; save the file as UTF-8", file=path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(raw, error.start, path) from None
    if "\0" in text:
        raise InputError(f"a binary file, not {kind}", file=path)
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        message = f"the control character {called(control[0])} is not allowed in text"
        raise InputError(message, file=path, line=line)
    return text


def _not_utf8(raw: bytes, at: int, path: Path) -> InputError:
    """Return the error for a byte that is not UTF-8, with the letter that it is in Western Europe, if it is one."""
    line = None if b"\0" in raw else raw[:at].count(b"\n") + 1
    letter = raw[at : at + 1].decode("cp1252", "replace")
    is_old = line is not None and letter.isalpha()
    why = f": the byte 0x{raw[at]:02X} would be '{letter}' in Latin-1 (Windows-1252)" if is_old else ""
    return InputError(f"not UTF-8 text{why}; save the file as UTF-8", file=path, line=line)


def json_of(path: Path, *, most_bytes: int, kind: str) -> Any:
    """Return the data in a JSON file; InputError as in `text_of`, and for text that is no JSON."""
    text = text_of(path, most_bytes=most_bytes, kind=kind)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"cannot be read as {kind}: {error}", file=path) from error


def bytes_of(path: Path, most: int, kind: str) -> bytes:
    """Return the first bytes of a file, at most so many; InputError where it cannot be read."""
    try:
        if path.is_dir():
            raise InputError(f"a folder, not {kind}", file=path)
        if path.exists() and not path.is_file():
            raise InputError("not an ordinary file", file=path)
        with path.open("rb") as stream:
            return stream.read(most)
    except FileNotFoundError:
        raise InputError("there is no such file", file=path) from None
    except PermissionError:
        raise InputError("no permission to read the file", file=path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"the file cannot be read: {reason}", file=path) from None
