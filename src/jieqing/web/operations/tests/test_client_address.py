"""One address for every rule: the proxy's word counts when the proxy is trusted, and nobody else's."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from jieqing.web.client_address import VARIABLE, ClientAddressMiddleware

PROXY, CLIENT, LIAR = "10.0.0.1", "203.0.113.9", "198.51.100.7"


def seen(peer: str, **headers: str) -> HttpRequest:
    found: list[HttpRequest] = []

    def answer(request: HttpRequest) -> HttpResponse:
        found.append(request)
        return HttpResponse()

    ClientAddressMiddleware(answer)(RequestFactory(REMOTE_ADDR=peer).get("/", headers=headers))
    return found[0]


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "address"),
    [
        ("", PROXY, CLIENT, PROXY),
        ("10.0.0.0/8", PROXY, CLIENT, CLIENT),
        ("10.0.0.0/8", LIAR, CLIENT, LIAR),
        ("10.0.0.0/8", PROXY, f"{LIAR}, {CLIENT}, 10.0.0.2", CLIENT),
        ("10.0.0.1", PROXY, f"{LIAR}, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.0/8", PROXY, "not an address", PROXY),
        ("10.0.0.0/8", PROXY, "", PROXY),
        ("10.0.0.0/8", f"::ffff:{PROXY}", CLIENT, CLIENT),
        ("::1, 10.0.0.0/8", "::1", "2001:db8::5", "2001:db8::5"),
    ],
)
def test_the_nearest_address_that_is_no_trusted_proxy(
    monkeypatch: pytest.MonkeyPatch, trusted: str, peer: str, forwarded: str, address: str
) -> None:
    monkeypatch.setenv(VARIABLE, trusted)
    assert seen(peer, x_forwarded_for=forwarded).META["REMOTE_ADDR"] == address


def test_only_a_trusted_proxy_says_that_it_was_https(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "10.0.0.0/8")
    assert seen(PROXY, x_forwarded_proto="https").is_secure()
    assert not seen(LIAR, x_forwarded_proto="https").is_secure()


def test_a_list_that_is_none_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "proxy.internal")
    with pytest.raises(ValueError, match="proxy"):
        seen(PROXY)
