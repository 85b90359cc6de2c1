"""The frame of every page: head, header, sections and scripts in one file that needs no network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from string import Template

from simulation.report.cover import BEGIN, BESIDE, END
from simulation.report.markup import items, package_text, section

ABOUT = "What this is, and what it is not"
CONTENTS = '<nav aria-label="Contents">'
STRICT = '"use strict";\n'
PAGE_SCRIPT = "page.js"
"""The script of every page, which comes last: it draws what the others describe."""


@dataclass(frozen=True)
class Section[Subject]:
    """A section of a page about a subject, such as a run: what stands in the page's list of sections.

    `body` makes its HTML; `shown` says whether the page of a subject has it at all. `scripts` are the files in
    `static/` that it needs. Those that are `printed` are the summary that a printed page is, unless all is asked for.
    """

    anchor: str
    heading: str
    body: Callable[[Subject], str]
    shown: Callable[[Subject], bool] = lambda _: True
    scripts: tuple[str, ...] = ()
    printed: bool = False

    def content(self, subject: Subject) -> str:
        """Return the HTML below the heading."""
        return self.body(subject)


def generator(command: str) -> str:
    """Return the line in the head of a page that says which command wrote it."""
    return f'<meta name="generator" content="simulate {escape(command)}">'


def document(
    *,
    command: str,
    title: str,
    kicker: str,
    question: str,
    main: str,
    scripts: Sequence[str],
    plots: bool = True,
    before: str = "",
) -> str:
    """Return the whole page of a command; `main` is HTML, the others are text, `scripts` name files of this package.

    A page without plots does not carry plotly, most of the size of one that does. `before` is HTML that tells
    nothing of the result, which `main` does.
    """
    return Template(package_text("template.html")).substitute(
        generator=generator(command),
        beside=BESIDE if CONTENTS in main else "",
        title=escape(title),
        kicker=escape(kicker),
        question=escape(question),
        main=f"{before}{BEGIN}{main}{END}",
        style=package_text("report.css") + package_text("print.css") + package_text("cover.css"),
        plotly=plotly_script() if plots else "",
        script=STRICT + "\n".join(package_text(name) for name in scripts),
    )


def plotly_script() -> str:
    """Return the code of plotly, as a page carries it."""
    from plotly.offline import get_plotlyjs  # slow to import, and only a page with plots needs it

    return str(get_plotlyjs().replace("</script", "<\\/script"))


def about(example: str, leaves_out: Iterable[str], note: str) -> str:
    """Return what the numbers on a page are and are not; `example` is one of its counts of histories.

    `note` is what the region says of its data.
    """
    return Template(package_text("about.html")).substitute(
        example=escape(example), leaves_out=items(leaves_out), note=escape(note)
    )


def contents(headings: Iterable[tuple[str, str]]) -> str:
    """Return links to the sections, given as (anchor, heading)."""
    links = "".join(f'<li><a href="#{escape(name)}">{escape(text)}</a></li>' for name, text in headings)
    return f"{CONTENTS}<ol>{links}</ol></nav>"


def sections[Subject](listed: Iterable[Section[Subject]], subject: Subject) -> str:
    """Return the sections that the page of a subject has, with their contents before them."""
    shown = [each for each in listed if each.shown(subject)]
    body = "".join(
        section(each.anchor, each.heading, each.content(subject), on_paper=each.printed) for each in shown
    )
    return contents((each.anchor, each.heading) for each in shown) + body


def scripts_of[Subject](listed: Iterable[Section[Subject]]) -> tuple[str, ...]:
    """Return the scripts that the sections of a page need, each once, and the page's own."""
    return (*dict.fromkeys(name for each in listed for name in each.scripts), PAGE_SCRIPT)
