"""Pieces of HTML: escaped text, tables that stack on a phone, figures with their alternatives."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """Plain text that leads to an anchor of the same page."""

    text: str
    to: str

    def html(self) -> str:
        """Return the link."""
        return f'<a href="#{escape(self.to)}">{escape(self.text)}</a>'


Cell = str | Anchor
"""What stands in a cell of a table."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of plain text or links under their headings; columns in `numbers` are set to the right."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...] = ()

    def html(self) -> str:
        """Return the table; every cell repeats its heading for narrow screens."""
        head = "".join(
            f'<th scope="col"{self._side(i)}>{escape(text)}</th>' for i, text in enumerate(self.headings)
        )
        body = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows)
        return f'<table class="stack"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    def _cells(self, row: Sequence[Cell]) -> str:
        return "".join(
            f'<td data-label="{escape(self.headings[i])}"{self._side(i)}>{_cell(cell)}</td>'
            for i, cell in enumerate(row)
        )

    def _side(self, column: int) -> str:
        return ' class="number"' if column in self.numbers else ""


@dataclass(frozen=True, kw_only=True)
class Plot:
    """A plotly figure as plain data, `height` in px; `narrow` replaces layout entries on a narrow screen."""

    id: str
    data: list[dict[str, Any]]
    layout: dict[str, Any]
    height: int
    alternative: str
    narrow: dict[str, Any] | None = None

    def html(self) -> str:
        """Return the place where the figure is drawn, with the data it is drawn from."""
        content = {
            "data": self.data,
            "layout": self.layout | {"height": self.height},
            "narrow": self.narrow or {},
        }
        return (
            f'<div class="plot" id="{escape(self.id)}" role="img" aria-label="{escape(self.alternative)}" '
            f'style="height:{self.height}px"></div>{data_island(self.id, content)}'
        )


def _cell(cell: Cell) -> str:
    return cell.html() if isinstance(cell, Anchor) else escape(cell)


def figure(
    body: str,
    *,
    title: str = "",
    reading: str,
    table: Table | None = None,
    table_name: str = "",
    unfolded: bool = False,
) -> str:
    """Return a figure: title above, how to read it below, and its numbers as a table to unfold."""
    numbers = ""
    if table is not None:
        name, state = escape(table_name or "The same in numbers"), " open" if unfolded else ""
        numbers = f'<details class="numbers"{state}><summary>{name}</summary>{table.html()}</details>'
    heading = f'<p class="figure-title">{escape(title)}</p>' if title else ""
    return f"<figure>{heading}{body}<figcaption>{escape(reading)}</figcaption>{numbers}</figure>"


def data_island(owner: str, content: Any) -> str:
    """Return data for the page's script; "<" is written as an escape so that no text can end the element."""
    text = json.dumps(finite(content), separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f'<script type="application/json" data-for="{escape(owner)}">{safe}</script>'


def finite(content: Any) -> Any:
    """Return the content with NaN and infinities as None, which JSON has and plotly leaves out."""
    if isinstance(content, float):
        return content if math.isfinite(content) else None
    if isinstance(content, dict):
        return {key: finite(value) for key, value in content.items()}
    return [finite(value) for value in content] if isinstance(content, list | tuple) else content


def package_text(name: str) -> str:
    """Return one of the static files of the pages."""
    return (files("simulation.report") / "static" / name).read_text(encoding="utf-8")


def items(texts: Iterable[str]) -> str:
    """Return the texts as a list."""
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def section(name: str, heading: str, body: str, *, on_paper: bool = True) -> str:
    """Return a section with an anchor; one that is not `on_paper` is printed only when all is asked for."""
    kind = "" if on_paper else ' class="screen"'
    return f'<section id="{escape(name)}"{kind}><h2>{escape(heading)}</h2>{body}</section>'
