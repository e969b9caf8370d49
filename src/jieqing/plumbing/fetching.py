"""Reading one small text from an address that somebody else named, without becoming their messenger.

Whoever may name a host could name our own network (server-side request forgery). So: only ports 80 and 443; every address
that the name resolves to must be a public one; the connection goes to the very address that was checked, not to a second
look-up of the name; no redirect is followed; a few seconds, a few hundred bytes, plain text.

Returns a `Refusal` code instead of raising: that the other side is not there is nobody's bug here.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from enum import StrEnum

SECONDS_MAX, BYTES_MAX = 5.0, 512
Resolve = Callable[[str, int], list[str]]


class Refusal(StrEnum):
    """Why there is no text."""

    NO_NAME = "no_name"
    PRIVATE = "private"
    NO_ANSWER = "no_answer"
    OTHER_ANSWER = "other_answer"


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return sorted({str(answer[4][0]) for answer in answers})


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet; IPv4 hidden in IPv6 is looked at as IPv4.

    Example:
        >>> is_public("127.0.0.1"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1"), is_public("1.1.1.1")
        (False, False, False, True)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found.sixtofour or found
    return found.is_global and not found.is_multicast


def fetch_text(
    host: str,
    path: str,
    *,
    is_secure: bool,
    port: int | None = None,
    look_up: Resolve = resolve,
    is_allowed: Callable[[str], bool] = is_public,
) -> str | Refusal:
    """The text at ``http(s)://host/path``; ``port``, ``look_up`` and ``is_allowed`` are for tests."""
    port = port or (443 if is_secure else 80)
    try:
        addresses = look_up(host, port)
    except (OSError, UnicodeError):
        return Refusal.NO_NAME
    if not addresses:
        return Refusal.NO_NAME
    # One private address among public ones is refused too: the next look-up might choose it.
    if not all(is_allowed(address) for address in addresses):
        return Refusal.PRIVATE
    try:
        return _get(host, addresses[0], port, path, is_secure)
    except (OSError, http.client.HTTPException, UnicodeError):
        return Refusal.NO_ANSWER


def _get(host: str, address: str, port: int, path: str, is_secure: bool) -> str | Refusal:
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS_MAX)
    plain = socket.create_connection((address, port), timeout=SECONDS_MAX)
    try:
        connection.sock = (
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) if is_secure else plain
        )
        connection.request("GET", path, headers={"User-Agent": "jieqing-domain-check", "Connection": "close"})
        response = connection.getresponse()
        if response.status != http.client.OK:
            return Refusal.OTHER_ANSWER
        data = response.read(BYTES_MAX + 1)
    finally:
        connection.close()
        plain.close()
    return data.decode("ascii") if len(data) <= BYTES_MAX else Refusal.OTHER_ANSWER
