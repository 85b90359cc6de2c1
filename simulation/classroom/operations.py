"""All that can be asked of a room over the network: each with its path, who may, what it takes and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from simulation.classroom import views
from simulation.classroom.identity import Doorkeeper, Identity, Role
from simulation.classroom.plan import HIGHEST_GUESS
from simulation.classroom.room import Room
from simulation.classroom.seat import Seat
from simulation.scenario.lesson_stage import Stage

EVERYBODY: Final = frozenset(Role)
SEAT: Final = frozenset({Role.SEAT})
TEACHER: Final = frozenset({Role.TEACHER})


def _whole(value: object) -> object:
    """Return 2.0 as 2, which is an integer as JSON Schema has it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


# The validator comes last: bounds that come after it are checked, and lost in the schema (findings/).
Index = Annotated[int, Field(ge=0, le=100), BeforeValidator(_whole)]
Count = Annotated[int, Field(ge=1, le=1000), BeforeValidator(_whole)]
Number = Annotated[int, Field(ge=1, le=10**9), BeforeValidator(_whole)]


class Body(BaseModel):
    """What a request carries. Numbers are numbers and nothing is left over."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class Joining(Body):
    """A code, a nickname and a secret that the browser made; with a word, the seat that has the nickname."""

    code: str = Field(max_length=20)
    nickname: str = Field(max_length=100)
    token: str = Field(min_length=22, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")
    word: str = Field(default="", max_length=20)


class Guessing(Body):
    """A guess at a question, if a choice is played."""

    choice: Index
    question: Index
    value: float = Field(ge=0, le=HIGHEST_GUESS)


class Playing(Body):
    """So many histories of a choice; `request` is made by the browser, so that asking again asks for nothing more."""

    choice: Index
    count: Count
    request: str = Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")


class Moving(Body):
    """The stage that is to be open."""

    stage: str = Field(json_schema_extra={"enum": list(Stage)}, pattern=f"^({'|'.join(Stage)})$")


class Door(Body):
    """Whether pupils may join."""

    open: bool


class Of(Body):
    """The number of a seat."""

    seat: Number


class Nothing(Body):
    """No content."""


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who asks, from where, and at which door."""

    doorkeeper: Doorkeeper
    address: str
    identity: Identity | None

    @property
    def seat(self) -> Seat:
        """The seat of the pupil who asks."""
        assert self.identity is not None and self.identity.seat is not None
        return self.identity.seat


@dataclass(frozen=True, kw_only=True)
class Operation:
    """Something that can be asked: who may (nobody need be known where `roles` is empty), and what it takes."""

    path: str
    summary: str
    roles: frozenset[Role]
    takes: type[Body] | None
    do: Callable[[Room, Caller, Any], Any]

    @property
    def method(self) -> str:
        """POST for what changes something, and GET."""
        return "GET" if self.takes is None else "POST"


def _state(room: Room, caller: Caller, _: None) -> dict[str, Any]:
    identity = caller.identity
    found = {"lesson": views.lesson(room), "counts": views.counts(room)}
    if identity is not None and identity.seat is not None:
        found["you"] = views.mine(room, identity.seat)
    return found


def _join(room: Room, caller: Caller, body: Joining) -> dict[str, Any]:
    caller.doorkeeper.check_code(body.code, caller.address)
    return views.mine(room, room.join(body.nickname, body.token, body.word))


def _guess(room: Room, caller: Caller, body: Guessing) -> dict[str, Any]:
    room.guess(caller.seat, body.choice, body.question, body.value)
    return views.mine(room, caller.seat)


def _play(room: Room, caller: Caller, body: Playing) -> dict[str, Any]:
    room.play(caller.seat, body.choice, body.count, body.request)
    return views.mine(room, caller.seat)


def _move(room: Room, caller: Caller, body: Moving) -> dict[str, Any]:
    room.move(Stage(body.stage))
    return {"stage": room.stage}


def _begin(room: Room, caller: Caller, body: Nothing) -> dict[str, Any]:
    room.begin()
    return views.plan(room)


def _plan(room: Room, caller: Caller, _: None) -> dict[str, Any]:
    return views.plan(room)


def _door(room: Room, caller: Caller, body: Door) -> dict[str, Any]:
    room.set_door(body.open)
    return {"open": room.door}


def _remove(room: Room, caller: Caller, body: Of) -> dict[str, Any]:
    room.remove(body.seat)
    return {"seat": body.seat}


def _way_back(room: Room, caller: Caller, body: Of) -> dict[str, Any]:
    return {"seat": body.seat, "word": room.way_back(body.seat)}


def _end(room: Room, caller: Caller, body: Nothing) -> dict[str, Any]:
    room.end()
    return {"writing": True}


def _people(room: Room, caller: Caller, _: None) -> dict[str, Any]:
    return views.people(room)


OPERATIONS: Final = (
    Operation(
        path="/api/state", summary="The lesson as far as it is open", roles=EVERYBODY, takes=None, do=_state
    ),
    Operation(path="/api/join", summary="Take a seat", roles=frozenset(), takes=Joining, do=_join),
    Operation(path="/api/guess", summary="Write a guess down", roles=SEAT, takes=Guessing, do=_guess),
    Operation(path="/api/play", summary="Play histories", roles=SEAT, takes=Playing, do=_play),
    Operation(path="/api/people", summary="Who is in the room", roles=TEACHER, takes=None, do=_people),
    Operation(path="/api/stage", summary="Open a stage", roles=TEACHER, takes=Moving, do=_move),
    Operation(path="/api/plan", summary="The plan by minutes", roles=TEACHER, takes=None, do=_plan),
    Operation(path="/api/begin", summary="Start the clock", roles=TEACHER, takes=Nothing, do=_begin),
    Operation(path="/api/door", summary="Let pupils join or not", roles=TEACHER, takes=Door, do=_door),
    Operation(path="/api/remove", summary="Take a seat out", roles=TEACHER, takes=Of, do=_remove),
    Operation(
        path="/api/way-back", summary="A word that gives a seat back", roles=TEACHER, takes=Of, do=_way_back
    ),
    Operation(path="/api/end", summary="Write the results folder", roles=TEACHER, takes=Nothing, do=_end),
)
