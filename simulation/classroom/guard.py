"""What every request and every answer goes through: hosts, sizes, rates, headers, and no word of an error inside."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import logging
import socket
from collections.abc import Iterable, MutableMapping
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simulation.classroom.limits import Limit
from simulation.classroom.refusal import RefusalError

MOST_BYTES = 4096
"""Of what a request may carry."""
BODY_SECONDS = 10.0
"""In which it has to be here."""
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src "
    "'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
"""Of every answer: scripts of our own only, none in a page; shown in no frame, and kept nowhere."""
_log = logging.getLogger("simulation.classroom")


class Guard:
    """Stands round an application."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        """Guard an application that is reached under an address of numbers, localhost, or one of some names."""
        self._app = app
        self._hosts = {"localhost", socket.gethostname().lower(), *(host.lower() for host in hosts)}
        self._rate = Limit(600, 150)
        """By address: a whole class may be behind one."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or refuse it in a sentence."""
        if scope["type"] != "http":
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        try:
            body = await self._checked(scope, receive)
            await self._app(scope, _once(body, receive), with_headers)
        except RefusalError as refusal:
            await _answer(with_headers, refusal.status, refusal.sentence)
        except Exception as error:
            _log.warning("%s %s: %s: %s", scope["method"], scope["path"], type(error).__name__, error)

    async def _checked(self, scope: Scope, receive: Receive) -> bytes:
        """Return the body of a request that may pass; RefusalError for any other."""
        headers = Headers(scope=scope)
        if not self._is_ours(headers.get("host", "")):
            raise RefusalError(421, "This address is not ours. Type the one that your teacher shows.")
        if not self._rate.take((scope.get("client") or ("",))[0]):
            raise RefusalError(429, "Too many requests. Wait a moment.")
        if scope["method"] != "POST":
            return b""
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{headers['host']}":
            raise RefusalError(403, "Another page may not do this.")
        try:
            async with asyncio.timeout(BODY_SECONDS):
                return await _body(receive, headers.get("content-length", "0"))
        except TimeoutError:
            raise RefusalError(408, "The request took too long.") from None

    def _is_ours(self, host: str) -> bool:
        """Return whether a host is an address of numbers or a name of ours: other names may lead here by deceit."""
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        name = name.strip("[]").lower()
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in self._hosts or name.removesuffix(".local") in self._hosts
        return True


async def _body(receive: Receive, length: str) -> bytes:
    if not length.isdigit() or int(length) > MOST_BYTES:
        raise RefusalError(413, f"At most {MOST_BYTES} bytes.")
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusalError(400, "The request ended too early.")
        body, more = body + message.get("body", b""), message.get("more_body", False)
        if len(body) > MOST_BYTES:
            raise RefusalError(413, f"At most {MOST_BYTES} bytes.")
    return body


def _once(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body that was read, and then what comes after it."""
    given = False

    async def again() -> MutableMapping[str, Any]:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _answer(send: Send, status: int, sentence: str) -> None:
    body = json.dumps({"error": sentence}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
