"""What was understood in words: three lines for the head of a summary, and all of it as points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.understanding.caveats import Caveat, caveats_of
from simulation.understanding.picture import Contradiction, InForce, Picture
from simulation.wording.phrases import counted, listed

SHOWN = 3
"""Names of one side in the head of a summary."""


def head_lines(picture: Picture) -> tuple[str, str, str]:
    """Return the three lines with which the summary of a run begins."""
    caveats = caveats_of(picture)
    last = "nothing stands out."
    if caveats:
        number = counted(len(caveats), "warning")
        last = f"{number}. {caveats[0].words} `simulate check {picture.scenario}` says more, and what to do."
    return (
        f"Understood: {_sides(picture)}; {_attack(picture)}; {_truces(picture)}.",
        f"Uncertain: {_uncertain(picture)}{_shots(picture)}.",
        f"To look at: {last}",
    )


def points(picture: Picture) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield all that was understood: what it is about, and one sentence or more."""
    names = picture.shorts
    yield "Blocs", tuple(listed([names[each] for each in bloc]) for bloc in picture.blocs)
    yield "Wars", tuple(_wars(picture)) or ("none",)
    yield "Attack", (_attack(picture),)
    yield "Truces at the start", tuple(_truce(picture, each) for each in picture.truces) or ("none",)
    idle = tuple(f"{names[each.actor]}: {each.why}" for each in picture.idle)
    yield "Troops without an enemy in reach", idle or ("none",)
    astray = tuple(
        f"{each.units} of {each.of} units of {names[each.actor]} on ground of {names[each.holder]}"
        for each in picture.astray
    )
    yield "Forces on the other side's ground", astray or ("none",)
    against = tuple(_contradiction(picture, each) for each in picture.contradicted)
    yield "Claims that the map contradicts", against or ("none",)
    yield "Uncertain", (_uncertain(picture),)
    if picture.played is not None:
        yield "Histories", (_shots(picture).removeprefix("; "),)


def document(picture: Picture) -> dict[str, object]:
    """Return what was understood as `--json` has it."""
    return {
        "understood": {name: list(told) for name, told in points(picture)},
        "warnings": [_record(each) for each in caveats_of(picture)],
    }


def _record(caveat: Caveat) -> dict[str, str]:
    return {"kind": caveat.kind, "message": caveat.words, "cure": caveat.cure}


def _sides(picture: Picture) -> str:
    """Return which blocs are at war, those of attackers first."""
    told = list(_wars(picture))
    more = f" ({counted(len(told) - 1, 'more war')} of other blocs)" if len(told) > 1 else ""
    return f"{told[0]}{more}" if told else "nobody is at war"


def _wars(picture: Picture) -> Iterator[str]:
    """Yield the wars between blocs: "League against Council and Company"; that with most attackers is the first."""
    bloc = {name: k for k, names in enumerate(picture.blocs) for name in names}
    pairs = dict.fromkeys((min(bloc[a], bloc[b]), max(bloc[a], bloc[b])) for a, b in picture.wars)
    roles = {*picture.attackers, picture.defender}
    for a, b in sorted(
        pairs, key=lambda pair: -len(roles & {*picture.blocs[pair[0]], *picture.blocs[pair[1]]})
    ):
        yield f"{_few(picture, picture.blocs[a])} against {_few(picture, picture.blocs[b])}"


def _few(picture: Picture, actors: Sequence[str]) -> str:
    names = [picture.shorts[name] for name in actors]
    return listed(names if len(names) <= SHOWN else [*names[: SHOWN - 1], f"{len(names) - SHOWN + 1} more"])


def _attack(picture: Picture) -> str:
    if not picture.attackers:
        return "nobody attacks"
    whom = "nobody" if picture.defender is None else picture.shorts[picture.defender]
    verb = "attacks" if len(picture.attackers) == 1 else "attack"
    return f"{listed([picture.shorts[name] for name in picture.attackers])} {verb} {whom}"


def _truces(picture: Picture) -> str:
    if not picture.truces:
        return "no truce at the start"
    return "; ".join(f"truce of {_truce(picture, each)}" for each in picture.truces)


def _truce(picture: Picture, truce: InForce) -> str:
    stops = "" if truce.binds else ", who are not at war here"
    return f"{picture.shorts[truce.a]} and {picture.shorts[truce.b]} since {truce.since}{stops}"


def _uncertain(picture: Picture) -> str:
    rules, actors = picture.rules, picture.numbers
    return f"{rules[0]} of {rules[1]} numbers of the rules and {actors[0]} of {actors[1]} of the actors"


def _shots(picture: Picture) -> str:
    if picture.played is None:
        return ""
    return (
        f"; shots hit somebody in {picture.played.shots:,} of {counted(picture.played.histories, 'history')}"
    )


def _contradiction(picture: Picture, each: Contradiction) -> str:
    holder = f"it is held by {picture.shorts[each.holder]}" if each.holder else "nobody holds it"
    return f"{each.claim}: {picture.shorts[each.actor]} has {each.place}; on the map {holder}"
