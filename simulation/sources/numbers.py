"""Chains of numbers: of the actors, of the rules, and of the scenario's measures."""

from __future__ import annotations

import dataclasses
import math

from simulation.documents import QUANTITIES, ActorSeed, Quantity
from simulation.model.parameters import PARAMETERS
from simulation.scenario.dated_change import Measure
from simulation.scenario.description import group_words, input_words, measure_words
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.input_registry import GIVEN, known_inputs
from simulation.scenario.inputs import Input
from simulation.sources.context import CONFIDENCE, Material
from simulation.sources.entry import Basis, Entry, EntryGroup, basis_of, claims_in
from simulation.sources.location import origin_of

NO_SOURCE = "the scenario sets this number and names no source for it"
NO_SOURCE_OF_MEASURE = "the scenario sets this measure and names no source for it"
ALLOWED = "allowed"


def actor_numbers(material: Material) -> EntryGroup:
    """Return every number of an actor."""
    entries = tuple(
        _actor_number(material, index, name, quantity)
        for index, actor in enumerate(material.seeds.actors)
        for name, quantity in actor.quantities.stated()
    )
    intro = "What no document gives about an actor: a range with its source, or openly an assumption."
    return EntryGroup(id="actor-numbers", heading="Numbers of actors", intro=intro, entries=entries)


def rule_numbers(material: Material) -> EntryGroup:
    """Return every parameter of the rules, with the processes that use it."""
    entries = tuple(_rule_number(material, name) for name in PARAMETERS)
    intro = "The numbers in the rules of what can happen. Each names the processes that use it."
    return EntryGroup(id="rule-numbers", heading="Numbers of the rules", intro=intro, entries=entries)


def measures_group(material: Material) -> EntryGroup:
    """Return every measure of the scenario."""
    entries = tuple(_measure(material, *each) for each in enumerate(material.scenario.measures))
    intro = "What the scenario changes on a date. A measure asks what would be if; it is no claim about the world."
    if not entries:
        intro += " This scenario has none."
    return EntryGroup(id="measures", heading="Measures", intro=intro, entries=entries)


def groups_group(material: Material) -> EntryGroup:
    """Return every group of inputs that are drawn together."""
    entries = tuple(_group(material, name, each) for name, each in material.scenario.together.items())
    intro = "Numbers that are drawn together, since what makes one high makes the others high too, or low where turned."
    return EntryGroup(id="groups", heading="Inputs that are drawn together", intro=intro, entries=entries)


def _group(material: Material, name: str, group: InputGroup) -> Entry:
    basis, because = basis_of(group.source)
    before = None if material.before is None else material.before.together.get(name)
    replaced = before is not None and (before.correlation, before.signs) != (group.correlation, group.signs)
    return Entry(
        key=name,
        title=f"Inputs drawn together as {name.replace('_', ' ')}",
        value=group_words(group, material.scenario.inputs),
        basis=basis,
        because=because,
        written=material.written.value(f"together.{name}"),
        claims=claims_in(group.source, material.cited),
        change=f"before: {group_words(before, material.scenario.inputs)}" if before and replaced else "",
        see=(("inputs", tuple(group.signs)),),
    )


def _actor_number(material: Material, index: int, name: str, quantity: Quantity) -> Entry:
    actor = material.seeds.actors[index]
    key, kind = f"{actor.id}_{name}", QUANTITIES[name]
    given, seeded = material.scenario.inputs[key], _seeded(material, actor, name)
    plain = getattr(material.plain.actors[index].quantities, name)
    own, seeds_at = input_words(given) == input_words(seeded), material.written.quantity(index, name)
    basis, because = _basis(seeded if own else given)
    sure = CONFIDENCE.get(quantity.confidence or "", "")
    return Entry(
        key=key,
        title=f"{actor.name}: {kind.meaning}",
        value=input_words(given),
        basis=basis,
        because=because,
        written=seeds_at if own else material.written.value(f"inputs.{key}"),
        claims=tuple(dict.fromkeys((*plain.claims, *claims_in(because, material.cited)))),
        change=_doubt(material, quantity, plain)
        if own
        else f"before: {_replaced(material, key) or f'{input_words(seeded)} ({seeds_at})'}",
        facts=(*((("confidence", sure),) if sure and own else ()), (ALLOWED, _bounds(given))),
    )


def _doubt(material: Material, quantity: Quantity, plain: Quantity) -> str:
    """Return what stood here before a claim was disbelieved; empty where nothing changed."""
    if quantity == plain:
        return ""
    low, best, high = (f"{number:.6g}" for number in plain.span)
    return f"as documented: from {low} to {high}, likeliest {best}; {material.lost(plain.claims)}"


def _seeded(material: Material, actor: ActorSeed, name: str) -> Input:
    """Return a number of an actor as the seeds give it, in the form of an input."""
    key = f"{actor.id}_{name}"
    given, default = material.scenario.inputs[key], known_inputs([actor])[key].default
    own = {
        part: number for part, number in default.items() if part not in ("dist", "value", "unit", "source")
    }
    return dataclasses.replace(
        given,
        dist=default.get("dist"),
        parameters=own,
        value=default.get("value"),
        source=default["source"],
    )


def _rule_number(material: Material, name: str) -> Entry:
    given, replaced = material.scenario.inputs[name], _replaced(material, name)
    basis, because = _basis(given)
    return Entry(
        key=name,
        title=given.meaning,
        value=input_words(given),
        basis=basis,
        because=because,
        written=material.written.value(f"inputs.{name}"),
        claims=claims_in(given.source, material.cited),
        change=f"before: {replaced}" if replaced else "",
        facts=((ALLOWED, _bounds(given)),),
        see=(("used by", PARAMETERS[name].used_by),),
    )


def _replaced(material: Material, key: str) -> str:
    """Return what the command line replaces, and where that is written; empty where it replaces nothing."""
    if material.before is None or material.before.inputs[key] == material.scenario.inputs[key]:
        return ""
    return f"{input_words(material.before.inputs[key])} ({origin_of(material.before, f'inputs.{key}')})"


def _basis(given: Input) -> tuple[Basis, str]:
    if given.source == GIVEN:
        return "scenario", NO_SOURCE
    return basis_of(given.source)


def _bounds(given: Input) -> str:
    unit = "" if given.unit == "1" else f" {given.unit}"
    high = "no end" if math.isinf(given.high) else f"{given.high:,.6g}"
    return f"{given.low:,.6g} to {high}{unit}"


def _measure(material: Material, index: int, measure: Measure) -> Entry:
    text = measure.source or ""
    basis, because = basis_of(text) if text else ("scenario", NO_SOURCE_OF_MEASURE)
    facts = (("note", measure.note),) if measure.note else ()
    return Entry(
        key=f"measures[{index}]",
        title=measure_words(measure, material.shorts),
        basis=basis,
        because=because,
        written=material.written.value(f"measures[{index}]"),
        claims=claims_in(f"{text} {measure.note or ''}", material.cited),
        facts=facts,
        names=(measure.kind,),
    )
