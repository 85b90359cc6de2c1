"""Loading a scenario: files, overrides and defaults merged, checked, made into `Scenario`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from simulation.io.origin import DataPath, Origin, dotted, where, wrong
from simulation.io.pydantic_messages import suggestion
from simulation.io.yaml_file import parse
from simulation.scenario.archive import Archive
from simulation.scenario.catalogue import bundled_file, find
from simulation.scenario.checks import check_input_names, check_measures
from simulation.scenario.digest import digest_of
from simulation.scenario.distributions import DISTRIBUTIONS
from simulation.scenario.head_line import promise_of
from simulation.scenario.inheritance import chain, read_chain
from simulation.scenario.input_registry import GIVEN, InputDeclaration, known_inputs
from simulation.scenario.inputs import Input, shapes_of
from simulation.scenario.merge import Node, Tree, from_data, leaves, merge
from simulation.scenario.overrides import apply
from simulation.scenario.scenario import Scenario
from simulation.scenario.schema import ScenarioFile
from simulation.scenario.world_folder import world_folder


def load_scenario(
    path_or_name: str | Path, overrides: Sequence[str] = (), archive: Archive | None = None
) -> Scenario:
    """Return the checked scenario of a file, or of a bundled name, with `path=value` overrides applied.

    Its files are read now, but for those in `archive`, from which scenarios read before were made. Errors:
    InputError for the first thing that is wrong, with file and line.
    """
    path, archive = find(path_or_name), archive or Archive()
    tree = Tree(root=apply(read_chain(path, bundled_file, archive.files), tuple(overrides)))
    file, promise = parse(tree, ScenarioFile), promise_of(path, archive.files)
    seeds, region = (_folder(tree, field) for field in ("seeds", "region"))
    actors = archive.seeds(seeds, region, file.claims, tree).actors
    known = known_inputs(actors)
    check_input_names(tree, file.inputs, known)
    full = Tree(root=_with_defaults(tree.root, known))
    inputs = _inputs(full, known)
    measures = tuple(item.measure() for item in file.measures)
    check_measures(tree, measures, [actor.id for actor in actors], archive.places(region), file.days)
    bare = Scenario(
        name=promise.name if promise else path.stem,
        file=where(Origin(file=path)),
        title=file.title.strip(),
        question=file.question.strip(),
        lesson=file.lesson,
        start=file.start,
        days=file.days,
        region=region,
        seeds=seeds,
        inputs=inputs,
        measures=measures,
        claim_edits=file.claims,
        origin=_origins(full),
        digest="",
        archive=archive,
    )
    _keep_promises(path, overrides, archive, digest := digest_of(bare))
    return dataclasses.replace(bare, digest=digest)


def _keep_promises(path: Path, overrides: Sequence[str], archive: Archive, digest: str) -> None:
    """Refuse a file, or one that it extends, whose first line names another digest than it has by itself."""
    for source in chain(path, bundled_file, archive.files):
        if promise := promise_of(source.path, archive.files):
            if source.path != path or overrides:
                load_scenario(source.path, (), archive)
            else:
                promise.check(digest, path)
            return


def _folder(tree: Tree, field: str) -> Path:
    """Return the folder that a field names, from the folder of the file it was written in."""
    written, place = tree.data[field], tree.origin_of((field,))
    beside = place.file.parent if isinstance(place.file, Path) else Path()
    try:
        return world_folder(written, beside)
    except ValueError as error:
        raise wrong(tree, (field,), str(error)) from None


def _with_defaults(root: Node, known: Mapping[str, InputDeclaration]) -> Node:
    """Return the tree with every input's default laid under what the scenario says, in the table's order."""
    given = root.value.get("inputs", from_data({}, root.place))
    under = {each.name: from_data(each.default, Origin(file=each.origin)) for each in known.values()}
    base = Node(value=under, place=root.place)
    return Node(value={**root.value, "inputs": merge(base, given, ("inputs",))}, place=root.place)


def _inputs(full: Tree, known: Mapping[str, InputDeclaration]) -> dict[str, Input]:
    return {name: _input(full, known[name], value) for name, value in full.data["inputs"].items()}


def _input(full: Tree, known: InputDeclaration, written: Any) -> Input:
    path = ("inputs", known.name)
    table = written if isinstance(written, dict) else {"value": written, "source": GIVEN}
    own = {key: table.get(key) for key in ("dist", "value", "unit", "source")}
    _check_table(full, path, known, table)
    try:
        return Input(
            name=known.name,
            dist=own["dist"],
            value=None if own["value"] is None else float(own["value"]),
            parameters={key: float(number) for key, number in table.items() if key not in own},
            unit=known.unit,
            source=own["source"] or GIVEN,
            low=known.low,
            high=known.high,
            meaning=known.meaning,
            label=known.label,
        )
    except ValueError as error:
        raise wrong(full, path, str(error)) from None


def _check_table(full: Tree, path: DataPath, known: InputDeclaration, table: Mapping[str, Any]) -> None:
    """Refuse a wrong unit, an unknown distribution and parameters that are not its own."""
    if table.get("unit") not in (None, known.unit):
        message = f"the unit of {known.name} is {known.unit}, not '{table['unit']}'"
        raise wrong(full, (*path, "unit"), message)
    dist = table.get("dist")
    if dist is not None and dist not in DISTRIBUTIONS:
        raise wrong(full, (*path, "dist"), f"unknown distribution '{dist}'{suggestion(dist, DISTRIBUTIONS)}")
    allowed = ("value",) if dist is None else shapes_of(dist)
    for key in table:
        if key not in (*allowed, "dist", "value", "unit", "source"):
            raise wrong(full, (*path, key), _not_a_parameter(key, dist, allowed), inside=True)
    missing = [name for name in allowed if name not in (*table, "loc", "scale", "value")]
    if missing:
        raise wrong(full, path, f"{dist} needs '{missing[0]}' too")
    if dist is not None and table.get("source") is None:
        raise wrong(full, path, "'source' is missing: say where the numbers come from, or 'assumption: why'")


def _not_a_parameter(key: str, dist: str | None, allowed: tuple[str, ...]) -> str:
    if dist is None:
        return f"'{key}' needs a distribution; name one with 'dist'"
    return f"{dist} has no parameter '{key}'; it has {', '.join(allowed)}"


def _origins(full: Tree) -> dict[str, str]:
    """Return for every value of the merged scenario where it was written."""
    return {dotted(path): where(node.place) for path, node in leaves(full.root)}
