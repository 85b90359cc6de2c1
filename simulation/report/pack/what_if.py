"""A page that moves over a grid of runs played in advance: sliders, how it ends at each point, and one's own guess."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from simulation.report.pack.frame import pack_page

SCRIPT = "what_if.js"


@dataclass(frozen=True, kw_only=True)
class Slider:
    """An input that can be moved: its path and values, lowest first, and how these and their meaning are told."""

    path: str
    settings: tuple[float, ...]
    label: str
    meaning: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """What is shown of each point: its words, its numbers (points,) and, of shares, their 95 % intervals [of 100]."""

    label: str
    numbers: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """A scenario at every point of a grid. Points are in the order of the grid, the last slider moving fastest."""

    name: str
    title: str
    question: str
    histories: int
    sliders: Sequence[Slider]
    endings: Sequence[Row]
    people: Sequence[Row]

    def data(self) -> Mapping[str, object]:
        """Return what the page's script reads."""
        return {
            "name": self.name,
            "sliders": [len(each.values) for each in self.sliders],
            "settings": {each.path: each.settings for each in self.sliders},
            "values": [each.values for each in self.sliders],
            "endings": [vars(each) for each in self.endings],
            "people": [vars(each) for each in self.people],
        }


def what_if_page(subject: WhatIf) -> str:
    """Return the page; guesses stay in the browser that they are made in."""
    sliders = "".join(_slider(k, each) for k, each in enumerate(subject.sliders))
    guesses = "".join(_ending(k, each) for k, each in enumerate(subject.endings))
    people = "".join(
        f'<tr><th scope="row">{escape(each.label)}, on average</th><td id="people-{k}"></td></tr>'
        for k, each in enumerate(subject.people)
    )
    data = json.dumps(subject.data()).replace("<", "\\u003c")
    main = (
        f'<p class="question">{escape(subject.question)}</p>'
        "<h2>1. Choose</h2><p>Three numbers that nobody knows. Each has a low, a middle and a high value.</p>"
        f"{sliders}<h2>2. Guess</h2><p>Of 100 histories, how many end like this? Your guess stays in this browser.</p>"
        f'<div class="wide"><table><thead><tr><th scope="col">Ending</th><th scope="col">My guess</th>'
        '<th scope="col">It came out</th></tr></thead>'
        f"<tbody>{guesses}</tbody></table></div>"
        '<p><button type="button" id="show" aria-pressed="false">Show what came of it</button> '
        '<button type="button" id="forget">Forget my guesses</button></p>'
        f'<div id="told" hidden><h2>3. Look</h2><p id="sum" aria-live="polite"></p><table>{people}</table></div>'
        f"<p>Each point was played {subject.histories:,} times with the same luck. The pale bar shows how far a "
        "count could be off for want of histories.</p>"
        f'<script type="application/json" id="grid">{data}</script>'
    )
    kicker = '<a href="../index.html">All lessons</a>'
    return pack_page(title=f"What if? {subject.title}", kicker=kicker, main=main, script=SCRIPT)


def _slider(number: int, slider: Slider) -> str:
    name = f"slider-{number}"
    return (
        f'<p class="slider"><label for="{name}"><strong>{escape(slider.label)}</strong> '
        f"{escape(slider.meaning)}</label>"
        f'<input type="range" id="{name}" min="0" max="{len(slider.values) - 1}" value="{len(slider.values) // 2}">'
        f'<output for="{name}" id="{name}-value"></output></p>'
    )


def _ending(number: int, row: Row) -> str:
    return (
        f'<tr><th scope="row">{escape(row.label)}</th><td><input type="number" min="0" max="100" inputmode="numeric" '
        f'id="guess-{number}" aria-label="My guess: {escape(row.label)}"></td>'
        f'<td class="came"><span class="bar" id="bar-{number}"><i></i><b></b><u></u></span>'
        f'<span id="count-{number}"></span></td></tr>'
    )
