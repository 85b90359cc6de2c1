"""What the terminal summaries share: parts printed one below the other, and tables without lines."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text


def screen(parts: Iterable[RenderableType]) -> str:
    """Return the parts as text, with colours only where stdout is a terminal that wants them."""
    text, terminal = io.StringIO(), sys.stdout.isatty()
    # Within Jupyter a console shows what it prints and leaves its file empty, unless it is told otherwise.
    console = Console(
        file=text, width=terminal_width(), force_terminal=terminal, force_jupyter=False, highlight=False,
        markup=False, emoji=False,
    )  # fmt: skip
    for part in parts:
        console.print(part)
    return text.getvalue()


def table_of(*headings: str) -> Table:
    """Return a table without rows: names in the first column, numbers in the others."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for k, heading in enumerate(headings):
        table.add_column(Text(heading), justify="right" if k else "left", overflow="fold")
    return table


def whereabouts(folder: Path, page: Path | None, *, called: str = "Report") -> str:
    """Return the last lines of a summary: where the results are, and the page if there is one."""
    lines = [f"Results  {folder}", *([f"{called:<8} {page}"] if page is not None else [])]
    return "".join(f"{line}\n" for line in lines)


WIDTH_WHEN_PIPED = 110
NARROWEST = 60
"""Letters; in a narrower table numbers would be cut, so that a line that the terminal breaks is better."""


def terminal_width() -> int:
    """Return how many letters a line on stdout may have."""
    return max(NARROWEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else WIDTH_WHEN_PIPED
