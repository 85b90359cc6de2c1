"""The scenario at each point of a design, each error at the place where the point was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from simulation.errors import InputError, united
from simulation.parameter_study.design import Design, Point
from simulation.results.packed_inputs import write_resolved
from simulation.scenario import Scenario, load_scenario
from simulation.scenario.archive import Archive
from simulation.scenario.overrides import LABEL


def scenarios_of(
    scenario: str | Path, fixed: Sequence[str], design: Design, archive: Archive
) -> tuple[Scenario, ...]:
    """Return the scenario at each point, in their order; `fixed` overrides apply at every point.

    Errors: InputError with all that is wrong at any point, and for two points that come to the same scenario.
    """
    found: list[Scenario] = []
    errors: list[tuple[Point, InputError]] = []
    for point in design.points:
        try:
            found.append(load_scenario(scenario, [*fixed, *design.overrides(point)], archive))
        except InputError as error:
            errors += [(point, each) for each in error.every]
    if errors:
        raise united(_placed(design, errors))
    _refuse_equal(design, found)
    _refuse_other_worlds(found)
    return tuple(found)


def write_scenarios(base: Scenario, every: Mapping[str, Scenario], folder: Path) -> None:
    """Write the scenario without its points into a folder, and that of each point into the folder of a name there."""
    write_resolved(base, folder)
    first: Path | None = None
    for name, scenario in every.items():
        (folder / name).mkdir(parents=True)
        write_resolved(scenario, folder / name, beside=first)
        first = first or folder / name


def _placed(design: Design, errors: Sequence[tuple[Point, InputError]]) -> Iterator[InputError]:
    """Yield errors where they were written; what is wrong at every point alike is wrong with its column, once."""
    alike = Counter((_column(design, point, error), error.message) for point, error in errors)
    for point, error in errors:
        column = _column(design, point, error)
        everywhere = len(design.points) > 1 and alike[column, error.message] == len(design.points)
        if column and design.file is not None:
            line = design.header if everywhere else point.line
            yield InputError(error.message, file=design.file, line=line, path=column)
        elif column and everywhere:
            yield InputError(error.message, file=f"{LABEL}{column}={','.join(design.values_of(column))}")
        else:
            yield error


def _column(design: Design, point: Point, error: InputError) -> str:
    """Return the column that an error is about; nothing where it is about the scenario itself."""
    for name, text in zip(design.names, design.overrides(point), strict=True):
        if str(error.file) == f"{LABEL}{text}":
            return name
    return ""


def _refuse_equal(design: Design, scenarios: Sequence[Scenario]) -> None:
    """Refuse two points that are written otherwise and come to the same scenario, such as 5000 and 5e3."""
    first: dict[str, Point] = {}
    for point, scenario in zip(design.points, scenarios, strict=True):
        other = first.setdefault(scenario.digest, point)
        if other is not point:
            texts, others = (" ".join(design.overrides(each)) for each in (point, other))
            place = None if design.file is None else design.file
            raise InputError(
                f"{texts} is the same scenario as {others}; leave one out", file=place, line=point.line
            )


def _refuse_other_worlds(scenarios: Sequence[Scenario]) -> None:
    """Refuse points on unlike maps or documents, whose actors, places and endings need not be the same."""
    for what in ("seeds", "region", "claim_edits"):
        if any(getattr(each, what) != getattr(scenarios[0], what) for each in scenarios):
            called = what.removesuffix("_edits") + "s" * what.endswith("_edits")
            raise InputError(
                f"the points have other {called}, and so nothing to be compared by; use compare instead"
            )
