"""What chains are drawn from: the scenario, its seeds with and without its edits, and every claim cited."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property

from simulation.documents import Claim, Seeds
from simulation.scenario.scenario import Scenario
from simulation.sources.entry import Citation
from simulation.sources.location import Locations

CONFIDENCE = {"H": "high", "M": "medium", "L": "low"}


@dataclass(frozen=True)
class Material:
    """A scenario, the world as it sees it, and the world as the documents alone have it (`plain`).

    `before` is the same scenario without the overrides of the command line, where there were any.
    """

    scenario: Scenario
    seeds: Seeds
    plain: Seeds
    before: Scenario | None

    @cached_property
    def written(self) -> Locations:
        """Where everything is written."""
        return Locations(self.scenario, self.seeds)

    @cached_property
    def cited(self) -> dict[str, Citation]:
        """Every claim by id, those of the scenario's own and those it disbelieves included."""
        return {name: _cited(self, claim) for name, claim in self.seeds.claims.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """Full names of actors by id."""
        return {actor.id: actor.name for actor in self.seeds.actors}

    @cached_property
    def shorts(self) -> dict[str, str]:
        """Short names of actors by id."""
        return {actor.id: actor.short for actor in self.seeds.actors}

    def lost(self, claims: tuple[str, ...]) -> str:
        """Return in words which of these claims are not believed, and who says so."""
        gone = [name for name in claims if name in self.seeds.disbelieved]
        told = [f"{name} is not believed ({self.written.edit(name)})" for name in gone]
        new = [f"{name} is added ({self.written.claim(name)})" for name in claims if self.is_added(name)]
        return "; ".join(told + new)

    def is_added(self, claim: str) -> bool:
        """Return whether a claim is the scenario's own."""
        return self.seeds.claims[claim].sentence is None


def material_of(scenario: Scenario, before: Scenario | None = None) -> Material:
    """Return what the chains of a scenario are drawn from."""
    archive = scenario.archive
    seeds = archive.seeds(scenario.seeds, scenario.region, scenario.claim_edits)
    plain = archive.seeds(scenario.seeds, scenario.region)
    return Material(scenario, seeds, plain, before)


def _cited(material: Material, claim: Claim) -> Citation:
    alone = Citation(
        id=claim.id,
        text=claim.text,
        said_by=claim.speaker.words,
        verified=claim.verified,
        believed=claim.id not in material.seeds.disbelieved,
        trust=claim.trust,
        sentence=claim.assumption or "",
        written=material.written.claim(claim.id),
        about=(claim.subject, *claim.objects, *([claim.place] if claim.place else [])),
    )
    if claim.document is None or claim.sentence is None:
        return alone
    document = material.seeds.documents[claim.document]
    return dataclasses.replace(
        alone,
        document=document.id,
        title=document.title,
        date=document.date,
        number=claim.sentence,
        sentence=document.sentences[claim.sentence].text,
        basis=f"{claim.source}, confidence {CONFIDENCE[claim.confidence]}" if claim.confidence else "",
        sentence_written=material.written.sentence(document.id, claim.sentence),
    )
