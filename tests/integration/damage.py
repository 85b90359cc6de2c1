"""Ways in which a file can be damaged; each takes its bytes and a stream of luck and returns other bytes."""

import json
import re
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

STRANGE = (
    None, True, "", " ", "x", "x" * 5000, "é", "\u2028", "a: b", "../..", "/dev/zero", [], {}, [[]], {"": 1},
    0, -1, 0.5, 1e-320, 1e308, 10**17, 10**30, -(2**63), "1e999", ".nan", ".inf", "2024-02-31", "0000",
    "2024-01-01", "always", "highland_league", "Weirford", ["Weirford"] * 70, list(range(50)),
)  # fmt: skip
MARKS = "{}[]:,&*!|>'\"%@`#-? \t\n\r\\"
VALUE = re.compile(rb"(?<=[:,\[{] )[^,\n\]}]+|(?<=,)[^,\n]*|^[^,\n]+(?=,)", re.MULTILINE)


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


def marks_inserted(raw, r):
    at = r.randrange(len(raw))
    return raw[:at] + "".join(r.choices(MARKS, k=r.randint(1, 4))).encode() + raw[at:]


def value_swapped(raw, r):
    found = r.choice(list(VALUE.finditer(raw)) or [re.search(b"", raw)])
    strange = r.choice(STRANGE)
    text = strange if isinstance(strange, str) else json.dumps(strange)
    return raw[: found.start()] + text.encode() + raw[found.end() :]


def structure_changed(raw, r):
    """Delete, double, rename or replace something in YAML data; values of another file are swapped."""
    try:
        data = YAML(typ="safe", pure=True).load(StringIO(raw.decode()))
    except YAMLError:
        return value_swapped(raw, r)
    if not isinstance(data, dict):
        return value_swapped(raw, r)
    holder, key = r.choice(list(_nodes(data)))
    change = r.randrange(4)
    if change == 0:
        del holder[key]
    elif change == 1:
        holder[key] = [holder[key], holder[key]]
    elif change == 2 and isinstance(holder, dict):
        holder[f"{key}s"] = holder.pop(key)
    else:
        holder[key] = r.choice(STRANGE)
    return json.dumps(data, default=str, indent=1).encode()


def _nodes(data):
    for key in list(data) if isinstance(data, dict) else range(len(data)):
        yield data, key
        if isinstance(data[key], dict | list):
            yield from _nodes(data[key])


def zeros_inserted(raw, r):
    at = r.randrange(len(raw))
    return raw[:at] + bytes(r.randint(1, 9)) + raw[at:]


def other_encoding(raw, r):
    text = raw.decode()
    return r.choice(
        [
            text.encode("utf-16"),
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
            b"[" * 10_000,
            b"{a: " * 1_000,
            b"- " * 5_000,
            b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
            b"!!python/object/apply:os.system [ls]\n",
            b"".join(b"k%d: 1\n" % k for k in range(2_000)),
            b"x" * 300_000,
            b"---\n---\n",
            b"%YAML 9.9\n---\na: 1\n",
        ]
    )


DAMAGES = (
    cut, flip, without_a_line, line_twice, marks_inserted, value_swapped, value_swapped, structure_changed,
    structure_changed, structure_changed, zeros_inserted, other_encoding, same_text_otherwise, something_else,
)  # fmt: skip
