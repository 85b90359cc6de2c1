"""Drafted claims as a file in the form of the seeds: each line marked, with its sentence and the words it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from simulation.drafting.draft import Draft
from simulation.drafting.lines import Line
from simulation.drafting.names import Party
from simulation.drafting.text import Text

_HEAD = """\
# Drafted from {name} by `simulate draft`: what rules read, not what is so. Compare each line with its sentence,
# correct it or take it out, add what is missing, and delete its field `draft`. No world is built from a line with it.
# Questions to answer stand at the end.
"""
_VERBS = {
    "supports": "supports", "fights_beside": "fights beside", "allied_with": "is allied with", "fights": "fights",
    "launched": "began an attack on", "attacks": "attacks", "bombards": "bombards", "opposes": "is against",
    "accuses": "accuses", "truce_with": "has a truce with", "agreed_with": "made an agreement with",
    "talks_with": "negotiates with", "breached": "broke", "controls": "holds", "holds_force_in": "has troops in",
    "took": "took", "captured": "captured", "killed": "killed", "displaced": "drove out", "aims": "wants",
    "watches": "looks on at", "preoccupied": "is taken up with", "linked_to": "is tied to", "renamed_from": "was once",
    "distanced_from": "tries to leave behind", "denies": "denies",
}  # fmt: skip


def claims_text(lines: Sequence[Line], text: Text, parties: Sequence[Party], questions: Sequence[str]) -> str:
    """Return the text of a file of claims: the sure lines, the unsure ones, and the questions as comments."""
    names = {party.id: party.short for party in parties}
    parts = [_HEAD.format(name=text.id), f"document: {quoted(text.id)}", "claims:" if lines else "claims: []"]
    for sure in (True, False):
        chosen = [line for line in lines if line.draft.sure == sure]
        what = (
            "Sure: read off the parse"
            if sure
            else "Unsure: a guess from a word, or with a part that no word gives"
        )
        parts.append(f"\n  # {what} ({len(chosen)})")
        for sentence, group in groupby(chosen, key=lambda line: line.draft.sentence):
            parts.append(f"\n  # {sentence}. {text.sentences[sentence]}")
            parts += [_line(line, names) for line in group]
    parts.append("\n# Questions")
    parts += [f"# {number}. {question}" for number, question in enumerate(questions, 1)]
    return "\n".join(parts) + "\n"


def _line(line: Line, names: Mapping[str, str]) -> str:
    written = ", ".join(f"{name}: {value}" for name, value in _fields(line) if value)
    mark = ", ".join(f"{name}: {value}" for name, value in _mark(line.draft) if value)
    return f"  - {{{written},\n     text: {quoted(_sentence(line, names))},\n     draft: {{{mark}}}}}"


def _fields(line: Line) -> Iterator[tuple[str, str]]:
    draft = line.draft
    yield from (
        ("id", line.id),
        ("sentence", draft.sentence),
        ("subject", draft.subject),
        ("predicate", draft.predicate),
    )
    if line.denied:
        yield "claim", line.denied
    elif line.objects:
        yield "object", line.objects[0] if len(line.objects) == 1 else f"[{', '.join(line.objects)}]"
    elif line.place:
        yield "place", quoted(line.place)
    else:
        yield "about", quoted(draft.about or "to be filled in")
    if line.time is not None:
        yield from (
            (name, quoted(value)) for name in ("day", "since", "until") if (value := getattr(line.time, name))
        )
    yield from (("said_by", draft.said_by), ("verified", "true" if draft.verified else "false"))


def _sentence(line: Line, names: Mapping[str, str]) -> str:
    whom = line.denied or " and ".join(names[each] for each in line.objects) or line.draft.about
    return (
        f"{names[line.draft.subject]} {_VERBS.get(line.draft.predicate, line.draft.predicate)} {whom}".strip()
        + "."
    )


def _mark(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "sure", "true" if draft.sure else "false"
    yield "why", quoted(draft.why)
    yield "hedge", quoted(draft.hedge) if draft.hedge else ""


def quoted(text: str) -> str:
    """Return a text in double quotes, as YAML and JSON write it."""
    return json.dumps(text, ensure_ascii=False)
