"""A second person's yes: never one's own, once, in time, for exactly what was asked; and two people for a visit."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from tests.cast import Cast

from jieqing.claims.parties.engine.choices import Channel
from jieqing.estate.accounts.services import join_site, register_user
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind, system_actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.outreach import selectors, services
from jieqing.recovery.outreach.engine.approvals import HOLDS_FOR, WAITS_FOR, ApprovalState
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.models import ApprovalRequest
from jieqing.recovery.outreach.services import Refused
from jieqing.recovery.outreach.tests.standing import CLEARED, SAID, add_point, attested, cleared, ready_case
from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.compliance.models import Decision

MORNING = datetime.fromisoformat("2026-11-24T10:00:00+08:00")
LAST = MORNING.date() + timedelta(days=20)
ZONED = {"timezone": "Asia/Shanghai"}
DOUBTED = replace(SAID, scan_verdict="needs_approval")


@pytest.fixture
def ready(cast: Cast) -> tuple[Any, Any]:
    return ready_case(cast.actor("owner"))


def colleague(cast: Cast, role: str = "case_manager", clearances: frozenset[str] = CLEARED) -> Actor:
    user = register_user(username=role, display_name=role, password="correct-horse-battery-9")
    assert not is_problem(user)
    join_site(actor=system_actor(cast.site.id, "test"), user=user, role=role)
    return Actor(user.id, ActorKind.PERSON, cast.site.id, frozenset({role}), clearances)


def asked(cast: Cast, ready: tuple[Any, Any], actor: Actor | None = None, **more: Any) -> Any:
    case, point = ready
    who = actor or cleared(cast)
    wish: dict[str, Any] = {
        "point": point.pk,
        "channel": Channel.VOICE_HUMAN,
        "purpose": Purpose.COLLECT,
        "content": DOUBTED,
        "why": "话术复核后致电",
    } | more
    with clock.frozen(MORNING), site_scope(cast.site.id):
        return services.ask_approval(actor=who, case=case.id, **wish)


def answered(
    cast: Cast, row: ApprovalRequest, by: Actor, after: timedelta = timedelta(hours=1), **more: Any
) -> Any:
    words: dict[str, Any] = {"is_approved": True, "reason": "内容已看过"} | more
    with clock.frozen(MORNING + after), site_scope(cast.site.id):
        return services.answer_approval(actor=by, approval_id=row.pk, **words)


def taken(
    cast: Cast, row: ApprovalRequest, after: timedelta = timedelta(hours=2), by: Actor | None = None
) -> Any:
    with clock.frozen(MORNING + after), site_scope(cast.site.id):
        return services.permit_by_approval(actor=by or cleared(cast), approval_id=row.pk)


def code_of(found: Any) -> str:
    assert isinstance(found, Problem), found
    return found.code


def test_from_the_request_over_the_answer_to_one_permit(cast: Cast, ready) -> None:
    row = asked(cast, ready)
    assert row.rules == ["GATE-14"]
    manager = colleague(cast)
    assert code_of(taken(cast, row)) == "outreach.approval_not_in_force"
    answer = answered(cast, row, manager)
    assert not is_problem(answer), answer
    permit = taken(cast, row)
    assert isinstance(permit, Permit), permit
    assert permit.approved_by == manager.id
    assert code_of(taken(cast, row)) == "outreach.approval_not_in_force", "once"
    with site_scope(cast.site.id), connection.cursor() as cursor:
        kept = selectors.approvals_page(manager).rows[0]
        assert selectors.state_of(kept, MORNING + timedelta(hours=3)) is ApprovalState.USED
        cursor.execute(
            "SELECT action FROM evidence_entry WHERE chain_id = %s AND action LIKE '%%approval%%' ORDER BY id",
            [ready[0].id],
        )
        assert [action for (action,) in cursor.fetchall()] == [
            "recovery.outreach.approval_asked",
            "recovery.outreach.approval_answered",
        ]


def test_nobody_answers_their_own_request_nor_without_the_right(cast: Cast, ready) -> None:
    row = asked(cast, ready)
    assert code_of(answered(cast, row, cleared(cast))) == "outreach.approver_refused"
    specialist = colleague(cast, "specialist")
    assert code_of(answered(cast, row, specialist)) == "outreach.approval_unknown", "sees their own only"
    auditor = cast.actor("teammate")
    assert code_of(answered(cast, row, auditor)) == "outreach.approver_refused"
    program = replace(
        cast.actor("owner"), id=auditor.id, kind=ActorKind.SERVICE, roles=frozenset({"cases.assign"})
    )
    assert code_of(answered(cast, row, program)) == "outreach.approver_refused"
    manager = colleague(cast)
    assert code_of(answered(cast, row, manager, reason=" ")) == "outreach.approval_reason_missing"
    assert not is_problem(answered(cast, row, manager))
    assert code_of(answered(cast, row, manager)) == "outreach.approval_closed"


def test_a_request_lapses_and_a_yes_runs_out(cast: Cast, ready) -> None:
    row, manager = asked(cast, ready), colleague(cast)
    assert code_of(answered(cast, row, manager, WAITS_FOR)) == "outreach.approval_closed"
    assert not is_problem(answered(cast, row, manager))
    late = timedelta(hours=1) + HOLDS_FOR
    assert isinstance(taken(cast, row, late - timedelta(seconds=1)), Permit)
    other = asked(cast, ready, purpose=Purpose.PLAN_OFFER)
    assert not is_problem(answered(cast, other, manager))
    assert code_of(taken(cast, other, late)) == "outreach.approval_not_in_force"


def test_a_no_gives_no_permit_and_an_approval_lifts_no_denial(cast: Cast, ready) -> None:
    manager = colleague(cast)
    row = asked(cast, ready)
    assert not is_problem(answered(cast, row, manager, is_approved=False))
    assert code_of(taken(cast, row)) == "outreach.approval_not_in_force"
    again = asked(cast, ready)
    assert not is_problem(answered(cast, again, manager))
    night = taken(cast, again, timedelta(hours=12))
    assert isinstance(night, Refused)
    assert isinstance(taken(cast, again, timedelta(hours=22)), Permit), "the refusal left it unused"


def test_what_needs_none_and_what_none_can_lift_is_not_asked(cast: Cast, ready) -> None:
    assert code_of(asked(cast, ready, content=SAID)) == "outreach.nothing_to_approve"
    denied = asked(cast, ready, content=replace(SAID, scan_verdict="block"))
    assert code_of(denied) == "outreach.not_to_approve"
    assert "平台规则 13" in denied.zh
    assert code_of(asked(cast, ready, why="")) == "outreach.approval_reason_missing"
    assert not is_problem(asked(cast, ready))
    assert code_of(asked(cast, ready)) == "outreach.approval_asked_already"


def test_only_whoever_asked_takes_the_permit(cast: Cast, ready) -> None:
    row, manager = asked(cast, ready), colleague(cast)
    assert not is_problem(answered(cast, row, manager))
    assert code_of(taken(cast, row, by=manager)) == "outreach.approval_of_another"


def test_another_sites_request_is_not_there(cast: Cast, ready) -> None:
    row = asked(cast, ready)
    with site_scope(cast.other_site.id):
        found = services.answer_approval(
            actor=cast.actor("stranger"), approval_id=row.pk, is_approved=True, reason="可以"
        )
    assert code_of(found) == "outreach.approval_unknown"


def test_the_pages_lead_from_the_request_to_the_permit(cast: Cast, ready) -> None:
    case, point = ready
    manager = colleague(cast)
    for kind in sorted(CLEARED):
        attested(cast.actor("owner"), cast.users["owner"].id, kind, LAST)
    owner = cast.clients["owner"]
    room = f"/s/{cast.site.slug}"
    form = {
        "contact": f"{point.pk}|voice_human", "purpose": "collect", "why": "复核后致电", "discloses_debt": "no",
        "threatens_suit": "no", "identity_verified": "no", "ai_label": "yes", "recording_notice": "yes",
        "script_filed": "yes", "scan_verdict": "needs_approval", "companion": "",
    }  # fmt: skip
    with clock.frozen(MORNING):
        shown = owner.get(f"{room}/cases/{case.id}/approvals/new/?point={point.pk}&channel=voice_human")
        assert shown.status_code == 200
        empty = owner.post(f"{room}/cases/{case.id}/approvals/new/", form | {"why": ""})
        assert empty.status_code == 422
        sent = owner.post(f"{room}/cases/{case.id}/approvals/new/", form)
        assert sent.status_code == 302, sent.content.decode()
        page = owner.get(sent.url).content.decode()
        assert "须由另一人答复" in page and "13812345678" not in page
    with site_scope(cast.site.id):
        row = ApprovalRequest.objects.get()
    assert not is_problem(answered(cast, row, manager))
    with clock.frozen(MORNING + timedelta(hours=2)):
        done = owner.post(f"{room}/approvals/{row.pk}/permit/")
        assert done.status_code == 302, done.content.decode()
        assert "已凭这次同意取得许可" in owner.get(done.url).content.decode()
        assert "已使用" in owner.get(f"{room}/approvals/").content.decode()


def visit(cast: Cast, case: Any, point: Any, **more: Any) -> Any:
    with clock.frozen(MORNING), site_scope(cast.site.id):
        return services.request_permit(
            actor=cleared(cast), case=case.id, point=point.pk, channel=Channel.VISIT,
            purpose=Purpose.COLLECT, content=SAID, **more,
        )  # fmt: skip


def test_a_visit_counts_two_people_and_what_both_of_them_hold(cast: Cast, ready) -> None:
    case, _point = ready
    door = add_point(cast.actor("owner"), case.debtor_id, "江苏省无锡市梁溪区人民路1号", "address", **ZONED)
    along = colleague(cast)
    unproven = visit(cast, case, door, companion=along.id)
    assert isinstance(unproven, Refused), "the colleague holds no clearance of record"
    assert {"GATE-10", "GATE-11", "GATE-12"} <= {one.rule.id for one in unproven.verdict.reasons}
    with site_scope(cast.site.id):
        facts = Decision.objects.get(pk=unproven.decision_id).facts
        assert facts["staff"] == {"clearances": [], "count": 2, "is_lawyer": False}
    alone = visit(cast, case, door)
    assert isinstance(alone, Refused)
    assert {one.rule.id for one in alone.verdict.reasons} == {"GBT-20"}, "two people, whatever the debt"
    for wrong in (cleared(cast).id, cast.users["stranger"].id, cast.users["teammate"].id):
        assert code_of(visit(cast, case, door, companion=wrong)) == "outreach.companion_refused"


def test_a_companion_who_is_cleared_makes_two(cast: Cast, ready) -> None:
    case, _point = ready
    door = add_point(cast.actor("owner"), case.debtor_id, "江苏省无锡市梁溪区人民路1号", "address", **ZONED)
    along = colleague(cast)
    for kind in sorted(CLEARED):
        attested(cast.actor("owner"), along.id, kind, LAST)
    permit = visit(cast, case, door, companion=along.id)
    assert isinstance(permit, Permit), permit
    with site_scope(cast.site.id), connection.cursor() as cursor:
        assert Decision.objects.get(pk=permit.decision_id).facts["staff"]["count"] == 2
        cursor.execute(
            "SELECT count(*) FROM evidence_entry WHERE action = 'recovery.outreach.companion_named' AND chain_id = %s",
            [case.id],
        )
        assert cursor.fetchone() == (1,)
