"""What must be the same wherever the histories of one run are played, so that its tables are the same bytes."""

from __future__ import annotations

import hashlib
import math
import platform
import struct
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from typing import NamedTuple

from simulation.results.engine_digest import engine_version

_POINTS = 2_000
_FUNCTIONS = (math.exp, math.log, math.sin, math.cos, math.tanh, math.log1p, math.expm1)
"""Of the mathematical library of the system, which compiled rules call as well."""


class Identity(NamedTuple):
    """Which program a process is, as far as it can change a number, and how it speaks."""

    engine: str
    """Version of the package with the digest of its engine."""
    python: str
    """Version of Python, without its last number."""
    arithmetic: str
    """Digest of what exp, log and others give: mathematical libraries differ in the last digit."""
    distributed: str
    """Version of the library that carries what is asked and answered."""

    def difference(self, other: Identity) -> str:
        """Return in words how another process differs, and what to do; nothing where it is the same."""
        if other.engine != self.engine:
            return f"has simulate {other.engine}, and here it is {self.engine}: install the same version in both places"
        if other.python != self.python:
            return f"has Python {other.python}, and here it is {self.python}: start it with the same version"
        if other.distributed != self.distributed:
            return (
                f"has distributed {other.distributed}, and here it is {self.distributed}: install the same version in "
                "both places"
            )
        if other.arithmetic != self.arithmetic:
            return (
                "reckons exp or log differently in the last digit than here, so that histories would differ: use "
                "workers with the same system and kind of processor, or start the run on one of them"
            )
        return ""


@cache
def identity() -> Identity:
    """Return what this process is."""
    return Identity(
        engine=engine_version(),
        python=".".join(platform.python_version_tuple()[:2]),
        arithmetic=_arithmetic(),
        distributed=metadata.version("distributed"),
    )


def difference_of(who: str, answer: Identity | Exception) -> Iterator[str]:
    """Yield in words how somebody who was asked is another program than this; nothing of one that has gone."""
    if isinstance(answer, Identity):
        difference = identity().difference(answer)
        if difference:
            yield f"{who} {difference}"
    elif not isinstance(answer, OSError):  # what is missing there is told as an Exception of no kind
        yield f"{who} has no simulate of this version ({answer}): install it there with the extra dask"


def _arithmetic() -> str:
    """Return a digest over some functions at points between 0 and 1, and at the same powers of two apart."""
    digest = hashlib.sha256()
    for k in range(1, _POINTS):
        x = math.modf(k * (math.sqrt(5) - 1) / 2)[0]
        for scale in (1.0, 16.0):
            digest.update(
                struct.pack(f"<{len(_FUNCTIONS)}d", *(function(scale * x) for function in _FUNCTIONS))
            )
            digest.update(struct.pack("<d", (scale * x) ** 1.7))
    return digest.hexdigest()[:16]
