"""Ways in which a file can be damaged; each takes its bytes and a stream of luck and returns other bytes."""

import functools
import json
import os
import re
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

ROOT = Path(__file__).parents[2]
STRANGE = (
    None, True, "", " ", "x", "x" * 5000, "é", "e\u0301", "\u2028", "a: b", "../..", "/dev/zero", [], {}, [[]],
    {"": 1}, 0, -1, 0.5, 2.0, 1e-320, 1e16, 1e308, 10**17, 10**30, -(2**63), "1e999", ".nan", ".inf", "1_000", "0x10",
    "٢٠", "2,5", "2024-02-31", "0000", "2024-01-01", "always", "highland_league", "Weirford", "Weirford\u200b",
    "\x1b]0;x\x07", "\x9b31m", "a\u202eb", "%s{0}{x}", "[/b]:smile:", ["Weirford"] * 70, list(range(50)),
)  # fmt: skip
EXTREME = (
    "0", "-0", "-1", "1", "0.5", "1e-320", "5e-324", "1e16", "1e17", "1e30", "1e308", "1e309", "-1e308", "180", "90",
    "-180", "2147483647", "2147483648", "9223372036854775807", "9" * 40, "9" * 500, "0." + "0" * 60 + "1", "nan", "inf",
    ".nan", "-.inf", "1_000", "1,5", "1 000", "0x1F", "1e", "--1", "٣", "1.0", "2.0e0", "1:30", "true",
)  # fmt: skip
CONTROLS = (
    "\x00",
    "\x07",
    "\x1b[31m",
    "\x1b]0;x\x07",
    "\x7f",
    "\x85",
    "\x9b",
    "\u200b",
    "\u2028",
    "\u202e",
    "\ufeff",
    "\ufffe",
)
MARKS = "{}[]:,&*!|>'\"%@`#-? \t\n\r\\"
VALUE = re.compile(rb"(?<=[:,\[{] )[^,\n\]}]+|(?<=,)[^,\n]*|^[^,\n]+(?=,)", re.MULTILINE)
NUMBER = re.compile(rb"(?<![\w.])-?[0-9]+(\.[0-9]+)?(?![\w.])")
WORD = re.compile(rb"[A-Za-z][\w-]{2,}")
MOST_BYTES = 3_000_000
"""Of a file that grows."""


def cut(raw, r):
    return raw[: r.randrange(len(raw))]


def flip(raw, r):
    bytes_ = bytearray(raw)
    for _ in range(r.randint(1, 8)):
        bytes_[r.randrange(len(bytes_))] ^= 1 << r.randrange(8)
    return bytes(bytes_)


def without_a_line(raw, r):
    lines = raw.splitlines(keepends=True)
    del lines[r.randrange(len(lines))]
    return b"".join(lines)


def line_twice(raw, r):
    lines = raw.splitlines(keepends=True)
    lines.insert(r.randrange(len(lines)), r.choice(lines))
    return b"".join(lines)


