"""Passwords: changed by who knows the old one, reset by who reads the mailbox, told to nobody else."""

import re
from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.test import Client
from tests.cast import PASSWORD, Cast

from jieqing.estate.accounts import services
from jieqing.estate.accounts.models import PasswordReset, UserSession
from jieqing.kernel import clock
from jieqing.trust.notices.models import Notice
from jieqing.trust.notices.services import read_mail

pytestmark = pytest.mark.urls("tests.isolation.sample_urls")
NEW = "新的-长密码-2026"
FORGOTTEN = "/account/password/forgotten/"


@pytest.fixture
def mailbox(cast: Cast) -> str:
    owner = cast.users["owner"]
    owner.email = "owner@example.com"
    owner.save(update_fields=["email"])
    return owner.email


def signed_in(password: str) -> Client | None:
    client = Client(REMOTE_ADDR="198.51.100.7")
    answer = client.post("/sign-in/", {"username": "owner", "password": password})
    return client if answer.status_code == 302 else None


def is_in(client: Client) -> bool:
    return client.get("/account/activity/").status_code == 200


def platform_notices(kind: str) -> QuerySet[Notice]:
    return Notice.objects.with_scopes_disabled().filter(site_id=None, kind=kind)


def link_in_the_mail() -> str:
    text = read_mail(platform_notices("password_reset").latest("id"), with_secrets=True).body
    found = re.search(r"http://testserver(/account/password/reset/\S+)", text)
    assert found
    return found[1]


def test_a_changed_password_signs_other_browsers_out_and_keeps_this_one(cast: Cast, mailbox: str) -> None:
    here, there = signed_in(PASSWORD), signed_in(PASSWORD)
    assert here and there
    answer = here.post("/account/password/", {"old": PASSWORD, "new": NEW})
    assert answer.status_code == 302
    assert is_in(here) and not is_in(there)
    live = UserSession.objects.filter(user=cast.users["owner"], ended_at=None, session_key__isnull=False)
    assert here.session.session_key in {session.session_key for session in live}
    assert signed_in(NEW) and not signed_in(PASSWORD)
    assert platform_notices("account_changed").count() == 1


def test_the_old_password_must_be_right_and_guessing_pauses(cast: Cast) -> None:
    client = signed_in(PASSWORD)
    assert client
    for _ in range(5):
        last = client.post(
            "/account/password/", {"old": "wrong", "new": NEW}, REMOTE_ADDR="198.51.100.7"
        ).content.decode()
    assert "密码登录已暂停到" in last
    assert signed_in(NEW) is None


def test_a_weak_password_is_refused_and_the_link_still_works(cast: Cast, mailbox: str) -> None:
    Client().post(FORGOTTEN, {"name": "Owner "})
    link = link_in_the_mail()
    assert "密码不符合要求" in Client().post(link, {"new": "short"}).content.decode()
    assert Client().post(link, {"new": NEW}).status_code == 302


def test_a_link_works_once_for_half_an_hour_and_ends_every_session(cast: Cast, mailbox: str) -> None:
    there = signed_in(PASSWORD)
    assert there
    Client().post(FORGOTTEN, {"name": mailbox.upper()})
    link = link_in_the_mail()
    assert Client().get(link).status_code == 200, "a scanner that opens the link uses nothing up"
    assert Client().post(link, {"new": NEW}).status_code == 302
    assert not is_in(there) and signed_in(NEW)
    assert Client().post(link, {"new": NEW + "x"}).status_code == 404
    Client().post(FORGOTTEN, {"name": "owner"})
    late = link_in_the_mail()
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        assert Client().get(late).status_code == 404


def test_a_newer_password_closes_open_links(cast: Cast, mailbox: str) -> None:
    Client().post(FORGOTTEN, {"name": "owner"})
    first = link_in_the_mail()
    Client().post(FORGOTTEN, {"name": "owner"})
    assert Client().post(link_in_the_mail(), {"new": NEW}).status_code == 302
    assert Client().post(first, {"new": NEW}).status_code == 404


def test_nobody_learns_whether_an_account_exists(cast: Cast, mailbox: str) -> None:
    known = Client().post(FORGOTTEN, {"name": "owner"}).content.decode()
    unknown = Client().post(FORGOTTEN, {"name": "nobody"}).content.decode()
    without_mailbox = Client().post(FORGOTTEN, {"name": "teammate"}).content.decode()

    def plain(page: str) -> str:
        return re.sub(r'(nonce|value|content)="[^"]+"', "", page)

    assert plain(known) == plain(unknown) == plain(without_mailbox)
    assert PasswordReset.objects.count() == 1


def test_three_links_an_hour_and_no_more(cast: Cast, mailbox: str) -> None:
    for _ in range(5):
        services.ask_for_reset(name="owner", link_of=lambda secret: f"http://testserver/{secret}")
    assert PasswordReset.objects.count() == 3
    assert NEW not in str(PasswordReset.objects.values_list())
