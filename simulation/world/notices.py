"""What in a scenario can have no effect, or not the one that it seems to have; each true whatever is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from simulation.documents import Seeds
from simulation.documents.ending import Ending
from simulation.io.origin import dotted
from simulation.region import Region
from simulation.scenario.dated_change import Measure, MeasureWithEnd
from simulation.scenario.input_groups import idle_groups
from simulation.scenario.measures import (
    Bombardment,
    Breach,
    Ceasefire,
    Distraction,
    Front,
    Guarantee,
    Morale,
    Restraint,
)
from simulation.scenario.notice import Notice, notice_at
from simulation.scenario.overlap import overlaps
from simulation.scenario.scenario import Scenario
from simulation.world.laydown import Body
from simulation.world.line_up import LineUp


def notices_of(
    scenario: Scenario, region: Region, seeds: Seeds, bodies: Sequence[Body]
) -> tuple[Notice, ...]:
    """Return what is to be said of a scenario before it is run, by file and line.

    It is of overrides, groups of inputs, measures, actors, land and endings.
    """
    line_up = LineUp(scenario=scenario, region=region, seeds=seeds, bodies=bodies)
    found = (
        *scenario.notices,
        *_of_groups(scenario),
        *_of_measures(line_up),
        *_of_overlaps(line_up),
        *_of_actors(line_up),
        *_of_land(line_up),
        *_of_endings(line_up),
    )
    return tuple(sorted(found, key=lambda notice: (notice.file, notice.line or 0)))


def _of_groups(scenario: Scenario) -> Iterator[Notice]:
    for path, message in idle_groups(scenario.together, scenario.inputs):
        yield notice_at(_origin(scenario, path), path, message)


def _of_measures(line_up: LineUp) -> Iterator[Notice]:
    for index, measure in enumerate(line_up.scenario.measures):
        path = f"measures[{index}].{measure.kind}"
        messages = [*_as_before(line_up, measure)] or _RULES.get(type(measure), _nothing)(line_up, measure)
        for message in messages:
            yield notice_at(_origin(line_up.scenario, path), path, message)
        if isinstance(measure, MeasureWithEnd) and (measure.until_day or 0) > line_up.scenario.days:
            message = (
                f"day {measure.until_day:g} is after the end of the run on day {line_up.scenario.days:g}"
            )
            path += ".until_day"
            yield notice_at(_origin(line_up.scenario, path), path, f"{message}; it lasts to the end")


def _of_overlaps(line_up: LineUp) -> Iterator[Notice]:
    scenario, names = line_up.scenario, {actor.id: actor.short for actor in line_up.seeds.actors}
    for each in overlaps(scenario.measures, scenario.days):
        path = f"measures[{each.second}].{scenario.measures[each.second].kind}"
        yield notice_at(_origin(scenario, path), path, each.sentence(names))


def _origin(scenario: Scenario, path: str) -> str:
    """Return where the first value below a path was written."""
    inner = (f"{path}.", f"{path}[")
    found = (at for known, at in scenario.origin.items() if known == path or known.startswith(inner))
    return next(found, scenario.file)


def _nothing(line_up: LineUp, measure: Measure) -> Iterator[str]:
    yield from ()


def _bombardment(line_up: LineUp, measure: Bombardment) -> Iterator[str]:
    by, actor = measure.by, line_up.index[measure.by]
    if line_up.strikes(actor):
        return
    if not line_up.actors.fights[actor]:
        yield (
            f"no strike will be flown: {by} has no units on the map, so that its strikes fall on those whom a claim "
            "says that it bombards or attacks, and there are none; add such a claim"
        )
        return
    yield (
        "no strike will be flown: strikes fall on somebody who attacks and his side, and nobody with whom "
        f"{by} is or may come to be at war attacks; for what air power would do for {by}, raise input "
        f"{by}_kill_rate, or shake its enemies with a measure 'morale'"
    )


def _distraction(line_up: LineUp, measure: Distraction) -> Iterator[str]:
    if not line_up.helps(line_up.index[measure.of]):
        yield f"has no effect: {measure.of} sends nobody fighters and takes nobody's orders"


def _restraint(line_up: LineUp, measure: Restraint) -> Iterator[str]:
    of, by = line_up.index[measure.of], line_up.index[measure.by]
    own = line_up.actors.commander[of] == of and line_up.actors.stance[of]
    if not line_up.attacks[of] and not own:
        yield f"has no effect: {measure.of} gives no orders of its own to attack"
    elif line_up.hostile[of, by]:
        yield (
            f"{measure.by} is or may come to be at war with {measure.of}; the restraint works as a patron's does, "
            "for who restrains makes no difference"
        )


def _front(line_up: LineUp, measure: Front) -> Iterator[str]:
    of = line_up.index[measure.of]
    if measure.open and not line_up.can_join[of]:
        yield f"has no effect: {measure.of} has no front to open, for only an actor that lies low joins"
    elif not measure.open and not line_up.attacks[of]:
        yield f"has no effect: {measure.of} neither attacks nor lies low, so that there is no front to keep quiet"


def _morale(line_up: LineUp, measure: Morale) -> Iterator[str]:
    if not measure.changes():
        yield "has no effect: it shifts nothing"


def _ceasefire(line_up: LineUp, measure: Ceasefire) -> Iterator[str]:
    bound, pairs = line_up.bound(measure.between), line_up.pairs
    named = [
        tuple(line_up.index[name] for name in e.when.truce) for e in line_up.seeds.endings if e.when.truce
    ]
    if any(line_up.hostile[pair] or pairs.struck[pair] or pair in named for pair in bound):
        return
    yield f"has no effect: {' and '.join(measure.between)} are not at war and cannot come to be"


def _breach(line_up: LineUp, measure: Breach) -> Iterator[str]:
    if not line_up.bound(measure.between) & line_up.truces_by(measure.from_day):
        yield f"has no effect: no truce of {' and '.join(measure.between)} can be in force by then"


def _guarantee(line_up: LineUp, measure: Guarantee) -> Iterator[str]:
    end = line_up.scenario.days if measure.until_day is None else measure.until_day
    bound, names = line_up.bound(measure.between), " and ".join(measure.between)
    if not bound & line_up.truces_by(end):
        yield f"has no effect: no truce of {names} can be in force by then"
    elif not any(line_up.hostile[pair] for pair in bound):
        yield f"has no effect: {names} are not at war and cannot come to be, so that nothing violates a truce"


def _as_before(line_up: LineUp, measure: Measure) -> Iterator[str]:
    """Yield that a measure sets an actor's number to what it always is, where no other measure sets it."""
    if measure.own is None:
        return
    field, quantity, what = measure.own
    actor, value = getattr(measure, field), measure.changes()[0].value
    others = [
        each
        for each in line_up.scenario.measures
        if each is not measure and type(each) is type(measure) and getattr(each, field) == actor
    ]
    if not others and line_up.number(actor, quantity) == (value, value):
        yield f"has no effect: without it, too, the {what} of {actor} {'are' if what[-1] == 's' else 'is'} {value:g}"


