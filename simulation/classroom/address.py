"""Where a lesson can be reached, in letters and as a QR code."""

from __future__ import annotations

import io
import ipaddress
import socket
from dataclasses import dataclass
from typing import Any

import segno

from simulation.errors import InputError

LOOPBACK = "127.0.0.1"
SOMEWHERE = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737). Nothing is sent to it; the way there leads through the network in use."""


@dataclass(frozen=True, kw_only=True)
class Address:
    """Host and port as others reach them."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address to type."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def with_code(self, code: str) -> str:
        """Return the address with the code of the lesson, which a browser keeps to itself."""
        return f"{self.url}/#{code}"

    def data(self, code: str) -> dict[str, Any]:
        """Return address, code and the rows of the QR code as texts of 0 and 1."""
        squares = segno.make(self.with_code(code), error="m", micro=False).matrix
        rows = ["".join("1" if each & 1 else "0" for each in row) for row in squares]
        return {"url": self.url, "code": code, "qr": rows}

    def terminal(self, code: str) -> str:
        """Return the QR code for a terminal."""
        told = io.StringIO()
        segno.make(self.with_code(code), error="m", micro=False).terminal(told, compact=True, border=2)
        return told.getvalue()


def bound(host: str, port: int) -> socket.socket:
    """Return a socket at an address, which does not listen yet; InputError for a host or port that cannot be had.

    Whoever asks before it listens is refused at once and asks again: in a queue that is full it would be kept waiting.
    """
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(place)
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"cannot be used ({reason}); end what uses it, or name another with --port"
        raise InputError(message, file=f"--host {host} --port {port}") from None
    found.setblocking(False)
    return found


def address_of(place: socket.socket) -> Address:
    """Return where others reach a socket."""
    host, port = place.getsockname()[:2]
    return Address(host=_seen(host), port=port)


def _seen(host: str) -> str:
    """Return under which address others reach one that stands for all of this machine's."""
    if not ipaddress.ip_address(host.partition("%")[0]).is_unspecified:
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(SOMEWHERE)
            return str(way.getsockname()[0])
        except OSError:
            return LOOPBACK
