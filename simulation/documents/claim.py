"""A claim: one statement of a document, with who says it and whether anyone verified it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import PrivateAttr, StringConstraints, model_validator

from simulation.documents.moment import Moment, ends
from simulation.documents.seed_model import SEVERAL, SeedModel, Text, Word, exactly_one
from simulation.documents.speakers import PARTY, REFERENCE, SPEAKERS, Speaker
from simulation.documents.vocabulary import OF_CLAIMS, Predicate
from simulation.io.file_cache import FileCache
from simulation.io.yaml_file import YamlSource, parse

Confidence = Literal["H", "M", "L"]
ClaimId = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{2,3}$")]

_CONFIDENCE: dict[Confidence | None, float] = {"H": 1.0, "M": 0.8, "L": 0.5, None: 1.0}


class Amount(SeedModel):
    """How much a claim speaks of: one value, or a range of which one end may be open."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: Text

    @model_validator(mode="after")
    def _is_an_amount(self) -> Amount:
        if (self.value is None) == (self.low is None and self.high is None):
            raise ValueError("an amount is either a value or a range with low, high or both")
        if self.low is not None and self.high is not None and not self.low <= self.high:
            raise ValueError("low must not be more than high")
        return self


class DraftMark(SeedModel):
    """What `simulate draft` wrote beside a line that nobody has read yet: whether it is sure, and why it is there."""

    sure: bool
    why: Text
    hedge: Text | None = None


class Claim(SeedModel):
    """One statement: a subject (an actor), a predicate, and one of object (actors), place, about (text) or claim.

    It stands in a sentence of a document, or it is an assumption of a scenario with its reason. Of who denies another
    claim, or agrees with it, the subject may be anybody who speaks.
    """

    id: ClaimId
    document: str | None = None
    sentence: str | None = None
    subject: Word
    predicate: Predicate
    object: Annotated[tuple[Word, ...] | None, SEVERAL] = None
    place: Text | None = None
    about: Text | None = None
    claim: ClaimId | None = None
    day: Moment | None = None
    since: Moment | None = None
    until: Moment | None = None
    quantity: Amount | None = None
    said_by: Word
    verified: bool
    source: Text | None = None
    confidence: Confidence | None = None
    assumption: Text | None = None
    text: Text
    draft: DraftMark | None = None
    _speaker: Speaker | None = PrivateAttr(default=None)
    _odds: float = PrivateAttr(default=1.0)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Claim:
        exactly_one(object=self.object, place=self.place, about=self.about, claim=self.claim)
        if (self.claim is not None) != (self.predicate in OF_CLAIMS):
            raise ValueError(f"'{self.predicate}' {'speaks of no' if self.claim else 'names the'} claim")
        if self.claim == self.id:
            raise ValueError("a claim cannot speak of itself")
        exactly_one(sentence=self.sentence, assumption=self.assumption)
        if self.subject in self.objects:
            raise ValueError(f"'{self.subject}' is both subject and object")
        if self.said_by == REFERENCE.id and not (self.source and self.confidence):
            raise ValueError("a claim said by a reference names its source and confidence")
        if self.predicate is Predicate.TRUCE_WITH and not self.begins:
            raise ValueError("a truce has a time: give 'since' or 'day'")
        if self.since and self.until and not self.since <= ends(self.until):
            raise ValueError("since must not be later than until")
        return self

    @property
    def objects(self) -> tuple[str, ...]:
        """The actors the claim speaks about beside its subject; empty when it is about a place or thing."""
        return self.object or ()

    @property
    def begins(self) -> str:
        """The earliest time the claim names for what it says, as an ISO text; empty when it names none."""
        return self.since or self.day or ""

    @property
    def trust(self) -> float:
        """How far it counts, 0..1: verified or by its speaker and who denies it, times the confidence of its source."""
        return self._believed() * _CONFIDENCE[self.confidence]

    @property
    def speaker(self) -> Speaker:
        """Who says it; an actor, or a speaker of the seeds, once these are read, and a party until then."""
        return self._speaker or SPEAKERS.get(self.said_by, PARTY)

    def said(self, speaker: Speaker, odds: float) -> Claim:
        """Return the claim with its speaker, and with the odds that others give it by what they say of it."""
        copy = self.model_copy()
        copy._speaker, copy._odds = speaker, odds
        return copy

    def _believed(self) -> float:
        """Return the chance that it is so, 0..1, after what others say of it."""
        if self.verified:
            return 1.0
        word = self.speaker.word
        return word if self._odds == 1 else word * self._odds / (word * self._odds + 1 - word)


class ClaimFile(SeedModel):
    """A file of claims, all of one document."""

    document: Text
    claims: tuple[Claim, ...]

    def located(self) -> Iterator[Claim]:
        """Yield each claim with the name of its document."""
        for claim in self.claims:
            yield claim.model_copy(update={"document": self.document})


def read_claims(path: Path, files: FileCache) -> tuple[YamlSource, tuple[Claim, ...]]:
    """Return a file of claims as read, and its claims."""
    source = files.yaml(path)
    return source, tuple(parse(source, ClaimFile).located())
