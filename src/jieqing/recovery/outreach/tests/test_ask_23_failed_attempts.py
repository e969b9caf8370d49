"""Ask 23. Partial payment and failed attempts on the invoice.

Requirement: 1 invoice : N payments incl. partial; failed attempts and next retry date on timeline; retries configurable
per channel. Source: killbill/killbill#125, #393, #69, #1107, #1324. The payments of one invoice are the ledger's own test of
this ask; here are the attempts: the platform takes no money, so an attempt is a contact about the debt, under a permit.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.cast import Cast

from jieqing.claims.parties.engine.choices import Channel
from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.engine.codes import ContactResult
from jieqing.recovery.cases.models import Case, CaseEvent
from jieqing.recovery.outreach import services
from jieqing.recovery.outreach.engine.retries import DEFAULTS, RetryRule, checked_waits
from jieqing.recovery.outreach.selectors import retry_rule
from jieqing.recovery.outreach.tests.standing import cleared, ready_case
from jieqing.recovery.outreach.tests.test_request_permit import ask
from jieqing.trust.compliance import services as gate
from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.compliance.models import PermitState
from jieqing.trust.evidence.testing.guard import rows_by_hand

MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
NO_ANSWER, SPOKEN = ContactResult.NO_ANSWER, ContactResult.CONVERSATION


@pytest.fixture
def ready(cast: Cast) -> tuple[Any, Any]:
    return ready_case(cast.actor("owner"))


def used(
    cast: Cast, ready: Any, at: datetime, channel: Channel = Channel.VOICE_HUMAN, point: Any = None
) -> UUID:
    """A permit that an adapter used."""
    case, number = ready
    permit = ask(cast, case, point or number, at, channel=channel)
    assert isinstance(permit, Permit), permit.verdict.as_dict()
    with clock.frozen(at), site_scope(cast.site.id):
        left = gate.redeem(actor=cleared(cast), permit=permit, channel=permit.channel, contact=permit.contact)
    assert left is None
    return permit.id


def told(cast: Cast, ready: Any, permit: UUID, at: datetime, result: ContactResult = NO_ANSWER) -> Any:
    with clock.frozen(at), site_scope(cast.site.id):
        return services.record_outcome(actor=cleared(cast), case=ready[0].id, permit_id=permit, result=result)


def tried(cast: Cast, ready: Any, at: datetime, result: ContactResult = NO_ANSWER, **more: Any) -> Any:
    return unwrap(told(cast, ready, used(cast, ready, at, **more), at, result))


def timeline(cast: Cast, case: Any) -> list[tuple[str, dict[str, Any]]]:
    with site_scope(cast.site.id):
        rows = CaseEvent.objects.filter(case=case, kind__in=("contacted", "contact_failed"))
        return [(row.kind, row.facts) for row in rows.order_by("at", "id")]


def test_ask_23_a_failed_attempt_stands_on_the_timeline_with_the_next_retry_date(cast: Cast, ready) -> None:
    first = tried(cast, ready, MONDAY)
    # The platform's own rule of calls: a day after the first, two after the second; a Saturday moves to Monday.
    assert (first.number, first.again_on) == (1, date(2026, 11, 24))
    second = tried(cast, ready, MONDAY + timedelta(days=3))
    assert (second.number, second.again_on) == (2, date(2026, 11, 30))
    assert [
        (kind, facts["channel"], facts["outcome"], facts["number"], facts["again_on"])
        for kind, facts in timeline(cast, ready[0])
    ] == [
        ("contact_failed", "voice_human", "no_answer", 1, "2026-11-24"),
        ("contact_failed", "voice_human", "no_answer", 2, "2026-11-30"),
    ]
    with site_scope(cast.site.id):
        case = Case.objects.get(id=ready[0].id)
        assert (case.next_action, case.next_action_on) == ("follow_up", date(2026, 11, 30))


def test_ask_23_after_the_last_attempt_a_person_decides(cast: Cast, ready) -> None:
    unwrap(
        services.set_retry_rule(
            actor=cast.actor("owner"), waits=[(Channel.VOICE_HUMAN, [1])], reason="两次为限"
        )
    )
    assert tried(cast, ready, MONDAY).again_on == date(2026, 11, 24)
    last = tried(cast, ready, MONDAY + timedelta(days=1))
    assert (last.number, last.again_on) == (2, None)
    with site_scope(cast.site.id):
        assert Case.objects.get(id=ready[0].id).next_action == "decide"


def test_ask_23_retries_are_configured_per_channel_as_versions(cast: Cast, ready) -> None:
    owner = cast.actor("owner")
    with site_scope(cast.site.id):
        assert (retry_rule().version, retry_rule().waits) == (0, DEFAULTS)
    unwrap(
        services.set_retry_rule(
            actor=owner, waits=[(Channel.VOICE_HUMAN, [5]), (Channel.SMS, [])], reason="少打扰"
        )
    )
    with site_scope(cast.site.id):
        rule = retry_rule()
    assert (rule.version, rule.waits[Channel.VOICE_HUMAN], rule.waits[Channel.SMS]) == (1, (5,), ())
    assert rule.waits[Channel.EMAIL] == DEFAULTS[Channel.EMAIL]
    call = tried(cast, ready, MONDAY)
    assert call.again_on == date(2026, 11, 30)
    text = tried(cast, ready, MONDAY + timedelta(days=1), ContactResult.NOT_CONNECTED, channel=Channel.SMS)
    # Each channel counts for itself.
    assert (text.number, text.again_on) == (1, None)
    assert [facts["rule"] for _kind, facts in timeline(cast, ready[0])] == [1, 1]


def test_ask_23_reaching_somebody_or_a_payment_starts_the_count_again(cast: Cast, ready) -> None:
    tried(cast, ready, MONDAY)
    assert tried(cast, ready, MONDAY + timedelta(days=1), SPOKEN).again_on is None
    assert tried(cast, ready, MONDAY + timedelta(days=9)).number == 1
    with rows_by_hand("a payment of another day"), site_scope(cast.site.id):
        CaseEvent.objects.create(
            site_id=cast.site.id, case=ready[0], kind="payment_seen", at=MONDAY + timedelta(days=10),
            actor_id=new_id(), facts={}, entry_id=new_id(),
        )  # fmt: skip
    assert tried(cast, ready, MONDAY + timedelta(days=16)).number == 1


def test_ask_23_told_again_changes_nothing_and_told_otherwise_counts_from_then(cast: Cast, ready) -> None:
    permit = used(cast, ready, MONDAY)
    unwrap(told(cast, ready, permit, MONDAY))
    again = told(cast, ready, permit, MONDAY)
    assert isinstance(again, Problem)
    assert again.code == "outreach.told_before"
    unwrap(told(cast, ready, permit, MONDAY + timedelta(hours=1), ContactResult.NOT_SENT))
    kinds = [
        (facts["outcome"], facts["number"], facts["again_on"]) for _kind, facts in timeline(cast, ready[0])
    ]
    # What never left the house was no try: it may be sent the same day.
    assert kinds == [("no_answer", 1, "2026-11-24"), ("not_sent", 0, "2026-11-23")]
    assert tried(cast, ready, MONDAY + timedelta(days=1)).number == 1


def test_ask_23_a_permit_of_nobody_or_of_another_case_is_not_there(cast: Cast, ready) -> None:
    for permit in (new_id(), unused(cast, ready)):
        found = told(cast, ready, permit, MONDAY)
        assert isinstance(found, Problem)
        assert found.code == "outreach.permit_elsewhere"
    with site_scope(cast.site.id):
        assert not PermitState.objects.exists()


def unused(cast: Cast, ready: Any) -> UUID:
    permit = ask(cast, ready[0], ready[1], MONDAY)
    assert isinstance(permit, Permit)
    return permit.id


@pytest.mark.parametrize("days", [[0], [91], [1] * 11])
def test_ask_23_waits_that_do_not_fit_are_refused_by_name(days: list[int]) -> None:
    found = checked_waits([(Channel.SMS, days)])
    assert is_problem(found)
    assert (found.code, "sms" in found.text("en")) == ("outreach.waits_wrong", True)


def test_a_rule_without_waits_never_tries_again() -> None:
    rule = RetryRule(1, {Channel.PORTAL: ()})
    assert rule.again_on(Channel.PORTAL, NO_ANSWER, 1, MONDAY.date()) is None


def test_ask_23_pages_show_the_attempts_and_take_a_new_rule(cast: Cast, ready, client: Client) -> None:
    tried(cast, ready, MONDAY)
    with site_scope(cast.site.id):
        item_id = ready[0].items.get().item_id
    client.force_login(cast.users["owner"])
    base = f"/s/{cast.site.slug}"
    with clock.frozen(MONDAY + timedelta(hours=1)):
        for address in (f"{base}/cases/{ready[0].id}/", f"{base}/cases/with/{item_id}/"):
            page = client.get(address).content.decode()
            assert "未联系上" in page, address
            assert "下次再试" in page, address
        rules = client.get(f"{base}/retry-rules/").content.decode()
        assert "平台默认" in rules
        done = client.post(f"{base}/retry-rules/", {"voice_human": "2，5", "reason": "少打扰"})
        assert done.status_code == 302
        wrong = client.post(f"{base}/retry-rules/", {"voice_human": "明天", "reason": "少打扰"})
        assert wrong.status_code == 422
        assert "明天" in wrong.content.decode()
    with site_scope(cast.site.id):
        assert (retry_rule().version, retry_rule().waits[Channel.VOICE_HUMAN]) == (1, (2, 5))


def test_ask_23_by_api(cast: Cast, ready, client: Client) -> None:
    client.force_login(cast.users["owner"])
    permit = used(cast, ready, MONDAY)
    base = f"/api/v1/sites/{cast.site.slug}"
    with clock.frozen(MONDAY):
        said = client.post(
            f"{base}/cases/{ready[0].id}/permits/{permit}/outcome",
            {"outcome": "no_answer"}, content_type="application/json", headers={"Idempotency-Key": "a-1"},
        )  # fmt: skip
    assert said.status_code == 200, said.content
    assert said.json() == {"outcome": "no_answer", "failed_in_a_row": 1, "again_on": "2026-11-24"}
    assert client.get(f"{base}/retry-rules").json()["version"] == 0
