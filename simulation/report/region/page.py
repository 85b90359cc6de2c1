"""The page of a drafted region: the map, and all that is to be checked by hand."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path

from simulation.region_building.draft import Draft
from simulation.region_building.notes import Note, notes_of
from simulation.region_building.output import LICENCES
from simulation.report.frame import Section, document, scripts_of, sections
from simulation.report.markup import Table, figure, items, section
from simulation.report.region.maps import NOBODY, colour_of, control_map, people_map, relief_map
from simulation.wording.phrases import counted

PLACES = 40
CAUTION = (
    "A draft from packaged public data and rules of thumb. Control "
    "between the labels, drafted roads, people and weights "
    "are guesses to begin with; whoever knows the ground should correct the labels and draw it again."
)
AGAIN = "Type it in the folder of this page. Correct labels.csv there first; roads.csv is read where --roads names it."
FIRST = ("What is drafted", "To answer by hand")


@dataclass(frozen=True, kw_only=True)
class RegionSubject:
    """A draft, its name, and the words that were typed for it."""

    draft: Draft
    name: str
    command: Sequence[str]

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What is to be said of the draft."""
        return notes_of(self.draft)


def write_page(subject: RegionSubject, path: Path) -> None:
    """Write the page of a region to one HTML file that needs no network."""
    path.write_text(page(subject), encoding="utf-8")


def page(subject: RegionSubject) -> str:
    """Return the page as HTML."""
    draft = subject.draft
    people = f"{int(draft.population.sum()):,} people"
    return document(
        command="region",
        title=subject.name,
        kicker=f"A drafted region · {counted(len(draft.land.sub_id), 'square')} of 0.05 degrees · {people}",
        question="Who holds what at the start, and what of this map has nobody checked?",
        main=_opening(subject) + sections(SECTIONS, subject),
        scripts=scripts_of(SECTIONS),
    )


def _opening(subject: RegionSubject) -> str:
    draft = subject.draft
    labelled = sum(site.confidence > 0 for site in draft.sites)
    words = (
        f"{counted(labelled, 'labelled place')} decide who holds {counted(len(draft.land.sub_id), 'square')}; "
        f"{counted(len(draft.sites) - labelled, 'further town')} and {counted(len(draft.roads), 'road')} "
        f"{'were drafted' if draft.drafted_roads else 'come with them'}."
    )
    missing = draft.labels.missing
    lost = f'<p class="next">{counted(len(missing), "label")} could not be placed: {escape(", ".join(missing))}.</p>'
    body = f'<p class="lead">{escape(words)}</p>{lost if missing else ""}<p class="caution">{escape(CAUTION)}</p>'
    return section("answer", "What was drawn", body)


def _control(subject: RegionSubject) -> str:
    draft = subject.draft
    shown = [actor for actor in (*draft.controllers, "") if actor in draft.control]
    legend = "".join(
        f'<li><span class="swatch" style="background:{colour_of(draft, actor) if actor else NOBODY}"></span>'
        f"{escape(actor or 'nobody')}: {counted(draft.control.count(actor), 'square')}</li>"
        for actor in shown
    )
    reading = (
        "A square belongs to whoever holds the nearest labelled place; "
        "thick lines are main roads. Point at it to read."
    )
    body = f'<ul class="legend">{legend}</ul>{control_map(draft).html()}'
    return figure(body, reading=reading, table=_places(draft), table_name="The weightiest places")


def _places(draft: Draft) -> Table:
    chosen = sorted(draft.sites, key=lambda site: (-site.weight, -site.population))[:PLACES]
    rows = tuple(
        (
            site.name, site.kind, site.control or "nobody", f"{site.weight:.2f}",
            f"{site.population:,}" if site.population else "no figure", draft.seats.names[draft.seats.of[site.cell]],
        )
        for site in chosen
    )  # fmt: skip
    return Table(
        headings=("place", "kind", "held by", "weight", "people", "province"), rows=rows, numbers=(3, 4)
    )


def _ground(subject: RegionSubject) -> str:
    relief = figure(
        relief_map(subject.draft).html(),
        title="Height",
        reading="The darker, the higher; steps of 28 m, and peaks are cut.",
    )
    people = figure(
        people_map(subject.draft).html(),
        title="People",
        reading="The darker, the more people, on a logarithmic scale.",
    )
    return relief + people


def _told(subject: RegionSubject, *, first: bool) -> str:
    return "".join(
        f"<h3>{escape(note.heading)}</h3>{items(note.lines)}"
        for note in subject.notes
        if (note.heading in FIRST) == first
    )


def _repeat(subject: RegionSubject) -> str:
    data = items(f"{data}: {source} ({licence})." for data, source, licence in LICENCES)
    command = shlex.join(("simulate", "region", *subject.command))
    return f'<pre class="command" tabindex="0"><code>{escape(command)}</code></pre><p>{AGAIN}</p><h3>Data</h3>{data}'


SECTIONS: tuple[Section[RegionSubject], ...] = (
    Section("control", "Who holds what", _control),
    Section("check", "What to check", lambda subject: _told(subject, first=True)),
    Section("settled", "What was settled by a rule", lambda subject: _told(subject, first=False)),
    Section("ground", "The ground", _ground),
    Section("repeat", "How to draw it again", _repeat),
)
