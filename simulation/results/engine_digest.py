"""Which program made a folder: a digest over all that can change a number.

It is wider than the digest of the compile cache, which has to tell only what is compiled. What draws inputs, builds
worlds, collects outcomes or estimates is in it as well as the rules. Only rooms that tell, show or check what others
have reckoned are left out; whatever is new is in it until somebody adds it to them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
ONLY_SHOW = frozenset(
    "commands report histories sources mesa_model selftest record exchange classroom new_conflict drafting".split()  # noqa: SIM905
)
"""Rooms of the package on which no table depends."""
NO_CODE = frozenset({"bundled", "__pycache__"})
"""Folders within the package that hold no code: what a scenario says is in the digest of the scenario."""
NUMERICAL = ("numpy", "scipy", "numba", "llvmlite")
"""Libraries whose version may move the last digits of a number, or where a draw falls."""


@cache
def engine_version() -> str:
    """Return the version of the package, a plus sign, and 16 hexadecimal digits for the code and the libraries."""
    return f"{metadata.version('simulate-conflict')}+{engine_digest()}"


def engine_digest(package: Path = PACKAGE) -> str:
    """Return 16 hexadecimal digits over the code that makes numbers, as it is on disk, and its libraries."""
    digest = hashlib.sha256(repr([metadata.version(name) for name in NUMERICAL]).encode())
    for file in code_of_numbers(package):
        digest.update(file.relative_to(package).as_posix().encode() + b"\0")
        digest.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()[:16]


def code_of_numbers(package: Path = PACKAGE) -> Iterator[Path]:
    """Yield every module of the package but those of rooms that only show, in alphabetical order."""
    for file in sorted(package.rglob("*.py")):
        rooms = file.relative_to(package).parts[:-1]
        if not ONLY_SHOW.intersection(rooms[:1]) and not NO_CODE.intersection(rooms):
            yield file
