"""The frame of every page: head, header, main part and scripts in one file that needs no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from string import Template

from simulation.report.markup import items, package_text, section

ABOUT = "What this is, and what it is not"
APPROXIMATION = (
    "Who holds what on the first day is an educational approximation, good to about ±5 km near the front."
)


def document(
    *, title: str, kicker: str, question: str, main: str, scripts: Sequence[str], plots: bool = True
) -> str:
    """Return a whole page; `main` is HTML, the others are text, and `scripts` name files of this package.

    A page without plots does not carry plotly, most of the size of one that does.
    """
    return Template(package_text("template.html")).substitute(
        title=escape(title),
        kicker=escape(kicker),
        question=escape(question),
        main=main,
        style=package_text("report.css"),
        plotly=_plotly() if plots else "",
        script="\n".join(package_text(name) for name in scripts),
    )


def _plotly() -> str:
    from plotly.offline import get_plotlyjs  # slow to import, and only a page with plots needs it

    return str(get_plotlyjs().replace("</script", "<\\/script"))


def about(example: str, leaves_out: Iterable[str], *, mapped: bool = True) -> str:
    """Return what the numbers on a page are and are not; `example` is one of its counts of histories.

    What is said of the map is left out where there is none.
    """
    return Template(package_text("about.html")).substitute(
        example=escape(example), leaves_out=items(leaves_out), approximation=APPROXIMATION if mapped else ""
    )


def contents(headings: Iterable[tuple[str, str]]) -> str:
    """Return links to the sections, given as (anchor, heading)."""
    links = "".join(f'<li><a href="#{escape(name)}">{escape(text)}</a></li>' for name, text in headings)
    return f'<nav aria-label="Contents"><ol>{links}</ol></nav>'


def sections(built: Iterable[tuple[str, str, str]]) -> str:
    """Return the sections, given as (anchor, heading, HTML), with their contents before them."""
    known = list(built)
    body = "".join(section(name, heading, html) for name, heading, html in known)
    return contents((name, heading) for name, heading, _ in known) + body
