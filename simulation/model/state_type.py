"""How a state is passed to compiled code: as one address.

The arrays of a tuple travel as separate arguments, more than a hundred words at every call of a function.
Here a compiled function is handed the address of the state's table, and `s.units` looks the array up there.
The table does not change while compiled code runs, so the compiler may keep what it has looked up.
"""

from __future__ import annotations

import operator
from typing import Any

from llvmlite import ir
from numba import types
from numba.core.imputils import lower_builtin
from numba.core.typing.templates import AttributeTemplate
from numba.extending import NativeValue, infer_getattr, lower_getattr_generic, models, register_model, unbox
from numba.np.arrayobj import getitem_array_tuple, getitem_arraynd_intp, make_array, populate_array
from numba.np.numpy_support import from_dtype

from simulation.model.state import LAYOUT, TABLE_ROW, State


class RowsType(types.Array):
    """The compiler's word for an array of a state: no index counts from the back, so none is tested for its sign."""

    def __init__(self, dtype: Any, axes: int) -> None:
        """Name the type."""
        super().__init__(dtype, axes, "C", name=f"Rows({dtype}, {axes})")


register_model(RowsType)(models.ArrayModel)
_ARRAYS = {name: RowsType(from_dtype(dtype), axes) for name, (dtype, axes) in LAYOUT.items()}
_ROWS = {name: row for row, name in enumerate(LAYOUT)}


class StateType(types.Type):
    """The compiler's word for `simulation.model.state.State`."""

    def __init__(self) -> None:
        """Name the type."""
        super().__init__(name="State")


register_model(StateType)(models.OpaqueModel)
State._numba_type_ = StateType()  # type: ignore[attr-defined]


@unbox(StateType)
def _unbox(typ: StateType, state: Any, c: Any) -> NativeValue:
    """Take the address out of the Python object."""
    number = c.pyapi.object_getattr_string(state, "address")
    address = c.pyapi.long_as_voidptr(number)
    c.pyapi.decref(number)
    return NativeValue(address, is_error=c.pyapi.c_api_error())


@infer_getattr
class _Attributes(AttributeTemplate):
    """Tells the compiler the type of each array."""

    key = StateType

    def generic_resolve(self, typ: StateType, attr: str) -> Any:  # type: ignore[override]
        """Return the type of an array, None for a name that a state does not have."""
        return _ARRAYS.get(attr)


@lower_getattr_generic(StateType)
def _look_up(context: Any, builder: Any, typ: StateType, state: Any, attr: str) -> Any:
    """Return the array whose address and lengths stand in the table."""
    kind, first = _ARRAYS[attr], _ROWS[attr] * TABLE_ROW
    words = builder.bitcast(state, ir.IntType(64).as_pointer())
    address, *shape = (_word(builder, words, first + k) for k in range(1 + kind.ndim))
    array, size = (
        make_array(kind)(context, builder),
        context.get_constant(types.intp, LAYOUT[attr][0].itemsize),
    )
    strides = [size]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    data = builder.inttoptr(address, array.data.type)
    populate_array(array, data=data, shape=shape, strides=strides, itemsize=size, meminfo=None)
    return array._getvalue()


@lower_builtin(operator.getitem, RowsType, types.Integer)
def _row(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Return a row of an array; the index is taken for unsigned."""
    array, index = args
    found = context.cast(builder, index, sig.args[1], types.intp)
    return getitem_arraynd_intp(context, builder, sig.return_type(sig.args[0], types.uintp), (array, found))


@lower_builtin(operator.getitem, RowsType, types.BaseTuple)
def _item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Return an element of an array of several axes; the indices are taken for unsigned."""
    (array, indices), unsigned = args, types.UniTuple(types.uintp, sig.args[1].count)
    found = context.cast(builder, indices, sig.args[1], unsigned)
    return getitem_array_tuple(context, builder, sig.return_type(sig.args[0], unsigned), (array, found))


def _word(builder: Any, words: Any, k: int) -> Any:
    place = builder.gep(words, [ir.Constant(ir.IntType(64), k)])
    load = builder.load(place)
    load.set_metadata("invariant.load", builder.module.add_metadata([]))
    return load
