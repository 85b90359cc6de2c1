"""What in a valid world makes that nothing happens, or that it hangs on little: each with what would mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulation.understanding.picture import InForce, Picture
from simulation.wording.phrases import counted, listed

OLD_TRUCE = 90
"""Days; of those of whom a document says that they fight, an older truce is hardly in force any more (assumption)."""
HALF = 0.5
NAMED = 8


@dataclass(frozen=True, kw_only=True)
class Caveat:
    """One thing to look at: of which `kind`, what it is in a sentence, and the `cure` in another."""

    kind: str
    words: str
    cure: str


def caveats_of(picture: Picture) -> tuple[Caveat, ...]:
    """Return what is to be looked at, the likeliest reason why nothing happens first."""
    return (
        *_attack(picture),
        *(_truce(picture, each) for each in picture.truces if each.binds and each.days > OLD_TRUCE),
        *_alike(picture),
        *_hanging(picture),
        *_inputs(picture),
        *_places(picture),
    )


def _attack(picture: Picture) -> Iterator[Caveat]:
    if not picture.attackers:
        yield Caveat(
            kind="no_attacker",
            words="Nobody attacks: no claim says that somebody launched an attack.",
            cure="Give a claim the word 'launched' with who began and against whom; 'attacks' and 'fights' make a war, "
            "and nobody who opens it.",
        )
    elif picture.defender is None:
        yield Caveat(
            kind="attack_on_nobody",
            words=f"No claim makes a war of the attack by {_names(picture, picture.attackers)}.",
            cure="Let a claim say whom it launched the attack on, and look whether claims of support, of the two "
            "keeping apart or of one bloc outweigh it (simulate sources).",
        )
    for each in picture.idle:
        if each.attacks and picture.defender is not None:
            yield Caveat(
                kind="attacker_out_of_reach",
                words=f"{picture.shorts[each.actor]} is to attack, but {each.why}.",
                cure="Lay some of its forces down nearer to the enemy, draw the line in region/cells.csv where it was, "
                "or raise attack_reach.",
            )
    for hobbled in picture.hobbled:
        yield Caveat(
            kind="attacker_stands_still",
            words=f"{picture.shorts[hobbled.actor]} is to attack, but {hobbled.why}.",
            cure=f"Look whether the {hobbled.mend} of {picture.shorts[hobbled.actor]} is what your reports say.",
        )


def _truce(picture: Picture, truce: InForce) -> Caveat:
    years = f", {truce.days / 365.25:.0f} years" if truce.days >= 2 * 365.25 else ""
    return Caveat(
        kind="old_truce",
        words=f"A truce of {picture.shorts[truce.a]} and {picture.shorts[truce.b]} is in force at the start, "
        f"{truce.days:,.0f} days{years} after it began ({truce.since}).",
        cure=f"If it no longer held, disbelieve {listed(truce.claims)}, or say 'agreed_with' and 'breached' "
        "in place of 'truce_with'; else no fire is exchanged until it breaks.",
    )


def _alike(picture: Picture) -> Iterator[Caveat]:
    if picture.played is not None and picture.played.alike:
        yield Caveat(
            kind="all_alike",
            words=f"All {picture.played.histories:,} histories are alike: each ends as {picture.played.ending}, "
            "and no place changes hands in any.",
            cure="Look at the other warnings first; then at how strong the attacker is, how near it stands, and "
            "whether the ending is one that can fail to hold.",
        )


def _hanging(picture: Picture) -> Iterator[Caveat]:
    for each in picture.hanging:
        yield Caveat(
            kind="bloc_by_enemy",
            words=f"{_names(picture, (each.a, each.b))} stand together only because {picture.shorts[each.speaker]}, "
            f"an enemy, says so ({listed(each.claims)}).",
            cure=f"Find somebody else who says it, add who denies it ('denies'), or compare with a scenario that "
            f"disbelieves {listed(each.claims)}.",
        )


def _inputs(picture: Picture) -> Iterator[Caveat]:
    uncertain, total = picture.rules
    if uncertain < HALF * total:
        yield Caveat(
            kind="few_uncertain",
            words=f"Only {uncertain} of {total} numbers of the rules are uncertain; the others are one guess each.",
            cure="Write 'extends: base' at the head of the scenario, which has a range with its source for "
            "each, and no 'replace: all' in its inputs.",
        )


def _places(picture: Picture) -> Iterator[Caveat]:
    if picture.unreachable:
        named = [*picture.unreachable[:NAMED]]
        if (more := len(picture.unreachable) - NAMED) > 0:
            named.append(f"{more} more")
        yield Caveat(
            kind="unreachable",
            words=f"Nobody can reach {counted(len(picture.unreachable), 'place')}: {listed(named)}.",
            cure="Join their land to the rest in region/cells.csv, put a force there, or leave them out of places.csv.",
        )


def _names(picture: Picture, actors: tuple[str, ...]) -> str:
    return listed([picture.shorts[name] for name in actors])
