"""Going through the bits of a whole number that are set, one at a time."""

from __future__ import annotations

from typing import Any

from numba import types
from numba.extending import intrinsic, overload


def _trailing_zeros(typing: Any, bits: Any) -> Any:
    """Have the compiler count the zeros below the lowest bit."""

    def write(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.cttz(args[0], context.get_constant(types.boolean, True))  # not asked of 0

    return types.int64(types.int64), write


_count: Any = intrinsic(_trailing_zeros)


def lowest_bit(bits: int) -> int:
    """Return the position of the lowest bit that is set of a number that is not 0."""
    return int(bits & -bits).bit_length() - 1


@overload(lowest_bit, inline="always")
def _lowest_bit(bits: Any) -> Any:
    def find(bits: Any) -> Any:
        return _count(bits)

    return find
