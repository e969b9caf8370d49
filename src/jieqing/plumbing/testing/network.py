"""No test talks to another machine.

Python sockets may reach loopback addresses and unix sockets; anything else, and any name that would have to be
resolved, raises. (libpq and Chromium open their own sockets: the database has no TCP, and journeys watch requests.)
"""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest


class NetworkForbidden(OSError):
    """A test tried to reach another machine."""


@pytest.fixture(scope="session", autouse=True)
def _only_loopback() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        real_lookup = socket.getaddrinfo

        def lookup(host: Any, *rest: Any, **named: Any) -> Any:
            _refuse_elsewhere(host)
            return real_lookup(host, *rest, **named)

        patch.setattr(socket, "getaddrinfo", lookup)
        yield


def _guarded(real: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_elsewhere(address[0])
        return real(self, address)

    return connect


def _refuse_elsewhere(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        if ipaddress.ip_address(name).is_loopback:
            return
    except ValueError:
        pass
    raise NetworkForbidden(f"tests reach loopback only, not {name!r}")
