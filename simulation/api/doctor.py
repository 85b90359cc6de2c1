"""The library: whether this installation can do what it is for, and what to do where it cannot."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from simulation.errors import SimulateError
from simulation.io.folders import cache_root
from simulation.results.engine_digest import engine_version
from simulation.scenario.catalogue import names
from simulation.wording.notebook import card, one_line

PACKAGE = "simulate-conflict"
FOR_DEVELOPERS = ("dev", "docs")
"""Extras that no user needs."""
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
)
MB, LEAST_FREE = 1_000_000, 1_000_000_000
"""Bytes; on a disk with less left, a long run may not fit."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at: what was `found`, and what is wrong with it and to be done (or nothing)."""

    what: str
    found: str
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """All that was looked at."""

    findings: tuple[Finding, ...]

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not any(each.fault for each in self.findings)

    def __repr__(self) -> str:
        """Return how many things are wrong on one line."""
        faults = [each.what for each in self.findings if each.fault]
        return one_line(self, f"wrong: {', '.join(faults)}" if faults else "nothing is wrong")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: a row for each thing."""
        return card("", rows=[(each.what, each.found, each.fault) for each in self.findings])

    def document(self) -> dict[str, Any]:
        """Return it as `--json` has it."""
        return {"well": self.well, "findings": [asdict(each) for each in self.findings]}

    def text(self) -> str:
        """Return a line for each thing, and below it what is wrong."""
        wide = max(len(each.what) for each in self.findings)
        lines = []
        for each in self.findings:
            lines.append(f"{each.what:<{wide}}  {each.found}")
            lines += [f"{'':<{wide}}  WRONG: {each.fault}"] if each.fault else []
        return "\n".join(lines)


def doctor() -> Diagnosis:
    """Look at versions, packages, scenarios, the cache of compiled rules, the browser and the disk; change nothing."""
    looked = (_program(), *_packages(), _scenarios(), _cache(), _browser(), _disk(Path.cwd(), "disk, this folder"),
              _disk(cache_root(), "disk, the cache"))  # fmt: skip
    return Diagnosis(findings=looked)


def _program() -> Finding:
    python = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    return Finding(
        what="simulate", found=f"{engine_version()}, {python}, {os.cpu_count()} cores, {sys.prefix}"
    )


def _packages() -> Iterator[Finding]:
    """Yield what is needed always, and each extra."""
    every = [Requirement(text) for text in metadata.requires(PACKAGE) or ()]
    needed = [each for each in every if not each.marker]
    states = {each.name: _installed(each) for each in needed}
    faults = [f"{each.name} must be {each.specifier}" for each in needed if states[each.name][1]]
    yield Finding(
        what="packages",
        found=", ".join(f"{name} {version or 'missing'}" for name, (version, _) in states.items()),
        fault=f"{'; '.join(faults)}: install simulate again" if faults else "",
    )
    extras: dict[str, list[Requirement]] = {}
    for each in every:
        for name in re.findall(r"extra == ['\"]([\w-]+)", str(each.marker or "")):
            extras.setdefault(name, []).append(each)
    for name, wanted in extras.items():
        if name not in FOR_DEVELOPERS:
            lacking = [each.name for each in wanted if _installed(each)[1]]
            remedy = f"not installed: pip install '{PACKAGE}[{name}]' where it is wanted"
            yield Finding(what=f"extra {name}", found=remedy if lacking else "installed")


def _installed(wanted: Requirement) -> tuple[str, bool]:
    """Return the version of a package that is installed, and whether it is missing or too old."""
    try:
        version = metadata.version(wanted.name)
    except metadata.PackageNotFoundError:
        return "", True
    return version, not wanted.specifier.contains(version, prereleases=True)


def _scenarios() -> Finding:
    try:
        return Finding(what="scenarios", found=f"{len(names())} come with it")
    except SimulateError as error:
        return Finding(what="scenarios", found="none", fault=str(error))


def _cache() -> Finding:
    from simulation.jit.cache import RULES
    from simulation.jit.notices import REMEDY

    folder, place = RULES.folder, _existing(RULES.folder)
    files = [file for file in folder.rglob("*") if file.is_file()] if folder.is_dir() else []
    kept = f"rules are compiled ({sum(file.stat().st_size for file in files) / MB:.0f} MB)"
    found = kept if files else "nothing is compiled yet, which the first run does in half a minute"
    fault = "" if os.access(place, os.W_OK | os.X_OK) else f"{place} cannot be written: {REMEDY}"
    return Finding(what="cache", found=f"{folder}: {found}", fault=fault)


def _browser() -> Finding:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return Finding(what="browser", found=found or "no Chromium on the path; pages open in any browser")


def _disk(folder: Path, what: str) -> Finding:
    place = _existing(folder)
    free = shutil.disk_usage(place).free
    fault = f"less than {LEAST_FREE // MB:,} MB are free" if free < LEAST_FREE else ""
    return Finding(what=what, found=f"{free // MB:,} MB free at {place}", fault=fault)


def _existing(path: Path) -> Path:
    """Return a path, or what there is of it."""
    return next(each for each in (path, *path.parents) if each.exists())
