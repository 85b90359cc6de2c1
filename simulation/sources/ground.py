"""Chains of what lies on the map: the forces at the start, the region's data sets, and its places."""

from __future__ import annotations

from collections.abc import Iterable

from simulation.documents import Force
from simulation.io.origin import Origin, where
from simulation.io.yaml_file import YamlSource, parse
from simulation.region.columns import Columns, read_table
from simulation.region.description import RegionDescription
from simulation.region.region import Place
from simulation.sources.context import Material
from simulation.sources.entry import Entry, EntryGroup, basis_of, claims_in

RULES = ("places.control", "places.weight", "places.population")
TRUST_OF_LABEL = {"3": "high", "2": "medium", "1": "low"}


def forces_group(material: Material) -> EntryGroup:
    """Return every force of the laydown."""
    entries = tuple(_force(material, *each) for each in enumerate(material.seeds.forces))
    intro = (
        "Which forces stand where at the start. The fighters of a force are its share of its actor's fighters "
        "on the map (fighters x share on the map, both drawn again for every case)."
    )
    return EntryGroup(id="forces", heading="Laydown of forces", intro=intro, entries=entries)


def data_group(material: Material) -> EntryGroup:
    """Return what each column of the region's tables rests on, and where the data come from."""
    source, description = _described(material)
    numbers = tuple(
        _data(
            material, ", ".join(each.columns), each.data, each.basis_text, _line(source, ("numbers", index))
        )
        for index, each in enumerate(description.numbers)
    )
    files = tuple(
        _data(material, each.data, f"{each.data}: origin and terms", f"{each.source} ({each.licence})",
              _line(source, ("licences", index)))
        for index, each in enumerate(description.licences)
    )  # fmt: skip
    return EntryGroup(
        id="map", heading="Map and people", intro=description.note.strip(), entries=(*numbers, *files)
    )


def explained_columns(material: Material, columns: Iterable[str]) -> tuple[str, ...]:
    """Return those of some columns, such as `cells.control`, of which region.yaml says what they rest on."""
    told = {column for each in _described(material)[1].numbers for column in each.columns}
    return tuple(column for column in columns if column in told)


def places_group(material: Material) -> EntryGroup:
    """Return every named place: who holds it, how many live there, how much it weighs."""
    path, files = material.scenario.region / "places.csv", material.scenario.archive.files
    header = files.table(path).header
    extra = tuple(name for name in ("confidence", "coordinates") if name in header)
    table = read_table(path, ("name", *extra), files)
    file = where_file(material, "places.csv")
    see = (_standing(material), explained_columns(material, RULES))
    places = material.scenario.archive.region(material.scenario.region).places
    entries = tuple(_place(material, each, table, row, file, *see) for row, each in enumerate(places))
    intro = (
        "Who holds a place on the first day and how much its fall weighs are assumptions for teaching; the rules "
        "for all places stand under “Map and people”."
    )
    return EntryGroup(id="places", heading="Places", intro=intro, entries=entries)


def where_file(material: Material, name: str) -> str:
    """Return a file of the region as text, from the repository's root."""
    return where(Origin(file=material.scenario.region / name))


def _described(material: Material) -> tuple[YamlSource, RegionDescription]:
    source = material.scenario.archive.files.yaml(material.scenario.region / "region.yaml")
    return source, parse(source, RegionDescription)


def _line(source: YamlSource, path: tuple[str | int, ...]) -> str:
    return where(Origin(file=source.path, line=source.line_of(path)))


def _data(material: Material, key: str, title: str, text: str, written: str) -> Entry:
    basis, because = basis_of(text)
    return Entry(
        key=key,
        title=title,
        basis=basis,
        because=because,
        written=written,
        claims=claims_in(because, material.cited),
        names=tuple(key.split(", ")),
    )


def _force(material: Material, index: int, force: Force) -> Entry:
    units = f"{force.units} unit{'' if force.units == 1 else 's'}"
    basis, because = basis_of(force.source or f"assumption: {force.assumption}")
    return Entry(
        key=force.id,
        title=f"{material.shorts[force.actor]}, {force.kind}: {_where(material, force)}",
        value=f"{units}, share {force.share:g}, {force.mobility}, entrenchment {force.entrenchment:g} of 1",
        basis=basis,
        because=because,
        written=material.written.force(index),
        claims=claims_in(because, material.cited),
        see=(("numbers", (f"{force.actor}_fighters", *_share(material, force.actor))),),
    )


def _share(material: Material, actor: str) -> tuple[str, ...]:
    name = f"{actor}_map_share"
    return (name,) if name in material.scenario.inputs else ()


def _where(material: Material, force: Force) -> str:
    names = ", ".join(force.where.names)
    if force.where.against is None:
        return names
    return f"along {names} against {material.shorts[force.where.against]}"


def _standing(material: Material) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for force in material.seeds.forces:
        for place in force.where.names:
            found.setdefault(place, []).append(force.id)
    return {place: tuple(dict.fromkeys(names)) for place, names in found.items()}


def _place(
    material: Material,
    place: Place,
    table: Columns,
    row: int,
    file: str,
    forces: dict[str, tuple[str, ...]],
    rules: tuple[str, ...],
) -> Entry:
    def cell(column: str) -> str:
        return table.columns[column][row] if column in table.columns else ""

    endings = tuple(e.id for e in material.seeds.endings if place.name in (e.when.lost or ()))
    label = TRUST_OF_LABEL.get(cell("confidence"), "")
    return Entry(
        key=place.name,
        title=f"{place.kind} in {place.governorate}",
        value=f"held by {material.shorts.get(place.control, 'nobody')}, weight {place.weight:g} of 1"
        + (f", {place.population:,} people" if place.population else ""),
        basis="assumption",
        because=f"who holds it: {'label of ' + label + ' confidence' if label else 'by the rule of the map'}",
        written=f"{file}:{table.lines[row]}",
        claims=tuple(c for c, cited in material.cited.items() if place.name in cited.about),
        facts=((("coordinates", cell("coordinates")),) if cell("coordinates") else ()),
        see=(("rules", rules), ("forces", forces.get(place.name, ())), ("endings", endings)),
    )
