"""The list of past runs: what the results folders in a folder say of themselves, newest first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.errors import InputError
from simulation.results.engine_digest import engine_version
from simulation.results.manifest_head import MANIFEST
from simulation.results.manifest_reader import stored_manifest
from simulation.results.unfinished import REQUEST, is_unfinished, kept_in
from simulation.wording.terminal import screen, table_of

FINISHED, UNFINISHED, UNREADABLE = "finished", "unfinished", "unreadable"


@dataclass(frozen=True, kw_only=True)
class PastRun:
    """What a results folder holds, as its manifest tells; nothing else in it is read.

    `scenarios` are names, `histories` those of each scenario (of an unfinished folder
    all that are kept), `date` when it was finished or else begun (UTC, ISO
    8601), `state` is "finished", "unfinished" or "unreadable". `this_engine` says whether this very program made
    it. What cannot be read says so in `trouble`, and has no more.
    """

    folder: Path
    state: str
    kind: str = ""
    scenarios: tuple[str, ...] = ()
    histories: int = 0
    seed: int = 0
    date: str = ""
    this_engine: bool = False
    trouble: str = ""

    def document(self) -> dict[str, Any]:
        """Return what `--json` prints of it."""
        names = (
            "state", "kind", "scenarios", "histories", "seed", "date", "this_engine", "trouble",
        )  # fmt: skip
        return {"folder": str(self.folder)} | {name: getattr(self, name) for name in names}


def past_runs_in(folder: Path) -> list[PastRun]:
    """Return what the results folders in a folder hold, newest first; other folders are left out.

    Errors: InputError where it is no folder or cannot be read.
    """
    try:
        inside = sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))
    except OSError as error:
        raise InputError(f"cannot be read as a folder: {error.strerror}", file=folder) from error
    found = [each for place in inside for each in _looked_at(place)]
    return sorted(found, key=lambda each: each.date, reverse=True)


def past_runs_text(runs: Sequence[PastRun]) -> str:
    """Return the list as a terminal shows it."""
    headings = ("folder", "scenario", "kind", "histories", "seed", "date", "state", "engine")
    table = table_of(*headings)
    for column in (1, 2, 5, 6, 7):
        table.columns[column].justify = "left"
    for each in runs:
        known = each.state != UNREADABLE
        row = [each.folder.name, " ".join(each.scenarios), each.kind]
        row += [f"{each.histories:,}", str(each.seed)] if known else ["", ""]
        engine = ("this" if each.this_engine else "another") if known else ""
        table.add_row(*row, each.date[:16].replace("T", " "), each.state, engine)
    return screen([table])


def _looked_at(place: Path) -> Iterator[PastRun]:
    if (place / MANIFEST).is_file():
        try:
            yield _told(place, stored_manifest(place / MANIFEST))
        except InputError as error:
            yield PastRun(folder=place, state=UNREADABLE, trouble=str(error))
    elif is_unfinished(place):
        try:
            told = _told(place, stored_manifest(place / REQUEST))
            yield dataclasses.replace(told, histories=kept_in(place), state=UNFINISHED)
        except InputError as error:
            yield PastRun(folder=place, state=UNREADABLE, trouble=str(error))


def _told(place: Path, data: Mapping[str, Any]) -> PastRun:
    """Return what a manifest of any kind tells; InputError where it lacks what all have."""
    try:
        finished = data["finished"]
        return PastRun(
            folder=place,
            state=UNFINISHED if finished is None else FINISHED,
            kind=str(data["kind"]),
            scenarios=tuple(str(mark["name"]) for mark in data["scenarios"]),
            histories=int(data["replicates"]),
            seed=int(data["seed"]),
            date=str(finished or data["started"]),
            this_engine=data["engine_version"] == engine_version(),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"cannot be read as a manifest: {error!r}", file=place / MANIFEST) from error
