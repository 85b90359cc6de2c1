"""The first labels: places of the box that the text names, and its largest towns, with nobody who holds them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulation.drafting.text import Text
from simulation.region.description import Box
from simulation.region_building.gazetteer import Town

LARGEST = 25
BOX = "# box: "
HEAD = (
    "# Who held which place on the evening before the first day: the id of an actor in `control`, or nothing where the "
    "land around decides.\n# Drafted: check every place against a map, add the villages and crossings of the front, "
    "remove what does not matter.\n"
)


def labels_text(box: Box, text: Text, towns: Sequence[Town]) -> str:
    """Return the file; the box stands in it, so that it need not be typed again."""
    whole = " ".join(text.sentences.values())
    named = [town for town in towns if re.search(rf"\b{re.escape(town.name)}\b", whole)]
    largest = sorted(towns, key=lambda town: -town.population)[:LARGEST]
    chosen = {town.name: town for town in sorted((*largest, *named), key=lambda town: town.population)}
    rows = [
        f"{_cell(each.name)},,{each.lat:.4f},{each.lon:.4f},2"
        for each in sorted(chosen.values(), key=lambda town: (town not in named, -town.population))
    ]
    return "\n".join((box_line(box) + HEAD + "name,control,lat,lon,confidence", *rows)) + "\n"


def box_line(box: Box) -> str:
    """Return the line of labels.csv that keeps the box."""
    return f"{BOX}{box.south:g},{box.west:g},{box.north:g},{box.east:g}\n"


def box_in(labels: str) -> str:
    """Return the box that labels.csv keeps; empty where it keeps none."""
    found = re.search(rf"^{BOX}(\S+)$", labels, re.MULTILINE)
    return found[1] if found else ""


def _cell(text: str) -> str:
    return f'"{text}"' if "," in text else text
