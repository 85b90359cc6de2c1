"""The library: the region of a box on Earth, drafted from packaged public data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation import arguments
from simulation.errors import InputError
from simulation.io.characters import unseen
from simulation.io.output_path import real_path
from simulation.region import Region, load_region
from simulation.region_building.draft import TOWNS_FROM, Draft, draft_region
from simulation.region_building.notes import Note, notes_of
from simulation.region_building.output import MARK, write_region
from simulation.results.own_folder import checked_folder, write_folder
from simulation.wording.notebook import card, one_line
from simulation.wording.phrases import counted

if TYPE_CHECKING:
    from simulation.report.region.page import RegionSubject

PAGE = "region.html"
FOLDER = "region"
MOST_PEOPLE = 100_000_000


@dataclass(frozen=True, kw_only=True)
class BuiltRegion:
    """A drafted region: its folder, its page if one was made, and what is to be said of it under headings."""

    folder: Path
    name: str
    region: Region
    notes: tuple[Note, ...]
    report: Path | None

    def __repr__(self) -> str:
        """Return name and place on one line."""
        return one_line(self, f"{self.name} in {self.folder}")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the notes, and a link to the page."""
        return card("", printed=self._text(), page=self.report)

    def summary(self) -> dict[str, Any]:
        """Return the document that `--json` prints."""
        return {
            "folder": str(self.folder),
            "name": self.name,
            "cells": len(self.region.cells),
            "places": len(self.region.places),
            "people": int(self.region.cells.population.sum()),
            "notes": {note.heading: list(note.lines) for note in self.notes},
            "page": None if self.report is None else str(self.report),
        }

    def text(self) -> str:
        """Return the summary for a terminal."""
        page = "" if self.report is None else f"\nPage    {self.report}"
        return f"{self._text()}\n\nRegion  {self.folder}{page}\n"

    def _text(self) -> str:
        cells, places = len(self.region.cells), len(self.region.places)
        people = f"{int(self.region.cells.population.sum()):,} people"
        head = (
            f"{self.name}: {counted(cells, 'square')}, {counted(places, 'place')}, {people}. It is a draft."
        )
        told = (f"{note.heading}\n" + "\n".join(f"  - {line}" for line in note.lines) for note in self.notes)
        return "\n\n".join([head, *told])


def build_region(
    box: str | Sequence[float],
    labels: str | Path | None = None,
    *,
    roads: str | Path | None = None,
    country: str | Sequence[str] = (),
    towns_from: int = TOWNS_FROM,
    name: str | None = None,
    out: str | Path | None = None,
    report: bool = True,
) -> BuiltRegion:
    """Draft the region of a box, south, west, north and east in degrees; write a folder that a scenario can name.

    `labels` is a CSV file that says who holds which place, `roads` one of roads, drafted when left out; `country`
    names the countries that belong to the region, those of the labels when left out; towns of GeoNames with
    `towns_from` people are places though no label names them. `out` is the folder, `region` when left out; only a
    drafted one is written again, and files given from it stay as they are. InputError for a box, file, country or
    place that cannot be used, and where the extra `region` is missing; RunError for a full disk.
    """
    labelled = None if labels is None else arguments.path("labels", labels)
    given_roads = None if roads is None else arguments.path("roads", roads)
    countries, report = arguments.texts("country", country), arguments.flag("report", report)
    least = arguments.whole_number("towns_from", towns_from, 0, MOST_PEOPLE)
    folder = checked_folder(FOLDER if out is None else arguments.path("out", out), "region.yaml", MARK)
    title = real_path(folder).name or FOLDER if name is None else arguments.text("name", name)
    if wrong := unseen(title):
        raise InputError(wrong, path="name")
    draft = draft_region(box, labelled, roads=given_roads, country=countries, towns_from=least)
    command = _command(draft, roads=given_roads is not None, country=countries, least=least)

    def write(place: Path) -> None:
        write_region(draft, title, place)
        load_region(place)
        if report:
            _write_page(draft, title, command, place / PAGE)

    write_folder(folder, write, "region.yaml", [file for file in (labelled, given_roads) if file is not None])
    page = folder / PAGE if report else None
    return BuiltRegion(
        folder=folder, name=title, region=load_region(folder), notes=notes_of(draft), report=page
    )


def _command(draft: Draft, *, roads: bool, country: Sequence[str], least: int) -> list[str]:
    """Return the words by which the region is drawn again in its folder, from the tables in it."""
    box = draft.box
    words = [f"--box={box.south:g},{box.west:g},{box.north:g},{box.east:g}"]
    words += ["--labels", "labels.csv"] if draft.labels.labels else []
    words += ["--roads", "roads.csv"] if roads else []
    words += [word for each in country for word in ("--country", each)]
    words += [] if least == TOWNS_FROM else ["--towns-from", str(least)]
    return [*words, "--out", "."]


def _write_page(draft: Draft, name: str, command: Sequence[str], file: Path) -> None:
    from simulation.report.region.page import RegionSubject, write_page

    subject: RegionSubject = RegionSubject(draft=draft, name=name, command=command)
    write_page(subject, file)
