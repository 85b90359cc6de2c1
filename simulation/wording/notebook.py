"""How results show themselves in a notebook: a line where Python prints them, a small card where HTML is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

LONGEST_LINE = 200


def one_line(shown: object, text: str) -> str:
    """Return "<Run of duel: …>": the name of the type and a text, on one line of at most 200 letters."""
    line = f"<{type(shown).__name__} {' '.join(text.split())}>"
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 2]}…>"


def card(
    title: str,
    paragraphs: Iterable[str] = (),
    rows: Iterable[Sequence[str]] = (),
    *,
    printed: str = "",
    page: Path | None = None,
) -> str:
    """Return HTML: a title, paragraphs, rows of a table, text as a terminal has it, and a link to a page.

    All texts are plain and escaped here.
    """
    cells = ("".join(f"<td style='text-align:left'>{escape(cell)}</td>" for cell in row) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    parts = [
        f"<strong>{escape(title)}</strong>" if title else "",
        *(f"<p>{escape(text)}</p>" for text in paragraphs),
        f"<table>{table}</table>" if table else "",
        f"<pre>{escape(printed)}</pre>" if printed else "",
        "" if page is None else f"<p><a href='{_address(page)}' target='_blank'>{escape(str(page))}</a></p>",
    ]
    return f"<div>{''.join(parts)}</div>"


def _address(page: Path) -> str:
    """Return the address of a page beside the notebook, or of a file elsewhere."""
    return page.as_uri() if page.is_absolute() else quote(page.as_posix())
