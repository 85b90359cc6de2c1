"""Every labelled place against the map that was drawn: where outlines, gazetteer, neighbours and label disagree."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.region_building.draft import Draft
from simulation.region_building.gazetteer import Town, nations
from simulation.region_building.labels import Label
from simulation.region_building.membership import drawn_country, letters_of


def beyond_outline(draft: Draft) -> Iterator[tuple[Label, str]]:
    """Yield the labelled places that the outlines put outside the region, and where they put them."""
    for label in draft.labelled:
        at = drawn_country(draft.outlines, label.lat, label.lon)
        if at < 0:
            yield label, "the sea"
        elif not draft.inside[at]:
            yield label, draft.outlines[at].name


def other_country(draft: Draft) -> Iterator[tuple[Label, str, str]]:
    """Yield the labelled towns that GeoNames has in another country than the outlines do, with both."""
    names = {nation.code: nation.name for nation in nations()}
    for label, town in _towns(draft):
        at = drawn_country(draft.outlines, label.lat, label.lon)
        if at >= 0 and draft.outlines[at].code and letters_of(draft.outlines[at]) != town.country:
            yield label, names.get(town.country, town.country), draft.outlines[at].name


def _towns(draft: Draft) -> Iterator[tuple[Label, Town]]:
    for label in draft.labelled:
        if label.name in draft.town_of:
            yield label, draft.town_of[label.name]


def other_holder(draft: Draft) -> Iterator[tuple[Label, str]]:
    """Yield the labelled places in a square that somebody else holds, with who does."""
    cell = {site.name: site.cell for site in draft.sites}
    for label in draft.labelled:
        holder = draft.control[cell[label.name]]
        if label.control and holder != label.control:
            yield label, holder
