#!/usr/bin/env bash
# pydantic 2.14.3: a bound round a type with a validator of its own is in the JSON schema as "ge", which means nothing.
#
# Seen: `Annotated[Whole, Field(ge=0)]`, where `Whole = Annotated[int, BeforeValidator(f)]`, refuses -1 and describes
#   itself as {"ge": 0, "type": "integer"}: JSON Schema has no such keyword, and whoever reads the schema takes -1.
#   `Annotated[int, Field(ge=0), BeforeValidator(f)]` says "minimum": 0. It is the same with `WrapValidator` and
#   `AfterValidator`; a longest length of a text is told right in either order.
# One would guess: that the description has each bound that is checked, in words of JSON Schema.
# Why: a bound becomes "minimum" where it is part of the schema of the integer itself. Round a validator it is one more
#   function, whose arguments are written into the schema as they are.
# It follows: clients and fuzzers that are made from the description send what the server refuses. Write the validator
#   last.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pydantic==2.14.3 jsonschema==4.26.0
"$folder/venv/bin/python" - <<'PY'
from typing import Annotated

import jsonschema
from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError, WrapValidator

VALIDATORS = (
    BeforeValidator(lambda value: value),
    WrapValidator(lambda value, go_on: go_on(value)),
    AfterValidator(lambda value: value),
)
WRONG = -1


def refuses(adapter, value):
    try:
        adapter.validate_python(value)
    except ValidationError:
        return True
    return False


for validator in VALIDATORS:
    own = Annotated[int, validator]
    outside, first = TypeAdapter(Annotated[own, Field(ge=0)]), TypeAdapter(Annotated[int, Field(ge=0), validator])
    print(f"{type(validator).__name__:16} outside {outside.json_schema()}  first {first.json_schema()}")
    assert refuses(outside, WRONG) and refuses(first, WRONG)
    assert outside.json_schema() == {"ge": 0, "type": "integer"}
    assert first.json_schema() == {"minimum": 0, "type": "integer"}
    jsonschema.validate(WRONG, outside.json_schema())
text = TypeAdapter(Annotated[Annotated[str, VALIDATORS[0]], Field(max_length=2)]).json_schema()
print("a text:", text)
assert text == {"maxLength": 2, "type": "string"}
PY
