"""From a row in a transaction to a mail at a real server, and what is kept of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.faults import Fault
from jieqing.plumbing.transports import smtp
from jieqing.trust.notices import selectors, services
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.models import Attempt, Notice, Queued
from jieqing.trust.notices.tests.mail_server import Keeper, mail_server


@pytest.fixture
def keeper(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeper]:
    with mail_server() as (kept, url):
        monkeypatch.setenv("JIEQING_SMTP_URL", url)
        monkeypatch.setenv("JIEQING_MAIL_FROM", "jieqing@example.org")
        yield kept


def code(address: str = "zhang@example.org", **extra):
    return services.send_notice(
        actor=system_actor(None, "test"),
        kind=NoticeKind.SIGN_IN_CODE,
        recipient=RecipientKind.MEMBER,
        address=address,
        values={"code": "271828", "minutes": 10},
        **extra,
    )


def platform_notice(notice_id) -> Notice:
    return Notice.objects.with_scopes_disabled().get(pk=notice_id)


def outcomes() -> list[tuple[str, int | None]]:
    rows = Attempt.objects.with_scopes_disabled().order_by("number")
    return list(rows.values_list("outcome", "reply_code"))


def actions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT action FROM evidence_entry WHERE action LIKE 'trust.notices.%%' ORDER BY id")
        return [action for (action,) in cursor.fetchall()]


@pytest.mark.django_db
def test_a_notice_arrives_and_its_secret_is_gone(keeper: Keeper) -> None:
    notice_id = code()
    assert b"271828" not in bytes(platform_notice(notice_id).sealed)
    assert "271828" not in str(platform_notice(notice_id).values)
    assert services.deliver_due() == 1
    (message,) = keeper.messages
    assert message["To"] == "zhang@example.org"
    assert message["Subject"] == "登录验证码 / Sign-in code"
    assert "271828" in message.get_content()
    assert platform_notice(notice_id).sealed is None
    assert outcomes() == [("sent", 250)]
    assert actions() == ["trust.notices.queued", "trust.notices.sent"]
    assert services.deliver_due() == 0
    assert "••••" in services.read_mail(platform_notice(notice_id), with_secrets=True).body


@pytest.mark.django_db
def test_without_a_mail_server_it_waits_and_leaves_when_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIEQING_SMTP_URL", raising=False)
    notice_id = code()
    assert services.deliver_due() == 0
    assert [row.notice_id for row in selectors.waiting()] == [notice_id]
    with mail_server() as (kept, url):
        monkeypatch.setenv("JIEQING_SMTP_URL", url)
        monkeypatch.setenv("JIEQING_MAIL_FROM", "jieqing@example.org")
        assert services.deliver_due() == 1
    assert len(kept.messages) == 1 and list(selectors.waiting()) == []


@pytest.mark.django_db
def test_a_busy_server_is_asked_again_later(keeper: Keeper) -> None:
    keeper.answers = ["451 busy"]
    notice_id = code()
    assert services.deliver_due() == 1
    assert outcomes() == [("deferred", 451)] and keeper.messages == []
    assert services.deliver_due() == 0, "not before its time"
    assert platform_notice(notice_id).sealed is not None
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        assert services.deliver_due() == 1
    assert outcomes() == [("deferred", 451), ("sent", 250)]
    assert actions() == ["trust.notices.queued", "trust.notices.deferred", "trust.notices.sent"]


@pytest.mark.django_db
def test_a_refused_recipient_is_final(keeper: Keeper) -> None:
    keeper.answers = ["550 no such user"]
    code()
    services.deliver_due()
    assert outcomes() == [("refused", 550)] and not Queued.objects.exists()


@pytest.mark.django_db
def test_a_code_that_ran_out_is_not_sent(keeper: Keeper) -> None:
    code(expires_at=clock.now() + timedelta(minutes=10))
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        services.deliver_due()
    assert outcomes() == [("expired", None)] and keeper.messages == []


@pytest.mark.django_db
def test_a_server_that_is_not_there_is_tried_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIEQING_SMTP_URL", "smtp://127.0.0.1:1?starttls=no")
    monkeypatch.setenv("JIEQING_MAIL_FROM", "jieqing@example.org")
    code()
    services.deliver_due()
    assert outcomes() == [("deferred", None)]


@pytest.mark.django_db
def test_a_notice_out_of_form_writes_nothing() -> None:
    assert is_problem(code(address="nobody"))
    assert not Queued.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_after_commit_and_never_what_was_rolled_back(keeper: Keeper) -> None:
    code(address="kept@example.org")
    with transaction.atomic():
        code(address="lost@example.org")
        transaction.set_rollback(True)
    module = "jieqing.trust.notices.tests.sending_worker"
    subprocess.run([sys.executable, "-m", module], env=dict(os.environ), check=True, timeout=60)
    assert [message["To"] for message in keeper.messages] == ["kept@example.org"]


def test_a_sites_notices_are_its_own(cast: Cast, keeper: Keeper) -> None:
    with site_scope(cast.site.id):
        code_of_site = services.send_notice(
            actor=cast.actor("owner"),
            kind=NoticeKind.MEMBERSHIP_ENDED,
            recipient=RecipientKind.MEMBER,
            address="li@example.org",
            values={"site": "江南", "at": clock.now()},
        )
    services.deliver_due()
    with site_scope(cast.site.id):
        assert [(n.pk, n.state) for n in selectors.notices()] == [(code_of_site, "sent")]
    with site_scope(cast.other_site.id):
        assert not selectors.notices().exists()
        assert not Notice.objects.with_scopes_disabled().exists(), "nor past the Python wall"


def test_old_notices_are_forgotten(cast: Cast) -> None:
    with site_scope(cast.site.id):
        services.send_notice(
            actor=cast.actor("owner"),
            kind=NoticeKind.MEMBERSHIP_ENDED,
            recipient=RecipientKind.MEMBER,
            address="li@example.org",
            values={"site": "江南", "at": clock.now()},
        )
    assert services.forget_old_notices(site_id=cast.site.id) == 0
    with clock.frozen(clock.now() + timedelta(days=services.KEEP_DAYS + 1)):
        assert services.forget_old_notices(site_id=cast.site.id) == 1
    assert not Queued.objects.exists()


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("http://x", "a@b"),
        ("smtp://", "a@b"),
        ("smtp://mail.example", ""),
        ("smtp://mail.example?starttls=no", "a@b"),
    ],
)
def test_a_transport_that_cannot_be_right_is_refused(
    monkeypatch: pytest.MonkeyPatch, url: str, sender: str
) -> None:
    monkeypatch.setenv("JIEQING_SMTP_URL", url)
    monkeypatch.setenv("JIEQING_MAIL_FROM", sender)
    with pytest.raises(Fault):
        smtp.configured()


def test_starttls_is_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIEQING_SMTP_URL", "smtp://u%40x:p@mail.example")
    monkeypatch.setenv("JIEQING_MAIL_FROM", "a@b")
    found = smtp.configured()
    assert found is not None and (found.port, found.user, found.is_starttls) == (587, "u@x", True)
    monkeypatch.setenv("JIEQING_SMTP_URL", "smtps://mail.example")
    found = smtp.configured()
    assert found is not None and (found.port, found.is_tls, found.is_starttls) == (465, True, False)
