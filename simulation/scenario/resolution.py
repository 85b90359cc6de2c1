"""The resolved scenario: canonical JSON and its digest, and the YAML that `show --resolved` prints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulation.io.characters import one_line
from simulation.scenario.description import input_words
from simulation.scenario.digest import claim_items, group_items, head_items, input_table, measure_items
from simulation.scenario.head_line import head_line, loose_line
from simulation.scenario.scenario import Scenario
from simulation.scenario.world_folder import written_folder
from simulation.wording.phrases import counted

_BARE = re.compile(r"[A-Za-z][A-Za-z_]*")


def resolved_data(scenario: Scenario, folder: Path) -> dict[str, Any]:
    """Return the resolved scenario as a file in `folder` would hold it: it can be run again from there."""
    return head_items(scenario) | {
        "seeds": written_folder(folder, scenario.seeds),
        "region": written_folder(folder, scenario.region),
        "inputs": {name: input_table(each) for name, each in scenario.inputs.items()},
        **group_items(scenario),
        "measures": measure_items(scenario),
        "claims": claim_items(scenario),
    }


def resolved_text(scenario: Scenario, folder: Path, *, origins: bool = True, binding: bool = True) -> str:
    """Return the resolved scenario as YAML that can be run again from `folder`, with origins as comments.

    Where it is `binding`, the file is refused as soon as it, its seeds or its region are no longer the same.
    """
    data = resolved_data(scenario, folder)
    lines = [(head_line if binding else loose_line)(scenario.name, scenario.digest)]
    for key, value in data.items():
        lines += _field_lines(scenario, key, value, origins)
    return "\n".join(map(one_line, lines)) + "\n"


def short_text(scenario: Scenario) -> str:
    """Return what a scenario asks and what it sets itself, for reading on a terminal."""
    set_here = {name: each for name, each in scenario.inputs.items() if _is_set_here(scenario, name)}
    uncertain = sum(each.dist is not None for each in scenario.inputs.values())
    lines = [
        scenario.title,
        "",
        f"Question: {scenario.question}",
        f"Time:     {counted(scenario.days, 'day')} from {scenario.start}",
        f"Measures: {len(scenario.measures) or 'none'}",
        *(line for item in measure_items(scenario) for line in _measure_lines(item)),
        f"Claims:   {len(scenario.claim_edits) or 'as documented'}",
        *(f"  {_flow(item)}" for item in claim_items(scenario)),
        f"Inputs:   {len(scenario.inputs)}, {uncertain} of them uncertain; set here: {len(set_here) or 'none'}",
        *(f"  {name}: {input_words(each, 4)}" for name, each in set_here.items()),
        *(
            f"Together: {name}: {_flow(each)}"
            for name, each in group_items(scenario).get("together", {}).items()
        ),
        "          the option --resolved prints all of them with their sources",
    ]
    told = ["", scenario.lesson.text()] if scenario.lesson else []
    return "\n".join([*lines, *told]) + "\n"


def _measure_lines(item: dict[str, Any]) -> Iterator[str]:
    """Return a measure as it is written, days last, and below it why it is as it is."""
    ((kind, fields),) = item.items()
    why = [fields[key] for key in ("source", "note") if fields.get(key)]
    order = sorted(
        fields.keys() - {"source", "note"}, key=lambda key: (key in ("from_day", "until_day"), key)
    )
    yield f"  {kind}: {_flow({key: fields[key] for key in order})}"
    yield from (f"    {text}" for text in why)


def _is_set_here(scenario: Scenario, name: str) -> bool:
    """Say whether the scenario's own file or an option gives the input, or any part of it."""
    here = ("--", f"{scenario.file}:")
    return any(at.startswith(here) for at in _origins_below(scenario, f"inputs.{name}"))


def _field_lines(scenario: Scenario, key: str, value: Any, origins: bool) -> Iterator[str]:
    if not isinstance(value, dict | list) or not value:
        yield f"{key}: {_flow(value)}{_comment(scenario, key, origins)}"
        return
    yield f"{key}:"
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield f"  - {_flow(item)}{_comment(scenario, f'{key}[{index}]', origins)}"
    elif key == "inputs":
        yield from _input_lines(scenario, value, origins)
    else:
        for part, told in value.items():
            yield f"  {part}: {_flow(told)}{_comment(scenario, f'{key}.{part}', origins)}"


def _input_lines(scenario: Scenario, tables: dict[str, Any], origins: bool) -> Iterator[str]:
    for name, table in tables.items():
        numbers = {field: number for field, number in table.items() if field != "source"}
        yield f"  {name}:{_comment(scenario, f'inputs.{name}', origins)}"
        yield f"    {_flow(numbers)[:-1]},"
        yield f"      source: {_flow(table['source'])}}}"


def _comment(scenario: Scenario, path: str, origins: bool) -> str:
    """Return the origins of a value's parts as a comment, each named once."""
    found = _origins_below(scenario, path) if origins else []
    return f"  # {', '.join(dict.fromkeys(found))}" if found else ""


def _origins_below(scenario: Scenario, path: str) -> list[str]:
    inner = (f"{path}.", f"{path}[")
    return [at for known, at in scenario.origin.items() if known == path or known.startswith(inner)]


def _flow(value: Any) -> str:
    """Return a value on one line; JSON is YAML, but bare words and whole numbers read better."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, str) and _BARE.fullmatch(value) and value.lower() not in ("true", "false", "null"):
        return value
    return json.dumps(value, ensure_ascii=False)
