"""Pausing: five wrong passwords from one place, a growing pause, and nobody shut out from elsewhere."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from tests.cast import PASSWORD, Cast

from jieqing.estate.accounts.engine.client import coarse_client, coarse_network
from jieqing.estate.accounts.models import Lockout, SignIn, User
from jieqing.estate.accounts.services import forget_old_sign_ins
from jieqing.kernel import clock

pytestmark = pytest.mark.urls("tests.isolation.sample_urls")


def try_sign_in(password: str, username: str = "owner", address: str = "198.51.100.7", **extra):
    return Client(REMOTE_ADDR=address).post(
        "/sign-in/", {"username": username, "password": password, **extra}
    )


def is_in(response) -> bool:
    return response.status_code == 302


def test_the_right_password_comes_in_and_is_logged(cast: Cast) -> None:
    assert is_in(try_sign_in(PASSWORD, "Owner "))
    row = SignIn.objects.get()
    assert row.is_success and row.method == "password" and row.network == "198.51.100.0/24"
    assert b"owner" not in bytes(row.name_key)


def test_five_wrong_passwords_pause_with_a_sentence(cast: Cast) -> None:
    for _ in range(4):
        assert "暂停" not in try_sign_in("wrong").content.decode()
    assert "密码登录已暂停到" in try_sign_in("wrong").content.decode()
    assert not is_in(try_sign_in(PASSWORD)), "the right one has to wait too"
    lock = Lockout.objects.get()
    assert lock.user == cast.users["owner"] and lock.failures == 5
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM evidence_entry WHERE action = 'estate.accounts.sign_in_paused'")
        assert cursor.fetchone() == (1,)


def test_the_pause_ends_and_the_next_is_longer(cast: Cast) -> None:
    for _ in range(5):
        try_sign_in("wrong")
    later = clock.now() + timedelta(minutes=16)
    with clock.frozen(later):
        for _ in range(5):
            try_sign_in("wrong")
        first, second = Lockout.objects.order_by("from_at")
        assert second.until_at - second.from_at == 2 * (first.until_at - first.from_at)
    with clock.frozen(later + timedelta(minutes=31)):
        assert is_in(try_sign_in(PASSWORD))


def test_a_stranger_elsewhere_shuts_nobody_out(cast: Cast) -> None:
    for _ in range(6):
        try_sign_in("wrong", address="203.0.113.9")
    assert is_in(try_sign_in(PASSWORD))


def test_many_wrong_tries_from_everywhere_pause_the_account(cast: Cast) -> None:
    for number in range(30):
        try_sign_in("wrong", address=f"10.0.{number}.1")
    assert Lockout.objects.get().scope == "account"
    assert not is_in(try_sign_in(PASSWORD))
    assert is_in(try_sign_in(PASSWORD, "teammate"))


def test_one_network_trying_many_names_is_paused(cast: Cast) -> None:
    for number in range(60):
        try_sign_in("wrong", f"name{number}")
    assert Lockout.objects.filter(scope="network").count() == 1
    assert not is_in(try_sign_in(PASSWORD))
    assert is_in(try_sign_in(PASSWORD, address="203.0.113.9"))


def test_success_starts_anew(cast: Cast) -> None:
    for _ in range(4):
        try_sign_in("wrong")
    assert is_in(try_sign_in(PASSWORD))
    for _ in range(4):
        try_sign_in("wrong")
    assert not Lockout.objects.exists()


def test_an_unknown_name_reads_like_a_wrong_password(cast: Cast) -> None:
    known, unknown = try_sign_in("wrong").content.decode(), try_sign_in("wrong", "nobody").content.decode()
    assert "用户名或密码不正确" in known and "用户名或密码不正确" in unknown


def test_a_stopped_account_reads_the_same(cast: Cast) -> None:
    User.objects.filter(username="owner").update(is_active=False)
    assert "用户名或密码不正确" in try_sign_in(PASSWORD).content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_next_stays_in_the_house(cast: Cast, target: str) -> None:
    assert try_sign_in(PASSWORD, next=target)["Location"] == "/"


def test_next_leads_on(cast: Cast) -> None:
    assert try_sign_in(PASSWORD, next="/account/activity/")["Location"] == "/account/activity/"


def test_the_log_is_forgotten_in_time(cast: Cast) -> None:
    try_sign_in("wrong")
    with clock.frozen(clock.now() + timedelta(days=191)):
        assert forget_old_sign_ins(190) == 1


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) MicroMessenger/8.0", "WeChat · iOS"),
        ("Mozilla/5.0 (X11; Linux x86_64) Gecko Firefox/150.0", "Firefox · Linux"),
        ("", ""),
        ("x" * 500, ""),
    ],
)
def test_browsers_are_named_coarsely(agent: str, said: str) -> None:
    assert coarse_client(agent) == said


@pytest.mark.parametrize(
    ("address", "network"),
    [("::ffff:192.0.2.9", "192.0.2.0/24"), ("fe80::1", "fe80::/48"), ("unix", "")],
)
def test_addresses_are_kept_as_networks(address: str, network: str) -> None:
    assert coarse_network(address) == network
