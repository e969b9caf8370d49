"""Asking for leave: the facts are the rows', what is missing denies, a denial is evidence, the night is closed to the second."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.claims.parties import services as parties
from jieqing.claims.parties.engine.choices import Channel, ChoiceSource, Hours
from jieqing.claims.parties.engine.contact_points import BelongsTo
from jieqing.claims.parties.engine.standing import GuaranteeKind
from jieqing.claims.parties.models import Party
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services as cases
from jieqing.recovery.cases.access import case_by_id
from jieqing.recovery.cases.tests.books import ids_of
from jieqing.recovery.outreach import services
from jieqing.recovery.outreach.engine.contact_verdict import Code, told
from jieqing.recovery.outreach.engine.contents import Content
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.services import Approved, Refused
from jieqing.recovery.outreach.tests.standing import CLEARED, SAID, add_point, cleared, ready_case
from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.compliance.models import Decision
from jieqing.trust.evidence.testing.guard import rows_by_hand

MORNING = datetime.fromisoformat("2026-11-24T10:00:00+08:00")
NIGHT = datetime.fromisoformat("2026-11-24T22:00:00+08:00")
SAY = {"source": ChoiceSource.CALL, "reason": "来电说明"}


def ask(cast: Cast, case: Any, point: Any, at: datetime = MORNING, **more: Any) -> Any:
    actor = more.pop("actor", None) or cleared(cast)
    wish: dict[str, Any] = {
        "channel": Channel.VOICE_HUMAN,
        "purpose": Purpose.COLLECT,
        "content": SAID,
    } | more
    with clock.frozen(at), site_scope(actor.own_site):
        return services.request_permit(actor=actor, case=case.id, point=point.pk, **wish)


def rules(found: Any) -> set[str]:
    assert isinstance(found, Refused), found
    return {reason.rule.id for reason in found.verdict.reasons}


@pytest.fixture
def ready(cast: Cast) -> tuple[Any, Any]:
    return ready_case(cast.actor("owner"))


def test_a_permit_where_everything_stands(cast: Cast, ready) -> None:
    case, point = ready
    permit = ask(cast, case, point)
    assert isinstance(permit, Permit), permit.verdict.as_dict()
    assert permit.contact == f"claims.parties.point:{point.pk}"
    with site_scope(cast.site.id):
        kept = Decision.objects.get(pk=permit.decision_id)
        assert kept.facts["debt_kind"] == "b2b"
        assert kept.facts["creditor_kind"] == "company"
        assert kept.facts["staff"]["clearances"] == sorted(CLEARED)
        assert "13812345678" not in str(kept.facts)
        with connection.cursor() as cursor:
            cursor.execute("SELECT action, chain_id FROM evidence_entry WHERE id = %s", [kept.entry_id])
            assert cursor.fetchone() == ("trust.compliance.permitted", case.id)


def test_the_night_is_closed_to_the_second(cast: Cast, ready) -> None:
    case, point = ready
    assert isinstance(ask(cast, case, point, NIGHT - timedelta(seconds=1)), Permit)
    late = ask(cast, case, point, NIGHT)
    assert "RL-15" in rules(late)
    verdict = told(late.verdict, NIGHT)
    assert (verdict.code, verdict.not_before.isoformat()) == (Code.NOT_BEFORE, "2026-11-25T08:00:00+08:00")
    assert verdict.label("zh").startswith("11-25 08:00 后可联系 · ")
    early = NIGHT + timedelta(hours=9, minutes=59, seconds=59)
    shown = told(ask(cast, case, point, early).verdict, early)
    assert shown.label("zh").startswith("08:00 后可联系 · ")
    assert isinstance(ask(cast, case, point, NIGHT + timedelta(hours=10)), Permit)


def test_agreed_hours_open_the_persons_own_night(cast: Cast, ready) -> None:
    case, point = ready
    with site_scope(cast.site.id), clock.frozen(MORNING - timedelta(days=1)):
        party = Party.objects.get(pk=case.debtor_id)
        parties.agree_hours(actor=cast.actor("owner"), party=party, hours=Hours(1320, 1380), **SAY)
    assert isinstance(ask(cast, case, point, NIGHT), Permit)
    assert "RL-15" in rules(ask(cast, case, point, NIGHT + timedelta(hours=1)))


def test_the_night_is_the_persons_and_not_the_servers(cast: Cast, ready) -> None:
    case, point = ready
    with site_scope(cast.site.id), clock.frozen(MORNING - timedelta(days=1)):
        parties.state_timezone(
            actor=cast.actor("owner"), point=point, timezone="Asia/Urumqi", reason="本人说明"
        )
    assert isinstance(ask(cast, case, point, NIGHT), Permit), "20:00 there"
    assert "RL-15" in rules(ask(cast, case, point, datetime.fromisoformat("2026-11-25T09:59:59+08:00")))


def test_what_nobody_looked_at_denies_and_says_so(cast: Cast, ready) -> None:
    case, point = ready
    blind = ask(cast, case, point, content=Content())
    missing = {fact for reason in blind.verdict.reasons for fact in reason.missing}
    assert {"discloses_debt", "scan_verdict", "recording_notice"} <= missing
    assert told(blind.verdict, MORNING).code is Code.NEVER
    mail = add_point(cast.actor("owner"), case.debtor_id, "li@example.com", "email")
    unknown = ask(cast, case, mail, channel=Channel.EMAIL)
    assert {"timezone"} <= {fact for reason in unknown.verdict.reasons for fact in reason.missing}
    assert "时区未知" in told(unknown.verdict, MORNING).label("zh")


def test_nobody_without_clearances_calls(cast: Cast, ready) -> None:
    case, point = ready
    assert {"GATE-10", "GATE-11", "GATE-12"} <= rules(ask(cast, case, point, actor=cast.actor("owner")))


def test_a_site_without_filing_reaches_nobody(cast: Cast, ready) -> None:
    case, point = ready
    with (
        rows_by_hand("what a filing that ran out looks like"),
        site_scope(cast.site.id),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE sites_filing SET ended_at = now() WHERE site_id = %s", [cast.site.id])
    assert rules(ask(cast, case, point)) == {"GATE-06"}


def test_a_dispute_a_complaint_and_an_opt_out_close_the_case(cast: Cast, ready) -> None:
    case, point = ready
    with site_scope(cast.site.id):
        party = Party.objects.get(pk=case.debtor_id)
        opted = parties.record_opt_out(
            actor=cast.actor("owner"), party=party, channel=Channel.VOICE_HUMAN, **SAY
        )
        assert not is_problem(opted)
    assert rules(ask(cast, case, point, clock.now().replace(hour=3) + timedelta(days=1))) == {"GATE-16"}
    disputed = cases.open_dispute(actor=cast.actor("owner"), case=case, code="wrong_amount", text="金额不对")
    assert not is_problem(disputed), disputed
    found = ask(cast, case, point, clock.now().replace(hour=3) + timedelta(days=1))
    assert {"COMP-05", "GATE-16"} <= rules(found)


def test_a_hold_about_the_person_closes_every_case_and_opens_again(cast: Cast, ready) -> None:
    case, point = ready
    other = cases.open_case(actor=cast.actor("owner"), item_ids=_items(cast, "INV-002"))
    assert not is_problem(other), other
    hold = cases.place_hold(actor=cast.actor("owner"), case=case, kind="represented", reason="委托书")
    assert not is_problem(hold), hold
    soon = clock.now().replace(hour=3, minute=0) + timedelta(days=1)
    assert "CNP-05" in rules(ask(cast, other, point, soon))
    released = cases.release_hold(actor=cast.actor("owner"), hold=hold, reason="解除委托")
    assert not is_problem(released), released
    assert isinstance(ask(cast, other, point, soon), Permit)


def test_a_third_person_only_passes_a_message_on_and_never_after_refusing(cast: Cast, ready) -> None:
    case, point = ready
    theirs = add_point(
        cast.actor("owner"), case.debtor_id, "13900001111", belongs_to=BelongsTo.FAMILY, holder="王芳"
    )
    assert rules(ask(cast, case, theirs, purpose=Purpose.PASS_MESSAGE)) == {"B2B-06"}, (
        "the debtor can be reached"
    )
    with site_scope(cast.site.id):
        assert not is_problem(parties.mark_invalid(actor=cast.actor("owner"), point=point, reason="空号"))
    found = ask(cast, case, theirs, purpose=Purpose.PASS_MESSAGE)
    assert isinstance(found, Permit), found.verdict.as_dict()
    telling = ask(
        cast, case, theirs, purpose=Purpose.PASS_MESSAGE, content=replace(SAID, discloses_debt=True)
    )
    assert "PI-01" in rules(telling)


def test_a_guarantor_is_reached_while_the_guarantee_runs(cast: Cast, ready) -> None:
    case, _point = ready
    with site_scope(cast.site.id):
        guarantor = Party.objects.filter(name="北方贸易有限公司").get()
        linked = parties.link_guarantor(
            actor=cast.actor("owner"),
            guarantor=guarantor,
            debtor=Party.objects.get(pk=case.debtor_id),
            kind=GuaranteeKind.JOINT,
            reason="保证合同",
        )
        assert not is_problem(linked)
    theirs = add_point(cast.actor("owner"), guarantor.pk, "13700001111")
    at = clock.now().replace(hour=3) + timedelta(days=1)
    permit = ask(cast, case, theirs, at)
    assert isinstance(permit, Permit), permit
    with site_scope(cast.site.id):
        assert Decision.objects.get(pk=permit.decision_id).facts["role"] == "guarantor"
        parties.end_guarantee(actor=cast.actor("owner"), guarantee=linked, reason="期间届满")
    stranger = ask(cast, case, theirs, at)
    assert isinstance(stranger, Problem)
    assert stranger.code == "outreach.point_elsewhere"


def test_another_sites_case_or_point_is_not_there(cast: Cast, ready) -> None:
    case, point = ready
    foreign = ask(cast, case, point, actor=cleared(cast, "stranger"))
    assert isinstance(foreign, Problem)
    assert foreign.code == "cases.unknown"
    _theirs, number = ready_case(cast.actor("stranger"))
    mixed = ask(cast, case, number)
    assert isinstance(mixed, Problem)
    assert mixed.code == "parties.point_unknown"


def test_a_channel_that_does_not_lead_there_and_an_approval_of_oneself_are_refused(cast: Cast, ready) -> None:
    case, point = ready
    wrong = ask(cast, case, point, channel=Channel.EMAIL)
    own = ask(cast, case, point, approved=Approved(cleared(cast), "可以"))
    assert [one.code for one in (wrong, own) if isinstance(one, Problem)] == [
        "outreach.wrong_channel",
        "outreach.approver_refused",
    ]


def test_a_denial_is_kept_and_is_evidence(cast: Cast, ready) -> None:
    case, point = ready
    found = ask(cast, case, point, NIGHT)
    with site_scope(cast.site.id), connection.cursor() as cursor:
        kept = Decision.objects.get(pk=found.decision_id)
        cursor.execute("SELECT action FROM evidence_entry WHERE id = %s", [kept.entry_id])
        assert cursor.fetchone() == ("trust.compliance.denied",)
        assert kept.rules == ["RL-15"]


def test_a_closed_case_reaches_nobody(cast: Cast, ready) -> None:
    case, point = ready
    with site_scope(cast.site.id):
        closed = cases.close_case(
            actor=cast.actor("owner"), case=case, closing="withdrawn", reason="债权人撤回"
        )
    assert not is_problem(closed), closed
    assert "GATE-07" in rules(ask(cast, case, point))


def test_the_preview_says_what_a_request_would_and_leaves_nothing(cast: Cast, ready) -> None:
    case, _point = ready
    with clock.frozen(NIGHT), site_scope(cast.site.id):
        rows = services.preview_contacts(actor=cleared(cast), case=case)
        assert not Decision.objects.exists()
    codes = {channel: verdict.code for channel, _purpose, verdict in rows[0].verdicts}
    assert codes == {Channel.VOICE_HUMAN: Code.NOT_BEFORE, Channel.SMS: Code.NOT_BEFORE}


def test_many_points_cost_as_many_statements_as_one(cast: Cast, ready) -> None:
    case, _point = ready
    with site_scope(cast.site.id):
        case = case_by_id(cleared(cast), case.id)
    counts = []
    for more in (0, 11):
        for index in range(more):
            add_point(cast.actor("owner"), case.debtor_id, f"1390000{index:04d}")
        with site_scope(cast.site.id):
            counts.append(len(statements(lambda: services.preview_contacts(actor=cleared(cast), case=case))))
    assert counts[0] == counts[1], counts


def _items(cast: Cast, number: str) -> list[Any]:
    return ids_of(cast.actor("owner"), number)
