"""The manifest: which run a results folder holds, and with what it was made."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from simulation.errors import InputError
from simulation.io.origin import dotted
from simulation.io.text_file import json_of
from simulation.io.validation import sentence
from simulation.results.stopping_rule import Stopping, read_stopping

SCHEMA_VERSION = 1
MOST_BYTES = 50_000_000
"""Of a manifest, which names every history that failed."""
PACKAGES = ("numpy", "scipy", "numba", "mesa", "pandas", "pyarrow", "plotly")
IDENTITY = ("scenario", "scenario_digest", "seed", "replicates", "per_case", "engine_version")


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A replicate that could not be finished, and why."""

    replicate: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """Everything that names a run and says how it was made.

    `days` is the scenario's length; `places` gives the holder of every named place on day 0 and `endings` all
    endings in the scenario's order, so that the folder can be read without the scenario's seeds. `dissolves`
    maps an ending to the actor that ceases to exist with it. Times are UTC in ISO 8601. `stopping` says why a
    run that was to stop by itself did so; until it has, `replicates` is its first look.
    """

    command: tuple[str, ...]
    scenario: str
    scenario_digest: str
    title: str
    start: str
    days: float
    seed: int
    replicates: int
    per_case: int
    workers: int
    engine_version: str
    endings: tuple[str, ...]
    dissolves: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    packages: Mapping[str, str] = field(default_factory=lambda: package_versions())
    python: str = field(default_factory=platform.python_version)
    platform: str = field(default_factory=platform.platform)
    started: str = field(default_factory=lambda: now())
    finished: str | None = None
    failed: tuple[Failure, ...] = ()
    stopping: Stopping | None = None
    schema_version: int = SCHEMA_VERSION

    def __post_init__(self) -> None:
        """Refuse counts below 1 and a length that is not positive."""
        for name in ("replicates", "per_case", "workers"):
            if not getattr(self, name) >= 1:
                raise ValueError(f"{name} must be at least 1, got {getattr(self, name)!r}")
        if not self.days > 0:
            raise ValueError(f"days must be above 0, got {self.days!r}")

    @property
    def identity(self) -> dict[str, Any]:
        """What makes two runs the same run: equal identities give equal tables."""
        return {name: getattr(self, name) for name in IDENTITY}

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked: the identity, with the rule in place of the number that a rule settles."""
        if self.stopping is None:
            return self.identity
        return self.identity | {"replicates": self.stopping.asked}

    @property
    def is_open(self) -> bool:
        """Whether the number of histories is still to be settled by a rule."""
        return self.stopping is not None and not self.stopping.histories

    @property
    def digest(self) -> str:
        """Return 12 hexadecimal digits that stand for the identity, or for what was asked while that is open."""
        return digest_of(self.asked if self.is_open else self.identity)

    def is_run_of(self, other: Manifest) -> bool:
        """Return whether both hold the same tables; before a rule has stopped, whether both were asked alike."""
        return self.asked == other.asked if self.is_open else self.identity == other.identity

    @property
    def folder_name(self) -> str:
        """Return the name of the folder under results/."""
        return f"{self.scenario}-{self.digest}"

    def settled(self, stopping: Stopping | None) -> Manifest:
        """Return the manifest of a run that has stopped by its rule; without one it stays as it is."""
        if stopping is None:
            return self
        return replace(self, stopping=stopping, replicates=stopping.histories)

    def done(self, failed: tuple[Failure, ...] = ()) -> Manifest:
        """Return the manifest of the finished run."""
        return replace(self, finished=now(), failed=failed)

    def document(self) -> dict[str, Any]:
        """Return the manifest as plain data for JSON, with the digest spelt out."""
        stopping = None if self.stopping is None else self.stopping.document()
        return asdict(self) | {"stopping": stopping, "digest": self.digest}

    def write(self, path: Path) -> None:
        """Write the manifest as indented JSON."""
        path.write_text(json.dumps(self.document(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def digest_of(identity: Mapping[str, Any]) -> str:
    """Return 12 hexadecimal digits that stand for an identity."""
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:12]


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in a file; anything that is not one is an InputError."""
    if not path.exists():
        raise InputError("not a results folder: it has no manifest.json", file=path.parent)
    data = json_of(path, most_bytes=MOST_BYTES, kind="a manifest")
    try:
        known = {item.name for item in fields(Manifest)}
        return _manifest({name: value for name, value in data.items() if name in known})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        message = f"cannot be read as a manifest: {dotted(first['loc'])} {sentence(first, BaseModel)}"
        raise InputError(message, file=path) from error
    except KeyError as error:
        raise InputError(f"cannot be read as a manifest: it lacks {error}", file=path) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(f"cannot be read as a manifest: {error}", file=path) from error


def package_versions() -> dict[str, str]:
    """Return the installed versions of the packages that results depend on."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def now() -> str:
    """Return the time in UTC, to the second, in ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def command_line() -> tuple[str, ...]:
    """Return the command as it was typed, the program by its bare name."""
    return (Path(sys.argv[0]).name, *sys.argv[1:])


def _manifest(data: dict[str, Any]) -> Manifest:
    if data.get("schema_version") != SCHEMA_VERSION:
        raise ValueError(
            f"schema_version is {data.get('schema_version')!r}, this version reads {SCHEMA_VERSION}"
        )
    stopping = data.get("stopping")
    changed = {
        "command": tuple(data["command"]),
        "endings": tuple(data["endings"]),
        "failed": tuple(Failure(**item) for item in data.get("failed", ())),
        "stopping": None if stopping is None else read_stopping(stopping),
    }
    return TypeAdapter(Manifest).validate_python(data | changed)
