"""The frame of a sheet of paper: two pages of A4, readable on a screen too, with nothing from the network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from simulation.report.frame import generator
from simulation.report.markup import package_text

MAKER = "lesson"
"""The command that sheets are made by."""


def sheet(*, title: str, kicker: str, first: str, second: str) -> str:
    """Return a page of two sheets; `first` and `second` are HTML."""
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">\n{generator(MAKER)}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        'img-src data:">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(title)}</title>\n<style>{package_text('sheet.css')}</style></head>\n"
        f'<body><p class="kicker">{escape(kicker)}</p><h1>{escape(title)}</h1>\n'
        f'<main>{first}\n<div class="second">{second}</div></main></body></html>\n'
    )


def heading(text: str) -> str:
    """Return the heading of a part."""
    return f"<h2>{escape(text)}</h2>"


def lines(count: int) -> str:
    """Return lines to write on."""
    return f'<ul class="lines" aria-hidden="true">{"<li></li>" * count}</ul>'


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are HTML; an empty one is to be written in."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in headings)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(html: str) -> str:
    return f"<td>{html}</td>" if html else '<td class="blank"></td>'
