"""What a planted error is: one exact replacement in one file, which fails loudly where its text does not stand once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulation.model.registry import Process


@dataclass(frozen=True)
class Mutant:
    """One planted error; `kind` is rate, effect, draw, wait, choice (of a commander) or rule (behind his choices).

    `label` tells apart those of one process and kind.
    """

    process: Process
    kind: str
    file: str
    old: str
    new: str
    label: str = ""

    @property
    def name(self) -> str:
        return "-".join(filter(None, (self.process.name.lower(), self.kind, self.label)))

    def planted(self, package: Path) -> str:
        """Return the text of the file with the error in it; ValueError where it cannot be planted."""
        text = (package / self.file).read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise ValueError(f"{self.name}: {self.old!r} stands {text.count(self.old)} times in {self.file}")
        return text.replace(self.old, self.new)
