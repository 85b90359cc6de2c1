"""The frame of a page of a pack, and how reports share one copy of plotly there."""

from __future__ import annotations

from html import escape

from simulation.report.frame import STRICT, generator, plotly_script
from simulation.report.markup import package_text

PLOTLY = "plotly.js"
"""The file that all reports of a pack load: most of the size of each, if each had its own."""
_OWN, _SHARED = "script-src 'unsafe-inline'", "script-src 'unsafe-inline' 'self' file:"


def pack_page(*, title: str, kicker: str, main: str, script: str = "") -> str:
    """Return a page; `main` is HTML, `script` the name of a file in `static/`."""
    code = f"<script>{STRICT}{package_text(script)}</script>" if script else ""
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    policy += f"; {_OWN}" if script else ""
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">\n{generator("pack")}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<link rel="icon" href="data:,">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>{package_text('sheet.css')}{package_text('pack.css')}</style></head>\n"
        f'<body><p class="kicker">{kicker}</p><h1>{escape(title)}</h1>\n<main>{main}</main>{code}</body></html>\n'
    )


def sharing_plotly(page: str, where: str) -> str:
    """Return a report that loads plotly from a file `where` instead of carrying it."""
    whole = f"<script>{plotly_script()}</script>"
    return page.replace(whole, f'<script src="{escape(where)}"></script>').replace(_OWN, _SHARED)
