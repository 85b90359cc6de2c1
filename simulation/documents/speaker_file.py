"""The speakers of one world: those that every world has, those of its `speakers.yaml`, and its actors."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, field_validator, model_validator

from simulation.documents.actor import ActorSeed
from simulation.documents.numbers import Numbers
from simulation.documents.seed_model import SeedModel, Text, Word
from simulation.documents.speakers import PARTY, SPEAKERS, Speaker
from simulation.io.file_cache import FileCache
from simulation.io.pydantic_messages import suggestion
from simulation.io.yaml_file import parse

FILE = "speakers.yaml"
"""In a seeds folder; may be left out."""


class Span(SeedModel):
    """Low, best and high of what is known of somebody's word, in this order."""

    low: float
    best: float
    high: float

    @model_validator(mode="after")
    def _rises(self) -> Span:
        if not 0 < self.low <= self.best <= self.high:
            raise ValueError(
                f"low, best and high must rise from above 0: found {self.low:g}, {self.best:g}, {self.high:g}"
            )
        return self


def _spanned(value: object) -> object:
    """Return a single number as a span of no width."""
    return dict.fromkeys(("low", "best", "high"), value) if type(value) in (int, float) else value


class SpeakerSeed(SeedModel):
    """One speaker as the file gives it: of a `kind` that every world has, or with a `trust` of its own, or both.

    `name` is what a sentence calls it, `reason` why it is trusted so far. Without a kind it speaks as a party does.
    """

    id: Word
    name: Text
    kind: Word | None = None
    trust: Annotated[Span | None, BeforeValidator(_spanned)] = None
    spread: Span | None = None
    exaggerates: bool | None = None
    reason: Text

    @field_validator("kind")
    @classmethod
    def _is_known(cls, kind: str | None) -> str | None:
        if kind is not None and kind not in SPEAKERS:
            raise ValueError(f"unknown kind of speaker '{kind}'{suggestion(kind, SPEAKERS)}")
        return kind

    @model_validator(mode="after")
    def _is_worth_something(self) -> SpeakerSeed:
        if self.kind is None and self.trust is None:
            raise ValueError("give 'kind', somebody whom it is like, or 'trust' from 0 to 1, or both")
        if self.trust is not None and not self.trust.high <= 1:
            raise ValueError(f"trust is at most 1, not {self.trust.high:g}")
        return self

    def speaker(self) -> Speaker:
        """Return the speaker."""
        like = SPEAKERS[self.kind] if self.kind else PARTY
        changes: dict[str, object] = {"id": self.id, "words": self.name}
        changes["trust"] = _numbers(self.trust or _span(like.trust), self.reason)
        if self.spread is not None:
            changes |= {"spread": _numbers(self.spread, self.reason), "exaggerates": False, "seen": ""}
        if self.exaggerates is not None:
            changes["exaggerates"] = self.exaggerates
        return replace(like, **changes)  # type: ignore[arg-type]


class SpeakerFile(SeedModel):
    """The file of speakers."""

    speakers: tuple[SpeakerSeed, ...]

    @field_validator("speakers")
    @classmethod
    def _differ(cls, speakers: tuple[SpeakerSeed, ...]) -> tuple[SpeakerSeed, ...]:
        ids = [each.id for each in speakers]
        twice = next((name for name in ids if ids.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"two speakers have the id '{twice}'")
        return speakers


def read_speakers(folder: Path, files: FileCache) -> dict[str, Speaker]:
    """Return the speakers of the file of a seeds folder by id; none where there is no such file."""
    path = folder / FILE
    if not os.path.exists(path):
        return {}
    return {each.id: each.speaker() for each in parse(files.yaml(path), SpeakerFile).speakers}


def all_speakers(own: Mapping[str, Speaker], actors: Iterable[ActorSeed]) -> dict[str, Speaker]:
    """Return all who may speak: whom the file names goes before those of every world, and these before actors."""
    parties = {actor.id: replace(PARTY, id=actor.id, words=actor.short) for actor in actors}
    return SPEAKERS | {name: each for name, each in parties.items() if name not in SPEAKERS} | dict(own)


def _span(numbers: Numbers) -> Span:
    low, best, high = numbers.span
    return Span(low=low, best=best, high=high)


def _numbers(given: Span, why: str) -> Numbers:
    if given.low < given.high:
        return Numbers(low=given.low, best=given.best, high=given.high, assumption=why)
    return Numbers(value=given.best, assumption=why)
