"""What the file of a process says about itself: its first sentence, and its paragraphs by their heads."""

from __future__ import annotations

import ast
import re
from importlib.resources import files

HEADS = ("Claim", "Clock", "Formula", "Effect", "Draws", "Source", "Event")


def process_text(name: str) -> tuple[str, dict[str, str]]:
    """Return the first sentence of a process's file and its paragraphs by head; reads, never imports."""
    text = (files("simulation") / "model" / "processes" / f"{name}.py").read_text(encoding="utf-8")
    first, _, rest = (ast.get_docstring(ast.parse(text)) or "").partition("\n\n")
    pieces = re.split(rf"^({'|'.join(HEADS)}): ", rest, flags=re.MULTILINE)
    parts = zip(pieces[1::2], pieces[2::2], strict=True)
    return first, {head: " ".join(paragraph.split()) for head, paragraph in parts}
