"""The lines of a file of drafted claims: drafts that say the same of several, with their times and places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from simulation.drafting.dates import Time, nearest, times
from simulation.drafting.draft import Draft
from simulation.drafting.text import Text

_OF_PLACES = ("took", "controls", "holds_force_in")
_TIMED = (
    "launched",
    "attacks",
    "bombards",
    "took",
    "controls",
    "holds_force_in",
    "truce_with",
    "killed",
    "captured",
    "displaced",
    "fights",
    "breached",
    "agreed_with",
    "supports",
    "denies",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: a draft, all its objects, its time and place, and for a denial the line that is denied."""

    id: str
    draft: Draft
    objects: tuple[str, ...]
    place: str
    time: Time | None
    denied: str = ""


def lines_of(drafts: Sequence[Draft], text: Text, places: Collection[str], letter: str) -> list[Line]:
    """Return the lines of a file, numbered after a letter; a denial of what no line says is none."""
    groups = dict[tuple[object, ...], list[Draft]]()
    for draft in drafts:
        same = (
            draft.sure,
            draft.sentence,
            draft.subject,
            draft.predicate,
            draft.said_by,
            draft.verified,
            draft.hedge,
        )
        groups.setdefault((*same, draft.why, draft.about), []).append(draft)
    found = list[Line]()
    for group in groups.values():
        if group[0].predicate != "denies":
            found.append(_line(group, text, places, f"{letter}{len(found) + 1:02d}"))
    said = list(found)
    for group in groups.values():
        if group[0].predicate == "denies" and (line := denied_line(group[0], said, text)):
            made = _line(group, text, places, f"{letter}{len(found) + 1:02d}")
            found.append(replace(made, denied=line.id))
    order = list(text.sentences)
    found.sort(key=lambda line: (not line.draft.sure, order.index(line.draft.sentence), line.draft.at))
    names = {line.id: f"{letter}{number:02d}" for number, line in enumerate(found, 1)}
    return [replace(line, id=names[line.id], denied=names.get(line.denied, "")) for line in found]


def _line(group: Sequence[Draft], text: Text, places: Collection[str], name: str) -> Line:
    first = group[0]
    objects = tuple(draft.object for draft in group if draft.object)
    place = _place(first.about, places) if first.predicate in _OF_PLACES and not objects else ""
    time = (
        nearest(times(text.sentences[first.sentence], text.day), first.at)
        if first.predicate in _TIMED
        else None
    )
    if (
        time is None
        and text.day
        and first.predicate in ("truce_with", "controls", "holds_force_in", "denies", "took")
    ):
        time = Time(at=0, day=text.day)
    return Line(id=name, draft=first, objects=objects, place=place, time=time)


def _place(about: str, places: Collection[str]) -> str:
    return max((place for place in places if f" {place} " in f" {about} "), key=len, default="")


def denied_line(denial: Draft, lines: Sequence[Line], text: Text) -> Line | None:
    """Return the line that a denial speaks of: what it names, or what others said of the denier just before."""
    if denial.denied is not None:
        subject, predicate, other = denial.denied
        for line in lines:
            if line.draft.subject == subject and line.draft.predicate == predicate and other in line.objects:
                return line
    order = list(text.sentences)
    at = order.index(denial.sentence)
    near = [
        line
        for line in lines
        if 0 <= at - order.index(line.draft.sentence) <= 1
        and not line.draft.verified
        and line.draft.said_by != denial.subject
        and line.draft.subject == denial.subject
    ]
    return near[-1] if near else None