def line_often(raw, r):
    """Repeat a line until the file is large."""
    lines = raw.splitlines(keepends=True)
    at = r.randrange(len(lines))
    times = min(10 ** r.randint(2, 6), MOST_BYTES // (len(lines[at]) + 1))
    return b"".join([*lines[:at], lines[at] * times, *lines[at:]])


def lines_swapped(raw, r):
    lines = raw.splitlines(keepends=True)
    a, b = r.randrange(len(lines)), r.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return b"".join(lines)


def cells_swapped(raw, r):
    """Swap two fields, as commas part them, of the same line or of two."""
    rows = [line.split(b",") for line in raw.split(b"\n")]
    a, b = r.choice(rows), r.choice(rows)
    i, j = r.randrange(len(a)), r.randrange(len(b))
    a[i], b[j] = b[j], a[i]
    return b"\n".join(b",".join(row) for row in rows)


def otherwise_separated(raw, r):
    """Part the fields by something else, or begin as some spreadsheets do, or make the header a comment."""
    mark = r.choice([b";", b"\t", b"|", b", ", b" ,"])
    head = next((line for line in raw.split(b"\n") if line and not line.startswith(b"#")), b"x")
    return r.choice(
        [
            raw.replace(b",", mark),
            b"sep=" + mark + b"\n" + raw,
            raw.replace(head, b"#" + head, 1),
            raw.replace(b".", b","),
        ]
    )


def marks_inserted(raw, r):
    at = r.randrange(len(raw))
    return raw[:at] + "".join(r.choices(MARKS, k=r.randint(1, 4))).encode() + raw[at:]


def controls_inserted(raw, r):
    at = r.randrange(len(raw))
    mark = r.choice(CONTROLS)
    return raw[:at] + r.choice([mark.encode(), json.dumps(mark)[1:-1].encode()]) + raw[at:]


def value_swapped(raw, r):
    strange = r.choice(STRANGE)
    text = strange if isinstance(strange, str) else json.dumps(strange)
    return _replaced(raw, VALUE, text.encode("utf-8", "surrogatepass"), r)


def number_replaced(raw, r):
    return _replaced(raw, NUMBER, r.choice(EXTREME).encode(), r)


def word_replaced(raw, r):
    return _replaced(raw, WORD, r.choice(_words()), r)


def word_lengthened(raw, r):
    return _replaced(raw, WORD, b"W" * 10 ** r.randint(2, 6), r)


def nested(raw, r):
    deep = 10 ** r.randint(1, 5)
    return _replaced(
        raw, VALUE, r.choice([b"[" * deep, b"[" * deep + b"]" * deep, b"{a: " * deep, b"- " * deep]), r
    )


def _replaced(raw, pattern, text, r):
    """Return the bytes with one of the matches of a pattern replaced."""
    found = list(pattern.finditer(raw))
    start, end = r.choice(found).span() if found else (0, 0)
    return raw[:start] + text + raw[end:]


@functools.cache
def _words():
    """Return the names that stand in the seeds of all worlds."""
    files = sorted(file for end in ("*.yaml", "*.csv") for file in (ROOT / "seeds").rglob(end))
    return sorted({word for file in files for word in WORD.findall(file.read_bytes())})


def structure_changed(raw, r):
    """Delete, double, rename, move or replace something in JSON or YAML data."""
    data = _data(raw)
    if not isinstance(data, dict) or not data:
        return value_swapped(raw, r)
    holder, key = r.choice(list(_nodes(data)))
    change = r.randrange(5)
    if change == 0:
        del holder[key]
    elif change == 1:
        holder[key] = [holder[key], holder[key]]
    elif change == 2 and isinstance(holder, dict):
        holder[f"{key}s"] = holder.pop(key)
    elif change == 3:
        other, place = r.choice(list(_nodes(data)))
        holder[key] = json.loads(json.dumps(other[place], default=str))
    else:
        holder[key] = r.choice(STRANGE)
    return json.dumps(data, default=str, indent=1).encode()


def key_doubled(raw, r):
    """Write a key and its value a second time, with another value."""
    found = re.findall(rb"^( *)([A-Za-z_]+):.*$", raw, re.MULTILINE)
    if not found:
        return line_twice(raw, r)
    indent, key = r.choice(found)
    return raw.replace(indent + key + b":", indent + key + b": 1\n" + indent + key + b":", 1)


def _data(raw):
    """Return the data of JSON or YAML bytes as lists and dicts that may be changed; None for what is neither."""
    try:
        return json.loads(raw)
    except ValueError:
        pass
    try:
        return json.loads(json.dumps(_yaml(raw), default=str))
    except (YAMLError, ValueError):
        return None


@functools.lru_cache(maxsize=200)
def _yaml(raw):
    return YAML(typ="safe", pure=True).load(StringIO(raw.decode()))


def _nodes(data):
    for key in list(data) if isinstance(data, dict) else range(len(data)):
        yield data, key
        if isinstance(data[key], dict | list):
            yield from _nodes(data[key])


def zeros_inserted(raw, r):
    at = r.randrange(len(raw))
    return raw[:at] + bytes(r.randint(1, 9)) + raw[at:]


def zeroed(raw, r):
    """Let a stretch be zeros, as a file is after a crash of its disk."""
    at = r.randrange(len(raw))
    end = min(len(raw), at + r.choice([8, 512, 4096, len(raw)]))
    return raw[:at] + bytes(end - at) + raw[end:]


def other_encoding(raw, r):
    text = raw.decode("utf-8", "replace")
    return r.choice(
        [
            text.encode("utf-16"),
            text.encode("utf-16-le"),
            text.encode("utf-32"),
            ("é" + text).encode("latin-1", "replace"),
            b"\xff" + raw,
        ]
    )


def same_text_otherwise(raw, r):
    return r.choice([b"\xef\xbb\xbf" + raw, raw.replace(b"\n", b"\r\n"), raw.replace(b"\n", b"\r"), raw * 2])


def something_else(raw, r):
    return r.choice(
        [
            b"",
            b"\n \n",
            b"# nothing\n",
            r.randbytes(500),
            b"PK\x03\x04" + r.randbytes(200),
            b"- 1\n- 2\n",
            b"42",
            b"null",
            b"{}",
            b"[" * 10_000,
            b"{a: " * 1_000,
            b"- " * 5_000,
            b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
            b"!!python/object/apply:os.getcwd []\n",
            b"".join(b"k%d: 1\n" % k for k in range(2_000)),
            b"x" * 300_000,
            b"---\n---\n",
            b"%YAML 9.9\n---\na: 1\n",
        ]
    )


DAMAGES = (
    cut, flip, without_a_line, line_twice, line_often, lines_swapped, cells_swapped, cells_swapped, otherwise_separated,
    marks_inserted, controls_inserted, value_swapped, value_swapped, number_replaced, number_replaced, word_replaced,
    word_replaced, word_lengthened, nested, structure_changed, structure_changed, structure_changed, key_doubled,
    zeros_inserted, zeroed, other_encoding, same_text_otherwise, something_else,
)  # fmt: skip


def a_pipe(file):
    os.mkfifo(file)


def a_folder(file):
    file.mkdir()


def a_device(file):
    file.symlink_to("/dev/zero")


def a_loop(file):
    file.symlink_to(file)


def a_link_to_nothing(file):
    file.symlink_to("nowhere")


def nothing(file):
    pass


def a_terabyte_of_nothing(file):
    with file.open("wb") as stream:
        stream.truncate(10**12)


KINDS = (a_pipe, a_folder, a_device, a_loop, a_link_to_nothing, nothing, a_terabyte_of_nothing)
"""What may stand where a file is expected; each makes it at a path where nothing is."""
