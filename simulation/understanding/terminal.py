"""What was understood, as a terminal shows it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from simulation.understanding.caveats import caveats_of
from simulation.understanding.picture import Picture
from simulation.understanding.sentences import points
from simulation.wording.phrases import counted

WIDTH = 100
TITLE = "What was understood"


def understood_text(picture: Picture) -> str:
    """Return all that was understood, and the warnings, each with its cure."""
    return "\n".join(_lines(picture))


def _lines(picture: Picture) -> Iterator[str]:
    yield f"\n{TITLE}"
    for name, told in points(picture):
        yield from _filled(f"{name}: ", "; ".join(told), "  ")
    caveats = caveats_of(picture)
    yield f"\n{counted(len(caveats), 'warning') if caveats else 'No warnings'}"
    for number, each in enumerate(caveats, start=1):
        yield from _filled(f"{number}. ", each.words, "  ")
        yield from _filled("", f"Cure: {each.cure}", "     ")


def _filled(head: str, text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        f"{head}{text}",
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}   ",
        break_on_hyphens=False,
    )
