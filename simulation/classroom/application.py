"""The application that is served: pages, their files, the operations, and the stream of events. Nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, Final

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from simulation.classroom.address import Address
from simulation.classroom.description import described
from simulation.classroom.event_stream import EventStream, Texts
from simulation.classroom.guard import Guard
from simulation.classroom.identity import Doorkeeper
from simulation.classroom.limits import Limit
from simulation.classroom.operations import EVERYBODY, OPERATIONS, Caller, Operation
from simulation.classroom.refusal import RefusalError
from simulation.classroom.room import Room

PAGES: Final = {"/": "pupil.html", "/projector": "projector.html", "/teacher": "teacher.html"}
KINDS: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
LONGEST_NUMBER = 9


class Application:
    """Answers for a room: what is not here is not found."""

    def __init__(self, room: Room, address: Address, take_home: Callable[[], None]) -> None:
        """Serve a room at an address; `take_home` begins to write the results and returns at once."""
        self._room, self._address, self._take_home = room, address, take_home
        self._doorkeeper, self._texts = Doorkeeper(room), Texts(room)
        self._rate = Limit(40, 10)
        """By seat."""

    def guarded(self) -> ASGIApp:
        """Return the whole as an ASGI application."""
        routes = [
            *(Route(path, _file(name)) for path, name in PAGES.items()),
            *(Route(f"/static/{name}", _file(name)) for name in static_files() if not name.endswith(".html")),
            *(Route(each.path, self._endpoint(each), methods=[each.method]) for each in OPERATIONS),
            Route("/api/address", self._where),
            Route("/api/stream", self._stream),
            Route("/api/openapi.json", self._described),
        ]
        handlers: Mapping[Any, Any] = {
            404: _not_here,
            405: _not_so,
            RefusalError: _refused,
            Exception: _failed,
        }
        return Guard(Starlette(routes=routes, exception_handlers=handlers), [self._address.host])

    def _caller(self, request: Request, known: bool) -> Caller:
        address = request.client.host if request.client else ""
        header = request.headers.get("authorization", "")
        identity = self._doorkeeper.identity(header, address) if known else None
        if identity and identity.seat and not self._rate.take(str(identity.seat.number)):
            raise RefusalError(429, "That is too often. Wait a moment.")
        return Caller(doorkeeper=self._doorkeeper, address=address, identity=identity)

    def _endpoint(self, operation: Operation) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            caller = self._caller(request, known=bool(operation.roles))
            if caller.identity and caller.identity.role not in operation.roles:
                raise RefusalError(403, "This is not yours to do.")
            taken = None
            if operation.takes is not None:
                _check_is_json(request)
                try:
                    taken = operation.takes.model_validate_json(await request.body())
                except ValidationError as error:
                    raise RefusalError(422, _told(error)) from None
            found = await run_in_threadpool(operation.do, self._room, caller, taken)
            if operation.path == "/api/end":
                self._take_home()
            return JSONResponse(found)

        return endpoint

    async def _where(self, request: Request) -> Response:
        """Return where pupils join: the address, the code, and the squares of the QR code."""
        caller = self._caller(request, known=True)
        if caller.identity is None or caller.identity.seat is not None:
            raise RefusalError(403, "This is not yours to see.")
        return JSONResponse(self._address.data(self._room.code))

    async def _stream(self, request: Request) -> _Streamed:
        caller = self._caller(request, known=True)
        assert caller.identity is not None and caller.identity.role in EVERYBODY
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdigit() and len(after) <= LONGEST_NUMBER):
            raise RefusalError(422, "after must be the number of the last dot.")
        return _Streamed(EventStream(self._room, self._texts, caller.identity, int(after)))

    async def _described(self, request: Request) -> Response:
        return JSONResponse(described())


def _check_is_json(request: Request) -> None:
    """Refuse all else: a form of another page can send other kinds unasked."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise RefusalError(415, "Send JSON (Content-Type: application/json).")


class _Streamed(Response):
    """A response that an event stream sends itself."""

    def __init__(self, stream: EventStream) -> None:
        self.background, self._stream = None, stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._stream(scope, receive, send)


def static_files() -> dict[str, bytes]:
    """Return the files of the pages by name."""
    folder = files("simulation.classroom") / "static"
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def _file(name: str) -> Callable[[Request], Any]:
    content, kind = static_files()[name], KINDS[name[name.rindex(".") :]]

    async def endpoint(request: Request) -> Response:
        return Response(content, media_type=kind)

    return endpoint


async def _not_here(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": "There is nothing here."}, status_code=404)


async def _not_so(request: Request, error: Any) -> Response:
    message = {"error": "This cannot be asked in this way."}
    return JSONResponse(message, status_code=405, headers=error.headers)


async def _refused(request: Request, refusal: Any) -> Response:
    return JSONResponse({"error": refusal.sentence}, status_code=refusal.status)


async def _failed(request: Request, error: Exception) -> Response:
    """Say nothing of what went wrong inside; the error goes on to the guard, which notes it."""
    return JSONResponse({"error": "Something went wrong here. Tell your teacher."}, status_code=500)


def _told(error: ValidationError) -> str:
    """Return the first thing that is wrong with what was sent, without repeating any of it."""
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(each) for each in first["loc"])[:40]
    return f"{where}: {first['msg'][:120]}" if where else first["msg"][:120]
