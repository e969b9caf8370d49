"""Who asks: the address that every rule about addresses sees, decided here once.

Behind a reverse proxy every request comes from the proxy, and a pause of one guesser would pause everybody. So when, and
only when, the peer stands in ``JIEQING_TRUSTED_PROXIES`` (addresses or networks, separated by commas), ``REMOTE_ADDR``
becomes the last address of ``X-Forwarded-For`` that is no trusted proxy: each proxy appends whom it saw, and what stands
further left is what the client said about itself. What is no address ends the walk. ``X-Forwarded-Proto`` counts from a
trusted peer only; from anybody else it is taken off the request.

Sign-in, the limit of enquiries and the pauses of tokens read ``REMOTE_ADDR`` and know nothing of proxies.
"""

import os
from collections.abc import Callable, Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.http import HttpRequest, HttpResponse

VARIABLE = "JIEQING_TRUSTED_PROXIES"
Networks = tuple[IPv4Network | IPv6Network, ...]


class ClientAddressMiddleware:
    """See the module's essay. Outermost but for the one that logs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        trusted = networks_of(os.environ.get(VARIABLE, ""))
        peer = _address(request.META.get("REMOTE_ADDR", ""))
        if peer is None or not _is_in(peer, trusted):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        else:
            told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
            request.META["REMOTE_ADDR"] = str(client_of(peer, told, trusted))
        return self.get_response(request)


@lru_cache(maxsize=8)
def networks_of(text: str) -> Networks:
    """The networks of a list; what is no network is a mistake that must stop the process, not be passed over.

    Example:
        >>> networks_of("10.0.0.0/8, ::1")
        (IPv4Network('10.0.0.0/8'), IPv6Network('::1/128'))
    """
    return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())


def client_of(
    peer: IPv4Address | IPv6Address, told: Iterable[str], trusted: Networks
) -> IPv4Address | IPv6Address:
    """The nearest address that is no trusted proxy, walking from the peer outwards.

    Example:
        >>> client_of(ip_address("10.0.0.1"), ["6.6.6.6", "203.0.113.9", "10.0.0.2"], networks_of("10.0.0.0/8"))
        IPv4Address('203.0.113.9')
    """
    nearest = peer
    for text in reversed([*told]):
        if not _is_in(nearest, trusted):
            break
        found = _address(text)
        if found is None:
            break
        nearest = found
    return nearest


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    # A socket of both families names IPv4 peers ::ffff:a.b.c.d.
    return getattr(found, "ipv4_mapped", None) or found


def _is_in(address: IPv4Address | IPv6Address, networks: Networks) -> bool:
    return any(address in network for network in networks)
