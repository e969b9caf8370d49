"""What comes back: a reply to the timeline with its words sealed, a bounce, an opt-out; nothing that is not ours."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Cast

from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.models import CaseEvent
from jieqing.recovery.cases.tests.books import fresh
from jieqing.recovery.channels import services
from jieqing.recovery.channels.engine.incoming import Kind, read_incoming
from jieqing.recovery.channels.models import Message, Received
from jieqing.recovery.channels.selectors import opened
from jieqing.recovery.channels.services.mailbox import read_mailbox
from jieqing.recovery.channels.tests.letters import bounce_of, deliver, ready, reply_to, send, steps
from jieqing.recovery.channels.tests.mail_servers import Dropper, dropping_server, mailbox
from jieqing.recovery.outreach.tests.test_request_permit import MORNING, rules

LATER = MORNING + timedelta(hours=2)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Dropper]:
    with dropping_server() as (kept, url):
        monkeypatch.setenv("JIEQING_SMTP_URL", url)
        monkeypatch.setenv("JIEQING_MAIL_FROM", "jieqing@example.org")
        yield kept


@pytest.fixture
def sent(cast: Cast, server: Dropper) -> tuple[dict[str, Any], Message, Any]:
    stage = ready(cast)
    message = send(cast, stage)
    deliver(message)
    return stage, message, server.messages[0]


def take_in(raw: bytes) -> Any:
    with clock.frozen(LATER):
        return services.receive(raw)


def test_a_reply_comes_to_the_timeline_sealed_and_is_the_owners_next_step(cast: Cast, sent) -> None:
    stage, message, letter = sent
    row = take_in(reply_to(letter, "这个金额不对，我们有异议，请发签收单。"))
    assert isinstance(row, Received) and "dispute" in row.categories
    assert "opt_out" not in row.categories, "our own line about stopping was quoted, not said"
    assert "签收单" in opened(row.text_sealed) and "签收单".encode() not in bytes(row.text_sealed)
    assert steps(message) == ["asked", "claimed", "sent", "replied"]
    with site_scope(cast.site.id):
        event = CaseEvent.objects.get(kind="message_replied")
    assert event.facts["message"] == str(message.pk) and "签收单" not in str(event.facts) + event.text
    assert fresh(stage["case"]).next_action == "answer_dispute"


def test_a_reply_read_twice_is_one_and_a_second_one_is_another_line(cast: Cast, sent) -> None:
    _stage, message, letter = sent
    raw = reply_to(letter, "收到，周五答复。")
    assert take_in(raw).pk == take_in(raw).pk
    take_in(reply_to(letter, "已经安排。"))
    with site_scope(cast.site.id):
        assert Received.objects.count() == 2
        assert CaseEvent.objects.filter(kind="message_replied").count() == 2
    assert steps(message).count("replied") == 1


def test_an_opt_out_takes_effect_at_once(cast: Cast, sent) -> None:
    stage, _message, letter = sent
    assert "opt_out" in take_in(reply_to(letter, "退订")).categories
    assert "GATE-16" in rules(send(cast, stage, at=LATER + timedelta(minutes=1), key="k2"))


def test_a_bounce_gives_the_slot_back_and_marks_a_wrong_address(cast: Cast, sent) -> None:
    stage, message, letter = sent
    assert take_in(bounce_of(letter)).kind == "bounce"
    assert steps(message)[-1] == "bounced"
    refused = send(cast, stage, at=LATER + timedelta(minutes=1), key="k2")
    assert is_problem(refused) and refused.code == "channels.address_invalid"
    with site_scope(cast.site.id):
        assert CaseEvent.objects.filter(kind="message_bounced").count() == 1


def test_a_delivery_report_settles_what_was_uncertain(cast: Cast, server: Dropper) -> None:
    stage = ready(cast)
    server.is_dropping = True
    message = send(cast, stage)
    deliver(message)
    server.is_dropping = False
    assert take_in(bounce_of(server.messages[0], "2.0.0", "delivered")).kind == "delivered"
    assert isinstance(send(cast, stage, at=LATER + timedelta(minutes=1), key="k2"), Message)


def test_an_automatic_answer_is_kept_and_demands_nothing(cast: Cast, sent) -> None:
    _stage, message, letter = sent
    row = take_in(reply_to(letter, "我在休假，退订请联系行政。", Auto_Submitted="auto-replied"))
    assert (row.kind, row.categories) == ("automatic", []) and steps(message)[-1] == "sent"


@pytest.mark.parametrize("is_forged", [True, False])
def test_what_is_not_ours_or_forged_leaves_nothing(cast: Cast, sent, is_forged: bool) -> None:
    letter = sent[2]
    token = str(letter["Message-ID"])
    site, message, digest = token.strip("<>").partition("@")[0].split(".")
    del letter["Message-ID"]
    letter["Message-ID"] = (
        f"<{site}.{message}.{digest[::-1]}@example.org>" if is_forged else "<abc@example.org>"
    )
    found = take_in(reply_to(letter, "你好"))
    assert is_problem(found) and found.code == "channels.not_ours"
    with site_scope(cast.site.id):
        assert not Received.objects.exists()


def test_the_mailbox_is_read_and_what_is_not_ours_stays_for_a_person(
    cast: Cast, sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = sent[2]
    other = b"From: a@example.com\r\nSubject: hello\r\n\r\nhello\r\n"
    with mailbox({7: reply_to(letter, "收到"), 8: other}) as (box, url):
        monkeypatch.setenv("JIEQING_IMAP_URL", url)
        with clock.frozen(LATER):
            assert read_mailbox() == 1
            assert read_mailbox() == 0
    assert box.flags == {7: "\\Seen", 8: "\\Flagged"}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x",
        b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xe4\xbd",
    ],
)
def test_any_bytes_are_read(raw: bytes) -> None:
    assert read_incoming(raw).kind is Kind.REPLY
