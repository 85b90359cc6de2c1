"""What travels between the caller and the workers: objects as compressed bytes."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

CODEC = "lz4"
"""Quick enough for a fast network; tables of histories shrink to a tenth."""


@dataclass(frozen=True)
class Packet:
    """An object on its way: `content` is compressed, and has `size` bytes when it is not."""

    content: bytes
    size: int

    @classmethod
    def of(cls, given: Any) -> Packet:
        """Pack an object."""
        plain = pickle.dumps(given, protocol=pickle.HIGHEST_PROTOCOL)
        return cls(pa.compress(plain, codec=CODEC, asbytes=True), len(plain))

    def open(self) -> Any:
        """Return the object."""
        return pickle.loads(pa.decompress(self.content, self.size, codec=CODEC))
