"""What a scenario holds, field by field."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simulation.scenario.archive import Archive
from simulation.scenario.dated_change import Measure
from simulation.scenario.input_groups import InputGroup
from simulation.scenario.inputs import Input
from simulation.scenario.lesson import Lesson
from simulation.scenario.notice import Notice
from simulation.scenario.schema import ClaimItem


@dataclass(frozen=True, kw_only=True)
class ScenarioContent:
    """One scenario with everything filled in, as it is written to files and named by its digest.

    `file` is where it was written, as origins name it; `days` is the length of the run; `inputs` holds every
    input that exists, parameters first, then actors, and `together` the groups of those that are drawn together;
    `origin` says for each dotted path where its value was written. Histories are updated on the reports that were
    known by the end of `as_of` (None: on none of these) and on those that are `given` in words, but for those that
    `doubt` names. `asked` are the words by which a command asks for it: its name or file as it was given, and its
    overrides. `archive` holds what was read for it, and `notices` say what of the file and its overrides has no
    effect.
    """

    name: str
    file: str
    title: str
    question: str
    lesson: Lesson | None
    start: datetime.date
    days: float
    region: Path
    seeds: Path
    inputs: Mapping[str, Input]
    measures: tuple[Measure, ...]
    claim_edits: tuple[ClaimItem, ...]
    origin: Mapping[str, str]
    together: Mapping[str, InputGroup] = field(default_factory=dict)
    as_of: datetime.date | None = None
    given: tuple[str, ...] = ()
    doubt: tuple[str, ...] = ()
    asked: tuple[str, ...] = field(default=(), compare=False)
    archive: Archive = field(default_factory=Archive, repr=False, compare=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)
