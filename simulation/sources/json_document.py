"""The chains as one JSON document."""

from __future__ import annotations

import dataclasses
from typing import Any

from simulation.sources.chains import SourceChains
from simulation.sources.entry import Citation, Entry


def document(chains: SourceChains, name: str | None = None) -> dict[str, Any]:
    """Return the chains as plain data: groups of entries, the claims they cite, the documents of those."""
    asked = {} if name is None else {"name": name}
    return {
        "scenario": chains.scenario,
        "title": chains.title,
        "digest": chains.digest,
        **asked,
        "changed": [entry.key for entry in chains.changed],
        "groups": {
            group.id: {
                "heading": group.heading,
                "about": group.intro,
                "entries": [_entry(entry) for entry in group.entries],
            }
            for group in chains.groups
        },
        "claims": {key: _claim(cited) for key, cited in chains.cited.items()},
        "documents": _documents(chains),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "title": entry.title,
        "value": entry.value,
        "basis": entry.basis,
        "because": entry.because,
        "written": entry.written,
        "claims": list(entry.claims),
        "change": entry.change,
        "facts": dict(entry.facts),
        "see": {name: list(keys) for name, keys in entry.see if keys},
    }


def _claim(cited: Citation) -> dict[str, Any]:
    fields = dataclasses.asdict(cited)
    kept = ("text", "said_by", "verified", "believed", "trust", "document", "sentence", "basis", "written")
    return {name: fields[name] for name in kept} | {"number": cited.number}


def _documents(chains: SourceChains) -> dict[str, dict[str, str]]:
    return {
        cited.document: {"title": cited.title, "date": cited.date}
        for cited in chains.cited.values()
        if cited.document
    }
