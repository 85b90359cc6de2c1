"""Reading a manifest back: strictly, and with a sentence that says what to do where that cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from simulation.errors import InputError
from simulation.io.origin import dotted
from simulation.io.pydantic_messages import sentence
from simulation.io.text_file import json_of
from simulation.results.manifest import Manifest
from simulation.results.manifest_head import CHECKSUM, MANIFEST, SCHEMA_VERSION, ManifestHead, checksum_of

MOST_BYTES = 50_000_000
"""Of a manifest, which names every history that failed."""


def stored_manifest(path: Path) -> dict[str, Any]:
    """Return the data of a manifest of any kind.

    Errors: InputError, which names the file, for what is not one, for one of another schema version, and for
    one that has changed since it was written.
    """
    if not path.exists():
        raise InputError(f"not a results folder: it has no {MANIFEST}", file=path.parent)
    data = json_of(path, most_bytes=MOST_BYTES, kind="a manifest")
    if not isinstance(data, dict):
        raise InputError("cannot be read as a manifest: it is no mapping (name: value)", file=path)
    version = data.get("schema_version")
    if version == SCHEMA_VERSION and type(version) is int:
        _check_itself(data, path)
        return data
    told = f"schema_version is {version!r}, this version reads {SCHEMA_VERSION}"
    if type(version) is not int:
        raise InputError(f"cannot be read as a manifest: {told}", file=path)
    remedy = (
        "it was written by a later version of this program: update that"
        if version > SCHEMA_VERSION
        else "it was written by an earlier version of this program: run its command again with this one, "
        "into another folder"
    )
    raise InputError(f"cannot be read as a manifest: {told}; {remedy}", file=path)


def _check_itself(data: dict[str, Any], path: Path) -> None:
    try:
        same = data.get(CHECKSUM) == checksum_of(data)
    except (ValueError, TypeError):
        same = False
    if not same:
        message = (
            "has changed since it was written, so that nothing tells what the folder holds; remove the folder"
        )
        raise InputError(f"{message} and run its command again", file=path)


def read_as[Kind: ManifestHead](kind: type[Kind], path: Path) -> Kind:
    """Return the manifest in a file as one of a kind; keys that are not known are left out.

    Errors: InputError as from `stored_manifest`, and for a value that is missing or of another type.
    """
    data = stored_manifest(path)
    try:
        return kind.model_validate_json(json.dumps(data))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        message = f"cannot be read as a manifest: {dotted(first['loc'])} {sentence(first, BaseModel)}"
        raise InputError(message, file=path) from error
    except KeyError as error:
        raise InputError(f"cannot be read as a manifest: it lacks {error}", file=path) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(f"cannot be read as a manifest: {error}", file=path) from error


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of the run in a file; InputError as from `read_as`."""
    return read_as(Manifest, path)
