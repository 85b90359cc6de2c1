"""How an object of arrays is passed to compiled code: as one address.

The arrays of a tuple travel as separate arguments, more than a hundred words at every call of a function.
Here a compiled function is handed the address of a table, and `s.units` looks the array up there. The table has
a row for each array: its address, then the length of each axis. It does not change while compiled code
runs, so the compiler may keep what it has looked up. Only what numba documents for extensions is used here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numba import carray, types  # type: ignore[attr-defined]
from numba.core import cgutils
from numba.extending import (
    NativeValue,
    intrinsic,
    make_attribute_wrapper,
    models,
    overload_attribute,
    register_model,
    unbox,
)


class Array(NamedTuple):
    """One array of a table: its type, its number of axes, and the word of the table at which its row begins."""

    dtype: np.dtype
    axes: int
    first: int


class StatePointer(types.Type):
    """The compiler's word for a class whose objects have an `address`."""

    def __init__(self, name: str) -> None:
        """Name the type after the class."""
        super().__init__(name=name)


@register_model(StatePointer)
class AddressModel(models.StructModel):
    """One word."""

    def __init__(self, manager: Any, typ: StatePointer) -> None:
        """Say what is in it."""
        super().__init__(manager, typ, [("address", types.intp)])


make_attribute_wrapper(StatePointer, "address", "address")


@unbox(StatePointer)
def _unbox(typ: StatePointer, passed: Any, c: Any) -> NativeValue:
    """Take the address out of the Python object."""
    number = c.pyapi.object_getattr_string(passed, "address")
    native = cgutils.create_struct_proxy(typ)(c.context, c.builder)
    native.address = c.unbox(types.intp, number).value
    c.pyapi.decref(number)
    return NativeValue(native._getvalue(), is_error=c.pyapi.c_api_error())


_TABLES: dict[str, dict[str, Array]] = {}


def arrays_of(typ: StatePointer) -> Mapping[str, Array]:
    """Return the arrays of a type by their names."""
    return _TABLES[typ.name]


def declare(
    passed: type, layout: Mapping[str, tuple[np.dtype, int]], row: int, kind: type[StatePointer]
) -> None:
    """Let compiled functions take objects of a class.

    `layout` has type and number of axes of each array, `row` is the number of words in a row of the table. Objects have
    its `address`; `kind` is the compiler's word for them.
    """
    _TABLES[passed.__name__] = {
        name: Array(dtype, axes, k * row) for k, (name, (dtype, axes)) in enumerate(layout.items())
    }
    if kind is StatePointer:
        for name in layout:
            overload_attribute(StatePointer, name)(_looking_up(name))
    passed._numba_type_ = kind(passed.__name__)  # type: ignore[attr-defined]


def _looking_up(name: str) -> Callable[[Any], Any]:
    """Return what writes the function that looks up an array."""

    def choose(s: Any) -> Any:
        array = arrays_of(s).get(name)
        if array is None:
            return None
        data, shape, dtype = _data_of(array), _shape_of(array), array.dtype

        def look_up(s: Any) -> Any:
            return carray(data(s.address), shape(s.address), dtype)

        return look_up

    return choose


def word(context: Any, builder: Any, address: Any, k: int) -> Any:
    """Return the k-th word of a table."""
    words = builder.inttoptr(address, context.get_value_type(types.intp).as_pointer())
    load = builder.load(builder.gep(words, [context.get_constant(types.intp, k)]))
    load.set_metadata("invariant.load", builder.module.add_metadata([]))
    return load


def _data_of(array: Array) -> Any:
    @intrinsic
    def data(typing: Any, address: Any) -> Any:
        def write(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            return builder.inttoptr(
                word(context, builder, args[0], array.first), context.get_value_type(types.voidptr)
            )

        return types.voidptr(types.intp), write

    return data


def _shape_of(array: Array) -> Any:
    @intrinsic
    def shape(typing: Any, address: Any) -> Any:
        def write(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            lengths = [word(context, builder, args[0], array.first + 1 + k) for k in range(array.axes)]
            return context.make_tuple(builder, sig.return_type, lengths)

        return types.UniTuple(types.intp, array.axes)(types.intp), write

    return shape
