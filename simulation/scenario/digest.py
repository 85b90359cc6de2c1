"""The canonical form of a scenario and the digest that names it: equal digests mean equal worlds."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from simulation.scenario.content import ScenarioContent
from simulation.scenario.inputs import Input

DIGEST_LENGTH = 12
"""Hexadecimal digits."""


def canonical(scenario: ScenarioContent) -> dict[str, Any]:
    """Return all that decides a scenario's result as plain data, with digests for the content of folders."""
    lesson = {"lesson": scenario.lesson.told()} if scenario.lesson else {}
    return (
        head_items(scenario)
        | lesson
        | {
            "seeds": _seeds_digest(scenario),
            "region": scenario.archive.region_digest(scenario.region),
            "inputs": {name: input_table(each) for name, each in scenario.inputs.items()},
            **group_items(scenario),
            "measures": measure_items(scenario),
            "claims": claim_items(scenario),
        }
    )


def digest_of(scenario: ScenarioContent) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 of the canonical JSON."""
    text = json.dumps(canonical(scenario), sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def input_table(each: Input) -> dict[str, Any]:
    """Return an input as it would be written in a scenario."""
    return {**_numbers(each), "unit": each.unit, "source": each.source}


def _numbers(each: Input) -> dict[str, Any]:
    if each.dist is None:
        return {"value": each.value}
    lists = {name: list(number) for name, number in each.parameters.items() if isinstance(number, tuple)}
    return {"dist": each.dist, **each.parameters, **lists}


def group_items(scenario: ScenarioContent) -> dict[str, Any]:
    """Return the groups of inputs as they would be written in a scenario; nothing where there are none."""
    groups = {name: each.model_dump(mode="json") for name, each in scenario.together.items()}
    return {"together": groups} if groups else {}


def measure_items(scenario: ScenarioContent) -> list[dict[str, Any]]:
    """Return the measures as they would be written in a scenario."""
    return [{each.kind: each.model_dump(mode="json", exclude_unset=True)} for each in scenario.measures]


def claim_items(scenario: ScenarioContent) -> list[dict[str, Any]]:
    """Return the edits of claims as they would be written in a scenario."""
    return [each.model_dump(mode="json", exclude_unset=True) for each in scenario.claim_edits]


def head_items(scenario: ScenarioContent) -> dict[str, Any]:
    """Return what stands above the inputs: title, question, lesson, start and days."""
    return {
        "title": scenario.title,
        "question": scenario.question,
        **({"lesson": scenario.lesson.data()} if scenario.lesson else {}),
        "start": scenario.start.isoformat(),
        "days": float(scenario.days),
        **report_items(scenario),
    }


def report_items(scenario: ScenarioContent) -> dict[str, Any]:
    """Return on which reports histories are updated, as a scenario would say it; nothing where they are not."""
    held = {
        "as_of": None if scenario.as_of is None else scenario.as_of.isoformat(),
        "given": list(scenario.given),
        "doubt": list(scenario.doubt),
    }
    return {name: value for name, value in held.items() if value}


def _seeds_digest(scenario: ScenarioContent) -> str:
    """Return the digest of the seeds, with that of the reports where these count."""
    digest = scenario.archive.seeds_digest(scenario.seeds)
    return digest if scenario.as_of is None else f"{digest}+{scenario.archive.reports_digest(scenario.seeds)}"
