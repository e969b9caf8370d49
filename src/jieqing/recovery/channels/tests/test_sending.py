"""From a filed script to a real mail server: what leaves, what never does, and what nobody knows."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from tests.cast import Cast

from jieqing.claims.parties.engine.choices import Channel, ChoiceSource
from jieqing.claims.parties.services import record_opt_out
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.models import CaseEvent
from jieqing.recovery.cases.services import place_hold
from jieqing.recovery.cases.tests.books import pay
from jieqing.recovery.channels import services
from jieqing.recovery.channels.engine.states import Step
from jieqing.recovery.channels.models import Message, MessageStep
from jieqing.recovery.channels.tests.letters import ADDRESS, deliver, ready, send, steps
from jieqing.recovery.channels.tests.mail_servers import Dropper, dropping_server
from jieqing.recovery.outreach.engine.contact_verdict import Code, told
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.services import Refused
from jieqing.recovery.outreach.tests.standing import cleared
from jieqing.recovery.outreach.tests.test_request_permit import MORNING, NIGHT, rules


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Dropper]:
    with dropping_server() as (kept, url):
        monkeypatch.setenv("JIEQING_SMTP_URL", url)
        monkeypatch.setenv("JIEQING_MAIL_FROM", "jieqing@example.org")
        yield kept


@pytest.fixture
def stage(cast: Cast) -> dict[str, Any]:
    return ready(cast)


def timeline(cast: Cast, stage: dict[str, Any]) -> list[str]:
    with site_scope(cast.site.id):
        rows = CaseEvent.objects.filter(case=stage["case"], kind__startswith="message_")
        return list(rows.order_by("at", "id").values_list("kind", flat=True))


def test_a_letter_arrives_with_both_amounts_and_is_evidence(cast: Cast, stage, server: Dropper) -> None:
    message = send(cast, stage)
    assert isinstance(message, Message), message
    assert server.messages == [], "nothing leaves before the worker"
    assert deliver(message) is Step.SENT
    [letter] = server.messages
    body = letter.get_content()
    assert b"\nMessage-ID: <" + cast.site.id.hex.encode() in server.raws[0].replace(b"\r", b"")
    assert letter["To"] == ADDRESS and "10,000.00" not in letter["Subject"]
    assert "未清余额：¥10,000.00" in body and "原始金额（仅供核对，不是应付数）：¥10,000.00" in body
    assert "请回复“退订”" in body and "江南精密机械有限公司" in body
    assert b"10,000" not in bytes(message.body_sealed)
    assert steps(message) == ["asked", "claimed", "sent"] and timeline(cast, stage) == ["message_sent"]
    with site_scope(cast.site.id), connection.cursor() as cursor:
        cursor.execute(
            "SELECT action FROM evidence_entry WHERE action LIKE 'recovery.channels.%%' ORDER BY id"
        )
        assert [row[0].rsplit(".", 1)[1] for row in cursor.fetchall()] == ["asked", "claimed", "sent"]


def test_what_is_paid_meanwhile_is_not_asked_for(cast: Cast, stage, server: Dropper) -> None:
    pay(cast.actor("owner"), "INV-001", 400_000)
    message = send(cast, stage)
    assert (message.remaining_minor, message.original_minor) == (600_000, 1_000_000)
    pay(cast.actor("owner"), "INV-001", 100_000, name="后来.csv")
    assert deliver(message) is Step.NOT_SENT and server.messages == []
    with site_scope(cast.site.id):
        assert MessageStep.objects.get(step="not_sent").why == "balance"
    again = send(cast, stage, key="k2", at=MORNING + timedelta(minutes=1))
    assert isinstance(again, Message) and again.remaining_minor == 500_000


def _held(cast: Cast, stage) -> Any:
    return place_hold(actor=cast.actor("owner"), case=stage["case"], kind="hardship", reason="住院")


def _opted_out(cast: Cast, stage) -> Any:
    return record_opt_out(
        actor=cast.actor("owner"),
        party=stage["case"].debtor,
        source=ChoiceSource.WRITING,
        reason="来信要求",
        channel=Channel.EMAIL,
    )


@pytest.mark.parametrize("change", [_held, _opted_out])
def test_what_changes_between_permit_and_worker_stops_it(
    cast: Cast, stage, server: Dropper, change: Any
) -> None:
    message = send(cast, stage)
    with clock.frozen(MORNING + timedelta(seconds=20)), site_scope(cast.site.id):
        assert not is_problem(change(cast, stage))
    assert deliver(message, MORNING + timedelta(seconds=30)) is Step.NOT_SENT and server.messages == []
    with site_scope(cast.site.id):
        assert MessageStep.objects.get(step="not_sent").why == "standing"


def test_at_night_it_is_refused_with_the_article_and_in_the_morning_it_leaves(
    cast: Cast, stage, server: Dropper
) -> None:
    late = send(cast, stage, at=NIGHT)
    assert isinstance(late, Refused) and "RL-15" in rules(late)
    verdict = told(late.verdict, NIGHT)
    assert verdict.code is Code.NOT_BEFORE and verdict.article[0]
    assert verdict.not_before.isoformat() == "2026-11-25T08:00:00+08:00"
    eight = NIGHT + timedelta(hours=10)
    message = send(cast, stage, at=eight)
    assert isinstance(message, Message) and deliver(message, eight) is Step.SENT


def test_a_worker_that_comes_late_sends_nothing(cast: Cast, stage, server: Dropper) -> None:
    message = send(cast, stage, at=NIGHT - timedelta(seconds=30))
    assert deliver(message, NIGHT + timedelta(minutes=5)) is Step.NOT_SENT
    assert server.messages == []
    with site_scope(cast.site.id):
        assert MessageStep.objects.get(step="not_sent").why == "late"


def test_the_debt_is_not_named_to_somebody_unverified(cast: Cast, stage, server: Dropper) -> None:
    refused = send(cast, stage, is_verified=False)
    assert isinstance(refused, Refused) and "PI-03b" in rules(refused)
    careful = send(
        cast,
        stage,
        script_id=stage["careful"].pk,
        purpose=Purpose.IDENTITY_CHECK,
        is_verified=False,
        typed={},
    )
    assert isinstance(careful, Message), careful
    deliver(careful)
    [letter] = server.messages
    text = letter["Subject"] + letter.get_content()
    assert not any(word in text for word in ("¥", "10,000", "余额", "欠", "应付"))


def test_a_blocked_word_never_leaves(cast: Cast, stage, server: Dropper) -> None:
    found = send(cast, stage, typed={"call_time": "周五，再不还钱弄死你"})
    assert isinstance(found, Problem) and found.code == "channels.words_blocked"
    assert "弄死" in found.zh or "弄死" in str(found.details)
    with site_scope(cast.site.id):
        assert not Message.objects.exists()


def test_an_uncertain_delivery_closes_the_debtor_until_a_person_settles_it(
    cast: Cast, stage, server: Dropper
) -> None:
    server.is_dropping = True
    message = send(cast, stage)
    assert deliver(message) is Step.UNCERTAIN
    assert len(server.messages) == 1, "the server kept it and never said so"
    later = MORNING + timedelta(hours=1)
    server.is_dropping = False
    assert "GATE-08" in rules(send(cast, stage, at=later, key="k2"))
    with clock.frozen(later):
        bare = services.resolve(actor=cleared(cast), message_id=message.pk, has_arrived=False, reason=" ")
        assert is_problem(bare) and bare.code == "channels.reason_missing"
        done = services.resolve(
            actor=cleared(cast), message_id=message.pk, has_arrived=False, reason="查日志"
        )
        assert not is_problem(done), done
        twice = services.resolve(actor=cleared(cast), message_id=message.pk, has_arrived=True, reason="再查")
        assert is_problem(twice) and twice.code == "channels.not_uncertain"
    assert isinstance(send(cast, stage, at=later + timedelta(minutes=1), key="k3"), Message)
    assert timeline(cast, stage) == ["message_uncertain", "message_not_sent"]


def test_a_message_that_waits_closes_the_next_too(cast: Cast, stage, server: Dropper) -> None:
    send(cast, stage)
    assert "GATE-08" in rules(send(cast, stage, at=MORNING + timedelta(minutes=1), key="k2"))


def test_a_worker_that_died_leaves_it_uncertain_and_nobody_sends_again(
    cast: Cast, stage, server: Dropper, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = send(cast, stage)
    with monkeypatch.context() as broken:
        broken.setattr(Dropper, "handle_DATA", None, raising=False)
        broken.setattr(
            "jieqing.plumbing.transports.smtp.SmtpTransport.hand_over",
            lambda *_: (_ for _ in ()).throw(MemoryError),
        )
        with pytest.raises(MemoryError):
            deliver(message)
    assert deliver(message) is None and server.messages == []
    with clock.frozen(MORNING + timedelta(minutes=11)):
        assert services.find_stuck(cast.site.id) == 1
        assert services.find_stuck(cast.site.id) == 0
    assert steps(message) == ["asked", "claimed", "uncertain"]


def test_a_refused_recipient_gives_the_slot_back(cast: Cast, stage, server: Dropper) -> None:
    server.answers = ["550 no such user"]
    message = send(cast, stage)
    assert deliver(message) is Step.NOT_SENT
    assert isinstance(send(cast, stage, at=MORNING + timedelta(minutes=1), key="k2"), Message)


def test_a_double_click_is_one_message(cast: Cast, stage, server: Dropper) -> None:
    first, second = send(cast, stage), send(cast, stage)
    assert first.pk == second.pk
    deliver(first), deliver(second)
    assert len(server.messages) == 1


def test_another_site_sends_nothing_here(cast: Cast, stage) -> None:
    found = send(cast, stage, actor=cleared(cast, "stranger"))
    assert isinstance(found, Problem) and found.code == "cases.unknown"


@pytest.mark.django_db(transaction=True)
def test_clicks_at_once_and_workers_at_once_send_once(
    transactional_db: None, cast: Cast, server: Dropper
) -> None:
    stage = ready(cast)

    def at_once(work: Any) -> list[Any]:
        def alone(_number: int) -> Any:
            try:
                return work()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(3) as pool:
            return list(pool.map(alone, range(3)))

    with clock.frozen(MORNING):
        sent = at_once(lambda: send(cast, stage))
        assert len({one.pk for one in sent}) == 1, sent
        found = at_once(lambda: deliver(sent[0]))
    assert sorted(str(one) for one in found) == ["None", "None", "sent"]
    assert len(server.messages) == 1
