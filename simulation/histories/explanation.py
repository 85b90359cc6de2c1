"""Why a place fell, or what came nearest to it: its chain in words and as plain data."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from simulation.errors import InputError
from simulation.histories import causal_chain as links
from simulation.histories.causal_chain import CausalChain, Link
from simulation.histories.causes import Break, Step
from simulation.histories.observer import Happening
from simulation.histories.reasons import odds_words
from simulation.histories.turns import falls_words
from simulation.io.characters import composed, unlike
from simulation.model.registry import Process
from simulation.outcomes.names import short_name, whereabouts
from simulation.wording.phrases import counted, listed, number
from simulation.world.world import World


def place_called(world: World, name: str) -> int:
    """Return the index of a place, whatever its capitals; InputError with the nearest name for another."""
    name = composed(name)
    lower = [place.lower() for place in world.places]
    if name.lower() in lower:
        return lower.index(name.lower())
    close = difflib.get_close_matches(name.lower(), lower, n=1, cutoff=0.0)
    nearest = world.places[lower.index(close[0])]
    message = f"no place is called '{name}'; the nearest name is '{nearest}'{unlike(name, nearest)}"
    raise InputError(message, file="--explain")


def explanation(world: World, chain: CausalChain) -> Iterator[str]:
    """Yield the chain line by line: what came of it, then link by link with the day."""
    yield headline(world, chain)
    yield from (f"  {when(link.day)}  {link_words(world, chain, link)}" for link in chain.links)
    if chain.fall is None:
        yield f"  {nearest_words(world, chain)}"
    yield from (f"  {line}" for line in later_words(world, chain))


def explanation_data(world: World, chain: CausalChain) -> dict[str, Any]:
    """Return the chain as plain data with the same words."""
    fall = chain.fall
    return {
        "place": world.places[chain.place],
        "fell": fall is not None,
        "day": None if fall is None else float(fall.record.time),
        "from": None if fall is None else world.actors[int(fall.record.other)],
        "to": None if fall is None else world.actors[int(fall.record.actor)],
        "summary": headline(world, chain),
        "chain": [_link_data(world, chain, link) for link in chain.links],
        "nearest": None if fall is not None else nearest_words(world, chain),
        "later": list(later_words(world, chain)),
        "changes": [_change_data(world, happening) for happening in chain.later],
    }


def headline(world: World, chain: CausalChain) -> str:
    """Return in one sentence whether, when and why the place fell."""
    if chain.fall is None:
        holder = int(world.template.places["holder0"][chain.place])
        held = f" {short_name(world, holder)} still holds it." if holder >= 0 else ""
        return f"{world.places[chain.place]} did not fall in this history.{held}"
    return f"Day {chain.fall.record.time:.1f}: {falls_words(world, [chain.fall])}"


def when(day: float) -> str:
    """Return a day of the chain, at a fixed width."""
    return f"Day {day:4.1f}"


def link_words(world: World, chain: CausalChain, link: Link) -> str:
    """Return a link as a sentence; "it" is the place."""
    return _WORDS[link.kind](world, chain, link)


def nearest_words(world: World, chain: CausalChain) -> str:
    """Return what came nearest to a place that did not fall."""
    found = chain.nearest
    if found is None:
        return "Nobody ever marched on it."
    who = f"{counted(found.fighters, 'fighter')} of {short_name(world, found.actor)}"
    if found.km == 0:
        return f"What came nearest: on day {found.day:.1f} {who} stood in it, and could not take it."
    where = whereabouts(world, found.cell)
    return (
        f"What came nearest: on day {found.day:.1f} {who} stood {number(found.km)} km away by road, {where}."
    )


def later_words(world: World, chain: CausalChain) -> Iterator[str]:
    """Yield how often the place changed hands again, and each time."""
    if chain.later:
        times = "once" if len(chain.later) == 1 else f"{len(chain.later)} times"
        yield f"Afterwards it changed hands again {times}:"
        for happening in chain.later:
            yield f"{when(float(happening.record.time))}  {falls_words(world, [happening])}"


def _order(world: World, chain: CausalChain, link: Link) -> str:
    return f"{_ordered(world, link)} sent against it."


def _gather(world: World, chain: CausalChain, link: Link) -> str:
    return f"{_ordered(world, link)} called together to attack it."


def _help(world: World, chain: CausalChain, link: Link) -> str:
    return f"{_ordered(world, link)} sent to help hold it."


def _leave(world: World, chain: CausalChain, link: Link) -> str:
    return f"{_ordered(world, link)} ordered out of it."


def _ordered(world: World, link: Link) -> str:
    units = {order.unit: order.fighters for order in link.orders}
    return f"{counted(sum(units.values()), 'fighter')} of {short_name(world, link.actor)} are"


def _way(world: World, chain: CausalChain, link: Link) -> str:
    return f"On the way to it: {falls_words(world, link.happenings)}"


def _near(world: World, chain: CausalChain, link: Link) -> str:
    units = {int(h.record.unit): h.cause.fighters for h in link.happenings if isinstance(h.cause, Step)}
    who = f"{counted(sum(units.values()), 'fighter')} of {short_name(world, link.actor)}"
    return f"{who} {'enter it' if link.inside else 'reach the ground beside it'}."


def _break(world: World, chain: CausalChain, link: Link) -> str:
    breaks = [h.cause for h in link.happenings if isinstance(h.cause, Break)]
    lost = sum(int(h.record.amount) + int(h.record.amount2) for h in link.happenings)
    gone = "1 is captured or deserts" if lost == 1 else f"{lost:,} are captured or desert"
    fallen = sum(int(h.record.value) for h in link.happenings)
    pursued = f", {fallen:,} killed or wounded in the pursuit" if fallen else ""
    verb = "gives" if len(breaks) == 1 else "give"
    units = f"{counted(len(breaks), 'unit')} of {short_name(world, link.actor)}"
    men = counted(sum(each.fighters for each in breaks), "fighter")
    where = "in it" if link.inside else "beside it"
    return (
        f"{units} ({men}) {verb} way {where}: cohesion {_span([each.cohesion for each in breaks])} of 100, "
        f"{_odds(breaks)}; {gone}{pursued}."
    )


def _odds(breaks: list[Break]) -> str:
    worst = max(each.enemy / max(1, each.own) for each in breaks)
    if worst == 0:
        return "outflanked"
    if worst < 1.25:
        return "not outnumbered"
    return f"outnumbered {'up to ' * (len(breaks) > 1)}{odds_words(worst)}"


def _span(shares: list[float]) -> str:
    low, high = (round(100 * pick(shares)) for pick in (min, max))
    return f"{low}" if low == high else f"{low} to {high}"


def _strike(world: World, chain: CausalChain, link: Link) -> str:
    strikes = Counter(short_name(world, int(h.record.actor)) for h in link.happenings)
    who = listed([f"{counted(count, 'strike')} by {name}" for name, count in sorted(strikes.items())])
    verb, last = "hits" if strikes.total() == 1 else "hit", float(link.happenings[-1].record.time)
    until = f" until day {last:.1f}" if last - link.day >= 1 else ""
    lost, dead = (
        sum(int(getattr(h.record, name)) for h in link.happenings) for name in ("amount", "amount2")
    )
    return f"{who} {verb} it{until}: {counted(lost, 'fighter')} killed or wounded, {counted(dead, 'civilian')} killed."


def _fight(world: World, chain: CausalChain, link: Link) -> str:
    killed, wounded, civilians = Counter[str](), Counter[str](), 0
    for happening in link.happenings:
        name, dead = short_name(world, int(happening.record.actor)), int(happening.record.amount)
        killed[name] += dead
        wounded[name] += 1 - dead
        civilians += int(happening.record.amount2)
    parts = [f"{name} {killed[name]:,} killed and {wounded[name]:,} wounded" for name in sorted(killed)]
    parts += [f"{counted(civilians, 'civilian')} killed"] * (civilians > 0)
    return f"Fighting in it: {'; '.join(parts)}."


def _fall(world: World, chain: CausalChain, link: Link) -> str:
    return f"It falls to {short_name(world, link.actor)}."


_WORDS: Mapping[str, Callable[[World, CausalChain, Link], str]] = {
    links.GATHER: _gather,
    links.ORDER: _order,
    links.HELP: _help,
    links.LEAVE: _leave,
    links.WAY: _way,
    links.NEAR: _near,
    links.BREAK: _break,
    links.STRIKE: _strike,
    links.FIGHT: _fight,
    links.FALL: _fall,
}


def _change_data(world: World, happening: Happening) -> dict[str, Any]:
    record = happening.record
    return {
        "day": float(record.time),
        "from": world.actors[int(record.other)],
        "to": world.actors[int(record.actor)],
        "text": falls_words(world, [happening]),
    }


def _link_data(world: World, chain: CausalChain, link: Link) -> dict[str, Any]:
    return {
        "day": link.day,
        "kind": link.kind,
        "actor": world.actors[link.actor] if link.actor >= 0 else None,
        "events": len(link.happenings),
        "processes": sorted({Process(int(h.record.process)).name.lower() for h in link.happenings}),
        "text": link_words(world, chain, link),
    }
