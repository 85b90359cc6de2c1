"""The quick way to look up arrays of what is passed by address; it leans on how numba writes arrays.

Against `simulation.jit.state_pointer` alone it saves the functions in between, and the test whether an index counts
from the back: rules never do that. Like linking, it is optional.
"""

from __future__ import annotations

import functools
import operator
from typing import Any

from numba import from_dtype, types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, lower_builtin, lower_getattr_generic, models, register_model
from numba.np.arrayobj import getitem_array_tuple, getitem_arraynd_intp, make_array, populate_array

from simulation.jit.state_pointer import AddressModel, Array, StatePointer, arrays_of, word


class RowsAddress(StatePointer):
    """The compiler's word for a class whose objects have an `address`, with arrays that take no negative index."""


register_model(RowsAddress)(AddressModel)


class Rows(types.Array):
    """The compiler's word for an array: no index counts from the back, so none is tested for its sign."""

    def __init__(self, dtype: Any, axes: int) -> None:
        """Name the type."""
        super().__init__(dtype, axes, "C", name=f"Rows({dtype}, {axes})")


register_model(Rows)(models.ArrayModel)


@functools.cache
def _rows(array: Array) -> Rows:
    """Return the type of an array."""
    return Rows(from_dtype(array.dtype), array.axes)


@infer_getattr
class _Attributes(AttributeTemplate):
    """Tells the compiler the type of each array."""

    key = RowsAddress

    def generic_resolve(self, typ: RowsAddress, attr: str) -> Any:  # type: ignore[override]
        """Return the type of an array, None for a name that there is not."""
        array = arrays_of(typ).get(attr)
        return array and _rows(array)


@lower_getattr_generic(RowsAddress)
def _look_up(context: Any, builder: Any, typ: RowsAddress, passed: Any, attr: str) -> Any:
    """Return the array whose address and lengths stand in the table."""
    array = arrays_of(typ)[attr]
    kind = _rows(array)
    table = builder.extract_value(passed, 0)
    address, *shape = (word(context, builder, table, array.first + k) for k in range(1 + array.axes))
    size = context.get_constant(types.intp, array.dtype.itemsize)
    strides = [size]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    native = make_array(kind)(context, builder)
    data = builder.inttoptr(address, native.data.type)
    populate_array(native, data=data, shape=shape, strides=strides, itemsize=size, meminfo=None)
    return native._getvalue()


@lower_builtin(operator.getitem, Rows, types.Integer)
def _row(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Return a row of an array; the index is taken for unsigned."""
    array, index = args
    found = context.cast(builder, index, sig.args[1], types.intp)
    return getitem_arraynd_intp(context, builder, sig.return_type(sig.args[0], types.uintp), (array, found))


@lower_builtin(operator.getitem, Rows, types.BaseTuple)
def _item(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    """Return an element of an array of several axes; the indices are taken for unsigned."""
    (array, indices), unsigned = args, types.UniTuple(types.uintp, sig.args[1].count)
    found = context.cast(builder, indices, sig.args[1], unsigned)
    return getitem_array_tuple(context, builder, sig.return_type(sig.args[0], unsigned), (array, found))