_RULES: dict[type[Measure], Callable[..., Iterator[str]]] = {
    Bombardment: _bombardment,
    Distraction: _distraction,
    Restraint: _restraint,
    Front: _front,
    Morale: _morale,
    Ceasefire: _ceasefire,
    Breach: _breach,
    Guarantee: _guarantee,
}
"""Why a measure has no effect, or another than it seems to have."""


def _of_actors(line_up: LineUp) -> Iterator[Notice]:
    for name, actor in line_up.index.items():
        if line_up.actors.fights[actor] and line_up.most_fighters(name) == 0:
            path = f"inputs.{name}_fighters"
            message = f"{name} stands in the laydown and has no fighters on the map at the start"
            yield notice_at(_origin(line_up.scenario, path), path, message)


def _of_land(line_up: LineUp) -> Iterator[Notice]:
    if line_up.bodies and not line_up.can_meet:
        message = (
            "no units of enemies can ever meet: the cells where they stand do not hang together over land, or "
            "nobody is at war"
        )
        yield notice_at(_origin(line_up.scenario, "region"), "region", message)


def _of_endings(line_up: LineUp) -> Iterator[Notice]:
    """Yield a notice for the first ending that holds in every history before anything can happen."""
    for index, ending in enumerate(line_up.seeds.endings):
        if ending.stops and (why := _holds_at_start(line_up, ending)):
            file = line_up.seeds.folder / "endings.yaml"
            place = line_up.scenario.archive.files.yaml(file).origin_of(("endings", index))
            message = f"every history ends on day 0 with '{ending.id}': {why}"
            yield Notice(file=str(file), line=place.line, path=dotted(("endings", index)), message=message)
            return


def _holds_at_start(line_up: LineUp, ending: Ending) -> str:
    """Return why an ending holds on day 0, or an empty text."""
    when = ending.when
    if when.none_left is not None and line_up.most_fighters(when.none_left) == 0:
        return f"{when.none_left} has no fighters"
    if when.lost is not None and when.by is not None:
        lost = [place for place in when.lost if not line_up.holds(when.by, place)]
        return f"{when.by} does not hold {lost[0]} at the start" if lost else ""
    if when.truce is not None:
        pair = tuple(line_up.index[name] for name in when.truce)
        early = [
            each.between
            for each in line_up.scenario.measures
            if isinstance(each, Ceasefire) and each.from_day == 0
        ]
        early += [(t.a, t.b) for t in line_up.seeds.truces if t.day(line_up.scenario.start) <= 0]
        if any(pair in line_up.bound(between) for between in early):
            return "the truce is in force from the start"
    return ""
