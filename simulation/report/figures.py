"""The figures of a page, each with its title, as plotly figures for a notebook."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from simulation.report.frame import Section
from simulation.report.style import QUIET

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

PREFIX = "plot-"
TITLE_ROOM = 64
"""Room above a figure for its title [px]."""
HEADS, FIGURE_TITLE = ("h3", "h4"), "figure-title"


@dataclass(kw_only=True)
class Drawn:
    """A figure as a page has it: its name, what stands above it, and what plotly draws."""

    name: str
    title: str
    alternative: str
    spec: dict[str, Any] = field(default_factory=dict)

    def figure(self) -> Figure:
        """Return the figure for plotly, with its title; the alternative text is in its `meta`."""
        from plotly.graph_objects import Figure  # slow to import

        layout = dict(self.spec["layout"])
        margin = layout.get("margin", {})
        layout["margin"] = margin | {"t": margin.get("t", 0) + TITLE_ROOM}
        layout["height"] = layout["height"] + TITLE_ROOM
        layout["title"] = {"text": self.title, "font": {"size": 17}, "x": 0.01, "yref": "container", "y": 1}
        layout["title"] |= {"yanchor": "top", "pad": {"t": 12}}
        layout["meta"] = {"alternative": self.alternative}
        return Figure(data=self.spec["data"], layout=layout)


def figures[Subject](listed: Iterable[Section[Subject]], subject: Subject) -> dict[str, Drawn]:
    """Return the figures of those sections that the page of a subject has, by name, in the order of the page."""
    found: dict[str, Drawn] = {}
    for each in listed:
        if each.shown(subject):
            reader = _Reader(each.heading)
            reader.feed(each.content(subject))
            found |= reader.found
    return found


class _Reader(HTMLParser):
    """Finds the figures of a section and the headings that stand over them."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.found: dict[str, Drawn] = {}
        self._heading, self._over = heading, {"figure": "", "head": ""}
        self._hears: str | None = None
        self._data_for = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a heading that begins, or a figure."""
        its = {name: value or "" for name, value in attrs}
        if tag in HEADS or its.get("class") == FIGURE_TITLE:
            self._hears = "head" if tag in HEADS else "figure"
            self._over |= {"head": ""} | ({"figure": ""} if self._hears == "figure" else {})
        elif its.get("class") == "plot":
            name = its["id"].removeprefix(PREFIX)
            self.found[name] = Drawn(name=name, title=self._title(), alternative=its["aria-label"])
        elif tag == "script":
            self._data_for = its.get("data-for", "").removeprefix(PREFIX)

    def handle_data(self, data: str) -> None:
        """Take the text of a heading, or what a figure is drawn from."""
        if self._hears:
            self._over[self._hears] += data
        elif self._data_for in self.found:
            self.found[self._data_for].spec = json.loads(data)

    def handle_endtag(self, tag: str) -> None:
        """Leave a heading, a figure or its data."""
        if tag == "figure":
            self._over = {"figure": "", "head": ""}
        if tag in (*HEADS, "p"):
            self._hears = None
        if tag == "script":
            self._data_for = ""

    def _title(self) -> str:
        """Return the title of the figure that begins here: in large its section, in small what sets it apart."""
        apart = " · ".join(" ".join(text.split()) for text in self._over.values() if text.strip())
        below = f"<br><span style='font-size:13px;color:{QUIET}'>{escape(apart)}</span>" if apart else ""
        return f"<b>{escape(self._heading)}</b>{below}"
