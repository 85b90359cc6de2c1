"""Loading a scenario: files, overrides and defaults merged, checked, made into `Scenario`."""

from __future__ import annotations

import contextlib
from collections.abc import Container, Mapping, Sequence
from pathlib import Path

from simulation import arguments
from simulation.documents.actor import ActorSeed
from simulation.errors import Faults, InputError
from simulation.io.origin import Origin, dotted, where, wrong
from simulation.scenario.archive import Archive
from simulation.scenario.base import base_inputs, is_base, not_to_be_run
from simulation.scenario.catalogue import bundled_file, find
from simulation.scenario.checks import path_of, too_late, unknown_actors, unknown_inputs, unknown_places
from simulation.scenario.dated_change import Measure
from simulation.scenario.draft import Draft, draft_of
from simulation.scenario.head_line import promise_of
from simulation.scenario.inheritance import chain, read_chain
from simulation.scenario.input_groups import wrong_groups
from simulation.scenario.input_registry import InputDeclaration, known_inputs
from simulation.scenario.input_tables import inputs_of
from simulation.scenario.inputs import Input
from simulation.scenario.merge import Node, Tree, from_data, leaves, merge
from simulation.scenario.notice import Notice, notice_at
from simulation.scenario.overrides import apply, idle, is_override
from simulation.scenario.scenario import Scenario
from simulation.scenario.world_folder import world_folder


def load_scenario(
    path_or_name: str | Path, overrides: Sequence[str] = (), archive: Archive | None = None
) -> Scenario:
    """Return the checked scenario of a file, or of a bundled name, with `path=value` overrides applied.

    Its files are read now, but for those in `archive`, from which scenarios read before were made. Where an override
    shortens the run, measures that would begin after its end are left out, which `notices` say.
    Errors: InputError for all that is wrong, with file and line.
    """
    if not isinstance(path_or_name, str):
        path_or_name = arguments.path("scenario", path_or_name, "a file or a bundled name")
    path, archive, faults = find(path_or_name), archive or Archive(), Faults()
    settings = arguments.texts("overrides", overrides)
    tree = Tree(root=apply(read_chain(path, bundled_file, archive.files), settings))
    if is_base(tree.data):
        raise not_to_be_run(tree, path.stem)
    draft = draft_of(tree, faults)
    seeds, region = (_folder(tree, draft, field, faults) for field in ("seeds", "region"))
    actors = _actors(tree, draft, seeds, region, archive, faults)
    known = known_inputs(actors or ())
    full = Tree(root=_with_defaults(tree.root, draft, known))
    inputs = inputs_of(full, known, faults, draft.refused_inputs)
    late = _late(tree, draft, faults)
    if actors is not None:
        _check_names(tree, draft, known, actors, region, archive, faults)
    if faults.found and region is not None:
        with faults.gather():
            archive.region(region)
    faults.refuse()
    assert seeds is not None and region is not None
    file, full = draft.file, Tree(root=_without_measures(full.root, late))
    promise = promise_of(path, archive.files)
    scenario = Scenario(
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
        together=file.together,
        measures=tuple(measure for index, measure in draft.measures.items() if index not in late),
        claim_edits=file.claims,
        as_of=file.as_of,
        given=file.given,
        doubt=file.doubt,
        origin=_origins(full),
        asked=(str(path_or_name), *(word for text in settings for word in ("--set", text))),
        archive=archive,
        notices=(*idle(settings), *(_left_out(tree, late[index], index, file.days) for index in late)),
    )
    _keep_promises(path, settings, archive, scenario.digest)
    archive.checked.add(scenario.digest)
    return scenario


def base_of(
    path_or_name: str | Path, overrides: Sequence[str] = (), archive: Archive | None = None
) -> Mapping[str, Input] | None:
    """Return the inputs that a file sets if it is a base for others, else None; InputError for what is wrong."""
    files, settings = (archive or Archive()).files, arguments.texts("overrides", overrides)
    tree = Tree(root=apply(read_chain(find(path_or_name), bundled_file, files), settings))
    return base_inputs(tree) if is_base(tree.data) else None


