"""What every manifest begins with: which kind of folder it is, what was asked, and with what it was made."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Final, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    computed_field,
    field_serializer,
    field_validator,
)

from simulation.results.file_record import FileRecord, files_below, record_of
from simulation.results.stopping_rule import StoppingDocument, StoppingRecord, read_stopping
from simulation.wording.notebook import one_line

MANIFEST = "manifest.json"
"""The file in every results folder by which it is known."""
SCHEMA_VERSION: Final = 2
"""Raised when a key changes its meaning or goes; a key more is no change."""
PACKAGES = ("numpy", "scipy", "numba", "llvmlite", "mesa", "pandas", "pyarrow", "plotly")
CHECKSUM = "sha256"
"""The key of the manifest's checksum of itself."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A replicate that could not be finished, and why."""

    replicate: int
    reason: str


class ScenarioMark(BaseModel):
    """Which scenario was run: its name, the digest of everything in it, and its title."""

    model_config = ConfigDict(frozen=True, strict=True)

    name: str
    digest: str
    title: str


class ManifestHead(BaseModel):
    """The part that the manifests of all folders share; each kind adds what it alone has.

    A folder is known by its `digest`: equal digests of one kind mean equal tables. Times are UTC in ISO 8601.
    """

    model_config = ConfigDict(frozen=True, strict=True, allow_inf_nan=False, use_attribute_docstrings=True)

    schema_version: Literal[2] = SCHEMA_VERSION
    """The version of this form."""
    kind: str
    """What the folder holds."""
    command: tuple[str, ...] = Field(default_factory=lambda: command_line())
    """The command as it was typed, by words."""
    seed: int
    """The seed of all draws."""
    replicates: int = Field(ge=1)
    """How many histories of each scenario were asked for; where a rule decides, how many it asked for."""
    days: float = Field(gt=0)
    """The length of every history [days]."""
    workers: int = Field(ge=1)
    """How many threads worked; no number depends on it."""
    engine_version: str
    """The version of the package and the digest of its rules."""
    packages: Mapping[str, str] = Field(default_factory=lambda: package_versions())
    """The versions of the packages that results depend on."""
    python: str = Field(default_factory=platform.python_version)
    """The version of Python."""
    platform: str = Field(default_factory=platform.platform)
    """The system and the machine."""
    started: str = Field(default_factory=lambda: now())
    """When it began."""
    finished: str | None = None
    """When it ended; null while it is under way."""
    failed: tuple[Failure, ...] = ()
    """The histories that could not be finished."""
    files: Mapping[str, FileRecord] = Field(default_factory=dict)
    """All other files of the folder as they were written, by path; none before it is whole."""
    stopping: StoppingRecord | None = None
    """Why a run that was to stop by itself did so; null where a plain number was asked for."""

    @field_validator("stopping", mode="before")
    @classmethod
    def _stopping_from_json(cls, value: Any) -> Any:
        return read_stopping(value) if isinstance(value, dict) else value

    @field_serializer("stopping")
    def _stopping_as_json(self, value: StoppingRecord | None) -> StoppingDocument | None:
        return None if value is None else value.document()

    @property
    def met(self) -> bool:
        """Whether every target of `until` is known as well as was asked; true where there was none."""
        return self.stopping is None or self.stopping.met

    def __repr__(self) -> str:
        """Return what it is the manifest of on one line."""
        return one_line(
            self, f"of the {self.kind} {self.digest}: {' '.join(mark.name for mark in self.marks)}"
        )

    @property
    @abstractmethod
    def marks(self) -> tuple[ScenarioMark, ...]:
        """The scenarios, in the order in which they were given."""

    @property
    @abstractmethod
    def identity(self) -> Any:
        """What decides the tables, as data for JSON."""

    @property
    def request(self) -> Any:
        """What was asked: the identity, with the rule in place of the number that a rule settles."""
        return self.identity

    @property
    @abstractmethod
    def folder_name(self) -> str:
        """The name of the folder under results/."""

    @property
    @abstractmethod
    def again(self) -> str:
        """The command that makes the tables once more when it is typed in the folder itself."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def scenarios(self) -> tuple[ScenarioMark, ...]:
        """Which scenarios were run."""
        return self.marks

    @computed_field  # type: ignore[prop-decorator]
    @property
    def asked(self) -> str:
        """12 hexadecimal digits that stand for what was asked."""
        return digest_of(self.request)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def digest(self) -> str:
        """12 hexadecimal digits that stand for what was run."""
        return digest_of(self.request if self.is_open else self.identity)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def sha256(self) -> str:
        """The SHA-256 of the rest of this document: compact JSON with sorted keys, in ASCII."""
        return checksum_of(self.model_dump(mode="json", exclude={CHECKSUM}))

    @property
    def played(self) -> int:
        """How many histories of each scenario were played, finished or not."""
        return self.replicates

    @property
    def is_open(self) -> bool:
        """Whether the number of histories is still to be settled by a rule."""
        return self.stopping is not None and not self.stopping.histories

    def is_one_with(self, stored: Mapping[str, Any]) -> bool:
        """Return whether a stored manifest has the same tables; before a rule has stopped, was asked alike."""
        what = "asked" if self.is_open else "digest"
        return bool(stored.get("kind", "run") == self.kind and stored.get(what) == getattr(self, what))

    def settled(self, stopping: StoppingRecord | None) -> Self:
        """Return the manifest of what has stopped by its rule; without one it stays as it is."""
        if stopping is None:
            return self
        return self.model_copy(update={"stopping": stopping, "replicates": stopping.histories})

    def done(self, failed: tuple[Failure, ...] = ()) -> Self:
        """Return the manifest of what has finished now."""
        return self.model_copy(update={"finished": now(), "failed": failed})

    def recording(self, folder: Path, *names: str) -> Self:
        """Return the manifest with records of these files of its folder, or of all; OSError as from `record_of`."""
        which = names or [name for name in files_below(folder) if name != MANIFEST]
        return self.model_copy(
            update={"files": dict(self.files) | {name: record_of(folder / name) for name in which}}
        )

    def document(self) -> dict[str, Any]:
        """Return the manifest as plain data for JSON."""
        return self.model_dump(mode="json")

    def write(self, path: Path) -> None:
        """Write the manifest as indented JSON; on a full disk one that was there stays as it is."""
        new = path.with_name(f"{path.name}.new")
        try:
            new.write_text(json.dumps(self.document(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)


class ScenarioManifest(ManifestHead):
    """The head of what is made from a single scenario."""

    scenario: str
    """The name of the scenario."""
    scenario_digest: str
    """12 hexadecimal digits that stand for everything in the scenario and the documents behind it."""
    title: str
    """The title of the scenario."""

    @property
    def marks(self) -> tuple[ScenarioMark, ...]:
        """The one scenario."""
        return (ScenarioMark(name=self.scenario, digest=self.scenario_digest, title=self.title),)


def digest_of(identity: Any) -> str:
    """Return 12 hexadecimal digits that stand for an identity."""
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:12]


def checksum_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a manifest's data without the checksum itself, 64 hexadecimal digits."""
    rest = {key: value for key, value in document.items() if key != CHECKSUM}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


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
