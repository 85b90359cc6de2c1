"""What whoever uses a drafted region should know of it: what was assumed, left out or settled by a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulation.region import grid
from simulation.region_building.contradictions import beyond_outline, other_country, other_holder
from simulation.region_building.draft import Draft
from simulation.wording.phrases import counted

MOST_LISTED = 25
"""Lines of one kind that are told in full."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """A heading and sentences below it."""

    heading: str
    lines: tuple[str, ...]


def notes_of(draft: Draft) -> tuple[Note, ...]:
    """Return all that is to be said of a draft, under headings that have something below them."""
    listed = (
        ("What is drafted", _drafted(draft)),
        ("Names that several towns bear", _homonyms(draft)),
        ("Names not found", _missing(draft)),
        ("Labels and the map", _labels(draft)),
        ("Countries", _countries(draft)),
        ("Disputed ground", _disputes(draft)),
        ("Provinces", _provinces(draft)),
        ("Islands", _islands(draft)),
        ("Lakes", _lakes(draft)),
        ("To answer by hand", _questions(draft)),
    )
    return tuple(
        Note(heading=heading, lines=_cut(lines)) for heading, each in listed if (lines := tuple(each))
    )


def _cut(lines: Sequence[str]) -> tuple[str, ...]:
    more = len(lines) - MOST_LISTED
    return (*lines[:MOST_LISTED], f"and {more} more") if more > 0 else tuple(lines)


def _drafted(draft: Draft) -> Iterator[str]:
    drawn = sum(site.confidence == 0 for site in draft.sites)
    uncounted = sum(site.population == 0 for site in draft.sites)
    yield (
        "Control: each square is held by whoever holds the nearest labelled "
        "place. Nobody has looked at the lines between."
    )
    if not draft.controllers:
        yield "No labels were given: nobody holds anything yet."
    if draft.drafted_roads:
        yield (
            f"Roads: {counted(len(draft.roads), 'road')} drafted as least-cost paths between "
            "neighbouring towns; none is known to exist."
        )
    yield (
        f"People: {int(draft.population.sum()):,}, from GeoNames (towns as "
        "last counted there, the rest of each country "
        "around its towns). Displaced people are only those in camps that a label names."
    )
    yield (
        f"Villages: {int(draft.villages.sum()):,}, one for each 1,000 people "
        "outside towns (300 to 3,000 could be argued)."
    )
    if drawn:
        yield f"Places: {counted(drawn, 'town')} of GeoNames that no label names; the land around says who holds them."
    if uncounted:
        yield (
            f"Weights: {counted(uncounted, 'place')} without a figure of people weigh by their part and the main roads "
            "through them alone."
        )


def _homonyms(draft: Draft) -> Iterator[str]:
    for name, towns in draft.labels.homonyms.items():
        first, *others = towns
        away = "; ".join(f"{_point(town.lat, town.lon)}, {town.population:,} people" for town in others)
        yield (
            f"{name}: the one at {_point(first.lat, first.lon)} with {first.population:,} people was taken, not "
            f"{away}. Give lat and lon if another is meant."
        )


def _missing(draft: Draft) -> Iterator[str]:
    for name in draft.labels.missing:
        yield f"{name}: no town in the box bears this name, and the label is left out. Give lat and lon."


def _labels(draft: Draft) -> Iterator[str]:
    if draft.ignored:
        yield f"{counted(len(draft.ignored), 'label')} outside the box only help to draw control at its edge."
    for name, km in draft.labels.far.items():
        yield f"{name} stands {km:.0f} km from the nearest town of that name; check its coordinates."
    for label, where in beyond_outline(draft):
        yield f"{label.name} lies in {where} by the map; the label counts, and its square is land of the region."
    for label, gazetteer, outline in other_country(draft):
        yield f"{label.name} is a town of {gazetteer} for GeoNames and lies in {outline} by the map; the label counts."
    for label, holder in other_holder(draft):
        yield (
            f"{label.name} is held by {label.control} in a square of "
            f"{holder or 'nobody'}: an enclave, as another label "
            "in that square stands nearer its middle or is surer."
        )


def _countries(draft: Draft) -> Iterator[str]:
    held = [outline.name for outline, chosen in zip(draft.outlines, draft.inside, strict=True) if chosen]
    left = [outline.name for outline, chosen in zip(draft.outlines, draft.inside, strict=True) if not chosen]
    yield f"The region is the ground of {_listed(held) or 'no country'}" + (
        f"; {_listed(left)} {'is' if len(left) == 1 else 'are'} left out (--country names others)."
        if left
        else "."
    )


def _disputes(draft: Draft) -> Iterator[str]:
    for each in draft.disputes:
        yield (
            f"{each.ground} ({each.parties}): drawn as {each.drawn_as}, and "
            f"{'part of' if each.inside else 'left out of'} the region."
        )


def _provinces(draft: Draft) -> Iterator[str]:
    yield (
        f"{counted(len(draft.seats.names), 'province')}: a square belongs to "
        "that of the nearest town of its country; the "
        "seat is the place with most people."
    )
    for name in draft.provinces.unnamed:
        if name in draft.seats.names:
            yield f"{name}: called after its largest town, since no name is known."
    for name, other in draft.seats.joined.items():
        yield f"{name} has no place on the map, thus no seat: its land was added to {other}."


def _islands(draft: Draft) -> Iterator[str]:
    for island in draft.islands:
        places = f" with {_listed(island.places[:6])}" if island.places else ""
        yield (
            f"{counted(island.cells, 'square')} at {_point(island.lat, island.lon)}{places}: cut off, since nobody "
            "crosses water here."
        )


def _lakes(draft: Draft) -> Iterator[str]:
    count = len(draft.land.drowned)
    if count:
        lat, lon = grid.centre(draft.land.drowned)
        yield (
            f"{counted(count, 'square')} mostly under a lake, from {_point(lat.min(), lon.min())} to "
            f"{_point(lat.max(), lon.max())}, are no land; rivers are no obstacle."
        )


def _questions(draft: Draft) -> Iterator[str]:
    yield "Is each line of control where the sources have it? More labels near the line move it."
    if draft.drafted_roads:
        yield "Which of the drafted roads exist, and which is worth a war? Correct roads.csv and give it with --roads."
    yield "Who has fled, and where to? Give the column camps, and population for towns that have grown."
    if draft.disputes:
        yield "Is disputed ground on the side that the conflict needs?"
    unsure = [label.name for label in draft.labels.labels if label.confidence == 1]
    if unsure:
        yield f"Who holds {_listed(unsure[:8])}? These labels are unsure."


def _point(lat: float, lon: float) -> str:
    return f"{abs(lat):.2f} {'S' if lat < 0 else 'N'} {abs(lon):.2f} {'W' if lon < 0 else 'E'}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else ""