def _keep_promises(path: Path, overrides: Sequence[str], archive: Archive, digest: str) -> None:
    """Refuse a file, or one that it extends, whose first line names another digest than it has by itself."""
    for source in chain(path, bundled_file, archive.files):
        if promise := promise_of(source.path, archive.files):
            if source.path != path or overrides:
                load_scenario(source.path, (), archive)
            else:
                promise.check(digest, path)
            return


def _folder(tree: Tree, draft: Draft, field: str, faults: Faults) -> Path | None:
    """Return the folder that a field names, from the folder of the file it was written in."""
    if field in draft.gone:
        return None
    written, place = tree.data[field], tree.origin_of((field,))
    beside = place.file.parent if isinstance(place.file, Path) else Path()
    try:
        return world_folder(written, beside)
    except ValueError as error:
        faults.found.append(wrong(tree, (field,), str(error)))
        return None


def _actors(
    tree: Tree, draft: Draft, seeds: Path | None, region: Path | None, archive: Archive, faults: Faults
) -> tuple[ActorSeed, ...] | None:
    """Return the actors of the seeds, even where something else is wrong with these; None where they are unknown."""
    if seeds is not None and region is not None:
        with faults.gather():
            return archive.seeds(seeds, region, draft.file.claims, tree).actors
    if seeds is not None:
        with contextlib.suppress(InputError):
            return archive.actors(seeds)
    return None


def _check_names(
    tree: Tree,
    draft: Draft,
    known: Mapping[str, InputDeclaration],
    actors: Sequence[ActorSeed],
    region: Path | None,
    archive: Archive,
    faults: Faults,
) -> None:
    """Gather an error for each input, actor and place that is unknown."""
    faults.found += unknown_inputs(tree, draft.file.inputs, known)
    faults.found += wrong_groups(tree, draft.file.together, known)
    faults.found += unknown_actors(tree, draft.measures, [actor.id for actor in actors])
    with faults.gather():
        if region is not None:
            faults.found += unknown_places(tree, draft.measures, archive.places(region))


def _late(tree: Tree, draft: Draft, faults: Faults) -> dict[int, Measure]:
    """Return the measures that begin when an override has ended the run, by their place in the list.

    A measure that the run of its own file does not reach is an error, as is one whose day is itself an override.
    """
    if "days" in draft.gone:
        return {}
    late = {index: each for index, each in draft.measures.items() if not each.from_day < draft.file.days}
    shortened = is_override(tree.origin_of(("days",)))
    first_days = {index: tree.origin_of((*path_of(index, each), "from_day")) for index, each in late.items()}
    left_out = {
        index: each for index, each in late.items() if shortened and not is_override(first_days[index])
    }
    for index in late.keys() - left_out.keys():
        faults.found.append(too_late(tree, index, late[index], draft.file.days))
    return left_out


def _left_out(tree: Tree, measure: Measure, index: int, days: float) -> Notice:
    message = f"begins on day {measure.from_day:g}, and the run now ends on day {days:g}; it is left out"
    return notice_at(where(tree.origin_of(path_of(index, measure))), dotted(path_of(index, measure)), message)


def _without_measures(root: Node, gone: Container[int]) -> Node:
    """Return the tree without some of its measures."""
    if "measures" not in root.value:
        return root
    items = root.value["measures"]
    kept = [item for index, item in enumerate(items.value) if index not in gone]
    return Node(value={**root.value, "measures": Node(value=kept, place=items.place)}, place=root.place)


def _with_defaults(root: Node, draft: Draft, known: Mapping[str, InputDeclaration]) -> Node:
    """Return the tree with every input's default laid under what the scenario says, in the table's order."""
    under = {each.name: from_data(each.default, Origin(file=each.origin)) for each in known.values()}
    base = Node(value=under, place=root.place)
    given = root.value["inputs"] if draft.file.inputs else from_data({}, root.place)
    return Node(value={**root.value, "inputs": merge(base, given, ("inputs",))}, place=root.place)


def _origins(full: Tree) -> dict[str, str]:
    """Return for every value of the merged scenario where it was written."""
    return {dotted(path): where(node.place) for path, node in leaves(full.root)}
