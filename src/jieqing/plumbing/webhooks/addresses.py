"""Where a webhook may go: to public addresses over https, and never into our own network.

A site's owner writes the address, so it is hostile input (server-side request forgery). Its form is checked when it is
written; where its name leads is checked at every attempt, and the connection then goes to the very address that was
checked, so a name that answers differently the second time gains nothing. One private answer among several refuses all.

Outside production ``JIEQING_WEBHOOKS_LOCAL=1`` opens loopback and plain http, for tests and for trying out.
"""

import ipaddress
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

URL_CHARS_MAX = 500
_PORTS = {"https": 443, "http": 80}
# Addresses that wrap another one: what is wrapped decides.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """A place to connect to: the address that was checked, and what to ask it for."""

    is_tls: bool
    host: str
    port: int
    path: str
    ip: str

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS["https" if self.is_tls else "http"] else f"{host}:{self.port}"


def allows_local() -> bool:
    return os.environ.get("JIEQING_ENV", "dev") != "prod" and os.environ.get("JIEQING_WEBHOOKS_LOCAL") == "1"


def is_well_formed(url: str) -> bool:
    """Whether a URL could be an endpoint, before any name is looked up.

    Example:
        >>> is_well_formed("https://hooks.example.com/jieqing"), is_well_formed("https://user:pw@example.com/")
        (True, False)
        >>> is_well_formed("ftp://example.com/"), is_well_formed("https://10.0.0.8/"), is_well_formed("https://a/b#c")
        (False, False, False)
    """
    if len(url) > URL_CHARS_MAX or any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    schemes = ("https", "http") if allows_local() else ("https",)
    if (
        parts.scheme not in schemes
        or not parts.hostname
        or parts.fragment
        or "@" in parts.netloc
        or port == 0
    ):
        return False
    literal = _literal(parts.hostname)
    return literal is None or is_allowed(literal)


def is_allowed(address: IpAddress) -> bool:
    """Whether we may connect to an address: only what the whole Internet can reach.

    Example:
        >>> from ipaddress import ip_address as ip
        >>> is_allowed(ip("93.184.216.34")), is_allowed(ip("169.254.169.254")), is_allowed(ip("::ffff:10.0.0.1"))
        (True, False, False)
    """
    inner = _wrapped(address)
    if inner is not None:
        return is_allowed(inner)
    if allows_local() and address.is_loopback:
        return True
    return address.is_global and not address.is_multicast


def find(url: str, look_up: Callable[..., list[tuple[object, ...]]] | None = None) -> Target | None:
    """Where the URL leads now, or None when we may not go there. Errors: OSError when the name leads nowhere."""
    if not is_well_formed(url):
        return None
    parts = urlsplit(url)
    assert parts.hostname is not None
    port = parts.port or _PORTS[parts.scheme]
    answers = (look_up or socket.getaddrinfo)(parts.hostname, port, type=socket.SOCK_STREAM)
    found = [ipaddress.ip_address(str(answer[4][0]).split("%")[0]) for answer in answers]  # type: ignore[index]
    if not found or not all(is_allowed(address) for address in found):
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme == "https", parts.hostname, port, path, str(found[0]))


def _literal(host: str) -> IpAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _wrapped(address: IpAddress) -> IpAddress | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
