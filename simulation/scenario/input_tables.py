"""From what a scenario says of its inputs to inputs, each checked against its declaration."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from simulation.errors import Faults, InputError, united
from simulation.io.origin import DataPath, LocatedData, wrong
from simulation.io.pydantic_messages import suggestion
from simulation.scenario.distributions import DISTRIBUTIONS
from simulation.scenario.input_registry import GIVEN, InputDeclaration
from simulation.scenario.inputs import Input, shapes_of


def inputs_of(
    full: LocatedData, known: Mapping[str, InputDeclaration], faults: Faults, but: Container[str] = ()
) -> dict[str, Input]:
    """Return the inputs that are right, but for those named in `but`; errors are gathered."""
    inputs: dict[str, Input] = {}
    for name, value in full.data["inputs"].items():
        if name in known and name not in but:
            with faults.gather():
                inputs[name] = _input(full, known[name], value)
    return inputs


def _input(full: LocatedData, known: InputDeclaration, written: Any) -> Input:
    path = ("inputs", known.name)
    table = written if isinstance(written, dict) else {"value": written, "source": GIVEN}
    own = {key: table.get(key) for key in ("dist", "value", "unit", "source")}
    if errors := list(_faults_of_table(full, path, known, table)):
        raise united(errors)
    try:
        return Input(
            name=known.name,
            dist=own["dist"],
            value=None if own["value"] is None else float(own["value"]),
            parameters={key: _number(number) for key, number in table.items() if key not in own},
            unit=known.unit,
            source=own["source"] or GIVEN,
            low=known.low,
            high=known.high,
            meaning=known.meaning,
            label=known.label,
        )
    except InputError as error:
        raise wrong(full, path, error.message) from None


def _number(given: float | list[float]) -> float | tuple[float, ...]:
    return tuple(map(float, given)) if isinstance(given, list) else float(given)


def _faults_of_table(
    full: LocatedData, path: DataPath, known: InputDeclaration, table: Mapping[str, Any]
) -> Iterator[InputError]:
    """Yield an error for a wrong unit, a missing source, an unknown distribution and parameters that do not fit."""
    if table.get("unit") not in (None, known.unit):
        yield wrong(full, (*path, "unit"), f"the unit of {known.name} is {known.unit}, not '{table['unit']}'")
    dist = table.get("dist")
    if dist is not None and table.get("source") is None:
        yield wrong(full, path, "'source' is missing: say where the numbers come from, or 'assumption: why'")
    if dist is None or dist in DISTRIBUTIONS:
        yield from _wrong_parameters(full, path, dist, table)
    else:
        message = f"unknown distribution '{dist}'{suggestion(dist, DISTRIBUTIONS)}"
        yield wrong(full, (*path, "dist"), message)


def _wrong_parameters(
    full: LocatedData, path: DataPath, dist: str | None, table: Mapping[str, Any]
) -> Iterator[InputError]:
    allowed = ("value",) if dist is None else shapes_of(dist)
    strange = [key for key in table if key not in (*allowed, "dist", "value", "unit", "source")]
    for key in strange:
        yield wrong(full, (*path, key), _not_a_parameter(key, dist, allowed), inside=True)
    missing = [name for name in allowed if name not in (*table, "loc", "scale", "value")]
    if missing and not strange:
        yield wrong(full, path, f"{dist} needs {' and '.join(map(repr, missing))} too")


def _not_a_parameter(key: str, dist: str | None, allowed: tuple[str, ...]) -> str:
    if dist is None:
        return f"'{key}' needs a distribution; name one with 'dist'"
    return f"{dist} has no parameter '{key}'; it has {', '.join(allowed)}"
