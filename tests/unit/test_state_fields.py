"""Every field of the state says what it is, and something reads it."""

import ast
import re
from enum import IntEnum

import code_map
import numpy as np
import pytest
from code_map import PACKAGE

from simulation.model.change_kind import ChangeKind
from simulation.model.state import LAYOUT, RECORDS, State, kinds
from simulation.model.state.field import Field, Record, field

FIELDS = [(array, each) for array, record in RECORDS.items() for each in record.fields]
FOR_READERS = ("event", "changes")
"""What a history writes down for those who read it afterwards, through arrays with names of their own."""

DECLARED = PACKAGE / code_map.STATE


def name_of(pair: tuple[str, Field]) -> str:
    return f"{pair[0]}.{pair[1].name}"


def array_of(node: ast.expr, known: dict[str, str]) -> str | None:
    """Return the array of a state that an expression is, or is a row of: `s.units`, `s.units[k]`, a name for either."""
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Subscript):
        return array_of(node.value, known)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "view":
        return array_of(node.func.value, known)
    return node.attr if isinstance(node, ast.Attribute) and node.attr in RECORDS else None


def named_in(function: ast.AST) -> dict[str, str]:
    """Return the arrays that the local names of a function stand for."""
    known: dict[str, str] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=False))
                for left, right in pairs:
                    if isinstance(left, ast.Name) and (array := array_of(right, known)) is not None:
                        known[left.id] = array
    return known


def reads_of(source: str) -> set[str]:
    """Return the fields, as `array.field`, that a module reads as attributes or by their names."""
    module, found = ast.parse(source), set()
    for scope in [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]:
        known = named_in(scope)
        for node in ast.walk(scope):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                found.add(f"{array_of(node.value, known)}.{node.attr}")
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                found.add(f"{array_of(node.value, known)}.{node.slice.value}")
    return found


@pytest.fixture(scope="module")
def sources() -> list[str]:
    files = [file for file in PACKAGE.rglob("*.py") if DECLARED not in file.parents]
    return [file.read_text(encoding="utf-8") for file in files]


def test_every_field_has_a_unit_and_a_meaning() -> None:
    assert [name_of(pair) for pair in FIELDS if not (pair[1].unit.strip() and pair[1].meaning.strip())] == []
    with pytest.raises(ValueError, match="its unit or its meaning is missing"):
        field("dug_in", "f8", "", "seize", "how well its holder is entrenched")
    with pytest.raises(ValueError, match="no process is called seise"):
        field("dug_in", "f8", "1", "seise start", "how well its holder is entrenched")


def test_a_unit_that_looks_like_a_kind_is_one() -> None:
    named = {each.unit for _, each in FIELDS if re.fullmatch(r"[A-Z]\w+", each.unit)}
    known = {**vars(kinds), ChangeKind.__name__: ChangeKind}
    assert named and all(issubclass(known[name], IntEnum) for name in named)


def test_every_field_is_read_somewhere(sources: list[str]) -> None:
    read = set().union(*map(reads_of, sources))
    assert [
        name_of(pair) for pair in FIELDS if pair[0] not in FOR_READERS and name_of(pair) not in read
    ] == []


def test_every_field_for_readers_is_read_by_its_name(sources: list[str]) -> None:
    text = "\n".join(sources)
    names = [each.name for array, each in FIELDS if array in FOR_READERS]
    assert [name for name in names if not re.search(rf"\.{name}\b|\"{name}\"", text)] == []


def test_the_arrays_of_a_state_are_those_laid_out() -> None:
    arrays = [name for name in State.__dataclass_fields__ if name not in ("address", "_table")]
    assert set(arrays) == set(LAYOUT)
    assert {name: LAYOUT[name][0] for name in RECORDS} == {name: each.dtype for name, each in RECORDS.items()}


def test_a_record_is_aligned_and_keeps_the_order_of_its_fields() -> None:
    two = (field("flag", "i1", "yes/no", "", "a"), field("beside", "f8", "km", "", "b", (2,)))
    dtype = Record(rows="one in all", fields=two).dtype
    assert dtype == np.dtype([("flag", "i1"), ("beside", "f8", (2,))], align=True) and dtype.isalignedstruct
