"""The call itself: where it may go, how it is signed, and that nothing a server does holds us."""

import json
import socket
from ipaddress import ip_address
from typing import Any

import pytest

from jieqing.estate.webhooks.tests.receiver import receiver
from jieqing.plumbing.paths import checkout
from jieqing.plumbing.webhooks import addresses, client, signing
from jieqing.plumbing.webhooks.client import Outcome

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
    "2002:7f00:1::", "ff02::1", "198.18.0.1", "203.0.113.1",
]  # fmt: skip


def looked_up(*found: str) -> Any:
    def look_up(host: str, port: int, **_given: Any) -> list[Any]:
        families = [socket.AF_INET6 if ":" in one else socket.AF_INET for one in found]
        return [(family, 1, 6, "", (one, port)) for family, one in zip(families, found, strict=True)]

    return look_up


@pytest.mark.parametrize("address", PRIVATE)
def test_nothing_leads_into_a_network_that_is_not_public(address: str) -> None:
    assert not addresses.is_allowed(ip_address(address))
    assert addresses.find("https://hooks.example.com/", looked_up(address)) is None
    assert addresses.find("https://hooks.example.com/", looked_up("93.184.216.34", address)) is None


def test_a_public_name_leads_to_the_address_that_was_checked() -> None:
    found = addresses.find("https://hooks.example.com:8443/in?x=1", looked_up("93.184.216.34"))
    assert found and (found.ip, found.port, found.authority, found.path) == (
        "93.184.216.34",
        8443,
        "hooks.example.com:8443",
        "/in?x=1",
    )


@pytest.mark.parametrize(
    "url",
    [
        "", "http://example.com/", "https://", "https:///x", "https://127.0.0.1/", "https://[::1]/", "https://2130706433/x y",
        "https://a:b@example.com/", "https://example.com/#x", "https://example.com:99999/", "javascript:alert(1)",
        "https://example.com/\r\nHost: x", "https://[::ffff:10.0.0.1]/", "https://" + "a" * 600,
    ],
)  # fmt: skip
def test_a_url_that_can_be_no_endpoint(url: str) -> None:
    assert not addresses.is_well_formed(url)


def test_production_opens_no_local_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIEQING_WEBHOOKS_LOCAL", "1")
    assert addresses.is_allowed(ip_address("127.0.0.1"))
    monkeypatch.setenv("JIEQING_ENV", "prod")
    assert not addresses.is_allowed(ip_address("127.0.0.1"))
    assert not addresses.is_well_formed("http://example.com/")


def test_a_decimal_address_is_resolved_and_refused() -> None:
    """2130706433 is 127.0.0.1 to a resolver: the form may pass, the place it leads to does not."""
    assert addresses.find("https://2130706433/", looked_up("127.0.0.1")) is None


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIEQING_WEBHOOKS_LOCAL", "1")


@pytest.mark.usefixtures("local")
@pytest.mark.parametrize(
    ("behaviour", "outcome", "status"),
    [
        ("take", Outcome.TAKEN, 204),
        ("fail", Outcome.REFUSED, 500),
        ("redirect", Outcome.REDIRECTED, 302),
        ("gone", Outcome.GONE, 410),
        ("hang", Outcome.TIMED_OUT, None),
        ("drip", Outcome.TIMED_OUT, None),
    ],
)
def test_what_a_receiver_may_do(behaviour: str, outcome: Outcome, status: int | None) -> None:
    with receiver() as told:
        told.behaviour = behaviour
        answer = client.post(told.url, b"{}", {"webhook-id": "1"}, seconds_max=0.5)
        assert (answer.outcome, answer.status) == (outcome, status)
        assert answer.duration_ms < 2000
        assert len(told.taken) == 1, "a redirect is not followed"


@pytest.mark.usefixtures("local")
def test_nobody_there_and_no_such_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert client.post(f"http://127.0.0.1:{port}/", b"{}", {}).outcome is Outcome.UNREACHABLE

    def nowhere(*_given: Any, **_named: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert client.post("https://no-such-name.example/", b"{}", {}).outcome is Outcome.UNREACHABLE


def test_a_forbidden_place_is_not_called() -> None:
    answer = client.post("https://10.0.0.8/", b"{}", {})
    assert (answer.outcome, answer.status) == (Outcome.FORBIDDEN, None)


def test_the_published_vectors_hold() -> None:
    vector = json.loads((checkout() / "contracts" / "events" / "signature.json").read_text(encoding="utf-8"))
    body = vector["body"].encode()
    made = signing.headers(
        vector["secrets"], message_id=vector["message_id"], timestamp=vector["timestamp"], body=body
    )
    assert made == vector["headers"]
    for secret in vector["secrets"]:
        assert signing.verify(secret, made, body, now=vector["timestamp"] + 60)
        assert not signing.verify(secret, made, body + b" ", now=vector["timestamp"])
        assert not signing.verify(secret, made, body, now=vector["timestamp"] + 301)
    assert not signing.verify(signing.new_secret(), made, body, now=vector["timestamp"])
