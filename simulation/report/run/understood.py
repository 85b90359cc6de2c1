"""The section of what was understood: the world in short, and what to look at."""

from __future__ import annotations

from html import escape

from simulation.report.markup import Table, items
from simulation.report.run.report_input import ReportInput
from simulation.understanding.caveats import caveats_of
from simulation.understanding.sentences import points

INTRO = (
    "A document does not say everything, and whoever made claims and a map of it may have erred. This is what the "
    "program took them to mean, before a single history was played. If a line is not what the document says, the rest "
    "of the page is about another war."
)


def understood_section(material: ReportInput) -> str:
    """Return what was understood of the scenario as a table, and below it the warnings with their cures."""
    if material.understood is None:
        return ""
    rows = tuple((name, "; ".join(told)) for name, told in points(material.understood))
    caveats = [f"{each.words} {each.cure}" for each in caveats_of(material.understood)]
    told = items(caveats) if caveats else "<p>No warnings.</p>"
    table = Table(headings=("what", "as it was understood"), rows=rows)
    return f"<p>{escape(INTRO)}</p>{table.html()}<h3>To look at</h3>{told}"
