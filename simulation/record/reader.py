"""Reading the record of a scenario: every name in it is one of the file or of the world."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from simulation.errors import Faults
from simulation.io.origin import DataPath, wrong
from simulation.io.pydantic_messages import suggestion
from simulation.io.yaml_file import YamlSource, parse
from simulation.model.daily_series import SHOWN, ActorGroup, DailySeries
from simulation.outcomes.collector import Collector, ending_names
from simulation.outcomes.participants import participants
from simulation.record.measure import Amount, Event
from simulation.record.record_file import FILE, RecordFile
from simulation.world.world import World

Asked = tuple[DataPath, Iterable[str], Iterable[str], str]
"""Where names stand, the names, those that there are, and what they are names of."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """A record as read, and the world in which its names were looked up."""

    source: YamlSource
    file: RecordFile
    world: World


def record_of(world: World) -> Record | None:
    """Return the record that lies in the seeds of a world's scenario, None where there is none.

    Errors: InputError with file and line for anything wrong in it.
    """
    scenario = world.scenario
    path = scenario.seeds / FILE
    if not path.exists():
        return None
    return record_in(scenario.archive.files.yaml(path), world)


def record_in(source: YamlSource, world: World) -> Record:
    """Return the record that a file holds; InputError with file and line for anything wrong in it."""
    record = Record(source=source, file=parse(source, RecordFile), world=world)
    faults = Faults()
    for each in _asked(record):
        with faults.gather():
            _known(source, *each)
    faults.refuse()
    for name, amount in record.file.amounts.items():
        with faults.gather():
            _check_series(record, amount, ("amounts", name))
    with faults.gather():
        _check_ids(record)
    faults.refuse()
    return record


def starts_with(record: Record) -> bool:
    """Return whether the record counts days from the day 0 of the scenario."""
    return record.file.start == record.world.scenario.start


def _known(source: YamlSource, path: DataPath, names: Iterable[str], known: Iterable[str], what: str) -> None:
    allowed = list(known)
    for name in names:
        if name not in allowed:
            raise wrong(source, path, f"there is no {what} '{name}'{suggestion(name, allowed)}")


def _asked(record: Record) -> Iterator[Asked]:
    """Yield every name of the file with those that it may be; what is referred to must stand above."""
    file, actors = record.file, record.world.actors
    amounts, events = list(file.amounts), list(file.events)
    for k, (name, amount) in enumerate(file.amounts.items()):
        yield from _of_amount(record, amount, ("amounts", name), amounts[:k])
    for k, (name, event) in enumerate(file.events.items()):
        yield from _of_event(record, event, ("events", name), amounts, events[:k])
    for g, group in enumerate(file.groups):
        for k, line in enumerate(group.lines):
            path = ("groups", g, "lines", k)
            yield (*path, "amount"), _some(line.amount), amounts, "amount"
            yield (*path, "event"), _some(line.event), events, "event"
            yield (*path, "given"), _some(line.given), events, "event"
    yield ("never_taken",), _some(file.never_taken), actors, "actor"


def _of_amount(record: Record, amount: Amount, path: DataPath, before: Sequence[str]) -> Iterator[Asked]:
    world = record.world
    yield (*path, "series"), _some(amount.series), [each.key for each in SHOWN], "series"
    yield (*path, "fall"), amount.fall or (), world.places, "place"
    yield (*path, "advance"), amount.advance or (), world.actors, "actor"
    yield (*path, "ratio"), amount.ratio or (), before, "amount above this one"
    yield (*path, "outcome"), _some(amount.outcome), Collector(world).outcome_names, "outcome"
    yield (*path, "input"), _some(amount.input), world.scenario.inputs, "input"
    yield (*path, "actor"), amount.actor, world.actors, "actor"
    yield (*path, "side"), amount.side, world.actors, "actor"


def _of_event(
    record: Record, event: Event, path: DataPath, amounts: Sequence[str], before: Sequence[str]
) -> Iterator[Asked]:
    world = record.world
    yield (*path, "amount"), _some(event.amount), amounts, "amount"
    yield (*path, "fell"), event.fell or (), world.places, "place"
    yield (*path, "ending"), event.ending or (), ending_names(world), "ending"
    for field in ("falls_to", "taken_by", "taken_from"):
        yield (*path, field), getattr(event, field) or (), world.actors, "actor"
    for field in ("all", "any", "none"):
        yield (*path, field), getattr(event, field) or (), before, "event above this one"


def _some(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)


def _check_series(record: Record, amount: Amount, path: DataPath) -> None:
    """Refuse an actor of a series that is of all together, and one that never has forces or land."""
    if amount.series is None:
        return
    whose = DailySeries[amount.series.upper()].whose
    if whose == (ActorGroup.EVERYBODY,) and (amount.actor or amount.side):
        raise wrong(record.source, path, f"'{amount.series}' is counted for all together, not by actor")
    world = record.world
    shown = {world.actors[k] for group in whose for k in participants(world)[group] if k < len(world.actors)}
    if whose != (ActorGroup.EVERYBODY,):
        _known(record.source, (*path, "actor"), amount.actor, sorted(shown), f"actor with '{amount.series}'")


def _check_ids(record: Record) -> None:
    seen: set[str] = set()
    for g, group in enumerate(record.file.groups):
        for k, line in enumerate(group.lines):
            if line.id in seen:
                raise wrong(
                    record.source, ("groups", g, "lines", k, "id"), f"'{line.id}' is the id of a line above"
                )
            seen.add(line.id)
