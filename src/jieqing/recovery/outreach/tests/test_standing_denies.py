"""Who acts and for which site: each thing that must stand, missing or run out, denies by its own rule, through the one door."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from tests.cast import Cast

from jieqing.claims.parties.engine.choices import Channel
from jieqing.estate.accounts.access import actor_for
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.outreach import services
from jieqing.recovery.outreach.engine.contact_verdict import Code, told
from jieqing.recovery.outreach.engine.purposes import Purpose
from jieqing.recovery.outreach.services import Refused
from jieqing.recovery.outreach.tests.standing import CLEARED, SAID, add_point, attested, cleared, ready_case
from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.evidence.testing.guard import rows_by_hand

MORNING = datetime.fromisoformat("2026-11-24T10:00:00+08:00")
RULE_OF = {
    "pledge": "GATE-10", "background": "GATE-11", "exam": "GATE-12", "annual_training": "CNP-08",
}  # fmt: skip


@pytest.fixture
def ready(cast: Cast) -> tuple[Any, Any]:
    return ready_case(cast.actor("owner"))


def call(cast: Cast, ready: tuple[Any, Any], actor: Any, at: datetime = MORNING, **more: Any) -> Any:
    case, point = ready
    wish: dict[str, Any] = {"point": point.pk, "channel": Channel.VOICE_HUMAN} | more
    with clock.frozen(at), site_scope(cast.site.id):
        return services.request_permit(
            actor=actor, case=case.id, purpose=Purpose.COLLECT, content=SAID, **wish
        )


def reasons(found: Any) -> set[str]:
    assert isinstance(found, Refused), found
    return {reason.rule.id for reason in found.verdict.reasons}


@pytest.mark.parametrize("lost", sorted(RULE_OF))
def test_each_clearance_that_is_missing_denies(cast: Cast, ready, lost: str) -> None:
    found = call(cast, ready, replace(cleared(cast), clearances=CLEARED - {lost}))
    assert reasons(found) == {RULE_OF[lost]}


def test_a_clearance_that_ran_out_denies_from_the_next_day(cast: Cast, ready) -> None:
    user, last = cast.users["owner"], MORNING.date()
    for kind in sorted(CLEARED):
        attested(cast.actor("owner"), user.id, kind, last + timedelta(days=0 if kind == "exam" else 20))
    with clock.frozen(MORNING):
        held = unwrap(actor_for(user, cast.site.id))
    assert isinstance(call(cast, ready, held), Permit)
    tomorrow = MORNING + timedelta(days=1)
    with clock.frozen(tomorrow):
        lapsed = unwrap(actor_for(user, cast.site.id))
    assert reasons(call(cast, ready, lapsed, tomorrow)) == {"GATE-12"}


@pytest.mark.parametrize(
    ("what", "statement", "rule"),
    [
        ("a filing that ran out", "UPDATE sites_filing SET ended_at = now() WHERE site_id = %s", "GATE-06"),
        ("a site that is suspended", "UPDATE sites_site SET state = 'suspended' WHERE id = %s", "GATE-05"),
    ],
)
def test_a_site_that_does_not_stand_reaches_nobody(
    cast: Cast, ready, what: str, statement: str, rule: str
) -> None:
    with rows_by_hand(what), site_scope(cast.site.id), connection.cursor() as cursor:
        cursor.execute(statement, [cast.site.id])
    assert reasons(call(cast, ready, cleared(cast))) == {rule}


def test_a_site_that_accepted_no_agreement_reaches_nobody(cast: Cast) -> None:
    found = call(cast, ready_case(cast.actor("owner"), agrees=False), cleared(cast))
    assert reasons(found) == {"GATE-05"}


def test_mail_without_a_zone_is_denied_with_what_to_do(cast: Cast, ready) -> None:
    case, _point = ready
    mail = add_point(cast.actor("owner"), case.debtor_id, "li@example.com", "email")
    found = call(cast, ready, cleared(cast), point=mail.pk, channel=Channel.EMAIL)
    verdict = told(found.verdict, MORNING)
    assert verdict.code is Code.NEVER
    assert verdict.todo == (
        "请在联系方式页面登记对方所在时区。",
        "State the person's time zone on the page of contact points.",
    )
    assert verdict.as_dict()["todo"]["zh"] == verdict.todo[0]
    assert not is_problem(found)
