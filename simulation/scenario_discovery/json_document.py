"""A discovery as the document that `--json` prints."""

from __future__ import annotations

from typing import Any

from simulation.scenario_discovery.condition import Condition, Tally
from simulation.scenario_discovery.discovery import Discovery
from simulation.scenario_discovery.sentences import answer, second_look


def discovery_document(found: Discovery, happens: str) -> dict[str, Any]:
    """Return the discovery as plain data; `happens` is the event as a clause."""
    return {
        "histories": found.histories,
        "happened": found.happened,
        "effective_sample_size": found.effective,
        "trouble": str(found.trouble),
        "confirmed": found.confirmed,
        "answer": answer(found, happens),
        "tree_sentence": second_look(found),
        "conditions": _conditions(found.conditions),
        "searched": _tally(found.found),
        "held_out": _tally(found.held_out),
        "steps": [
            {
                "conditions": _conditions(step.conditions),
                "searched": _tally(step.found),
                "held_out": _tally(other),
            }
            for step, other in found.steps
        ],
        "leaves": [
            {
                "conditions": _conditions(leaf.conditions),
                "searched": _tally(leaf.found),
                "held_out": _tally(leaf.held_out),
            }
            for leaf in found.leaves
        ],
    }


def _conditions(conditions: tuple[Condition, ...]) -> list[dict[str, Any]]:
    return [each.document() for each in conditions]


def _tally(tally: Tally | None) -> dict[str, float] | None:
    return None if tally is None else tally.document()
