"""What waits for a second person in the demonstration: requests to contact, one of them answered, and a change of rules to decide.

Asked for by the real services at the last late morning in Beijing; a contact that the gate does not leave to a person is passed over.
Running it again changes nothing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from jieqing.plumbing.cli.frame import unwrap
from jieqing.web.commands.demo_contacts import CLEARANCES

CASES_TRIED, REQUESTS = 12, 3
_BEIJING = ZoneInfo("Asia/Shanghai")
_LATE_MORNING = time(11, 20)


def seed_approvals(lead: Any, worker: Any) -> int:
    """Ask as the specialist, answer one as the lead, review a shorter evening; returns how many requests there are."""
    from jieqing.kernel import clock
    from jieqing.plumbing.db.scopes import site_scope
    from jieqing.recovery.assurance import services as assurance
    from jieqing.recovery.assurance.engine.drafts import closing_hours
    from jieqing.recovery.assurance.selectors import reviews
    from jieqing.recovery.outreach import selectors, services

    with site_scope(lead.own_site):
        if selectors.approvals_page(lead).total or reviews(lead.own_site):
            return 0
        with clock.frozen(_last_late_morning(clock.now())):
            asked = list(_asked(lead, worker))
            for row in [one for one in asked if one.asked_by != lead.id][:1]:
                reason = "措辞已复核，可以联系"
                unwrap(
                    services.answer_approval(actor=lead, approval_id=row.pk, is_approved=True, reason=reason)
                )
        day = clock.today() + timedelta(days=14)
        text = closing_hours(time(20), time(8), [], day)
        why = "债务人反映晚间来电较多，拟缩短"
        unwrap(assurance.review_change(actor=lead, effective_on=day, why=why, text=text))
    return len(asked)


def _asked(lead: Any, worker: Any) -> Iterator[Any]:
    """Requests for the first cases whose contact the gate leaves to a person."""
    from jieqing.claims.parties.engine.choices import Channel
    from jieqing.claims.parties.selectors import contact_points_of
    from jieqing.kernel.outcomes import is_problem
    from jieqing.recovery.cases.selectors import CaseFilter, cases_page
    from jieqing.recovery.outreach import services
    from jieqing.recovery.outreach.engine.contents import CAREFUL
    from jieqing.recovery.outreach.engine.purposes import Purpose

    found = 0
    doubted = replace(CAREFUL, scan_verdict="needs_approval")
    for case in cases_page(lead, CaseFilter(state="open"), limit=CASES_TRIED).rows:
        who = worker if case.owner_id == worker.id else lead
        for point in contact_points_of([case.debtor_id]).get(case.debtor_id, []):
            if point.kind.value != "mobile" or found == REQUESTS:
                continue
            asked = services.ask_approval(
                actor=replace(who, clearances=frozenset(CLEARANCES)),
                case=case.id,
                point=point.id,
                channel=Channel.VOICE_HUMAN,
                purpose=Purpose.PLAN_OFFER,
                content=doubted,
                why="内容提到分期减免，扫描要求人工复核",
            )
            if not is_problem(asked):
                found += 1
                yield asked


def _last_late_morning(now: datetime) -> datetime:
    here = now.astimezone(_BEIJING)
    at = datetime.combine(here.date(), _LATE_MORNING, _BEIJING)
    return at if at <= here else at - timedelta(days=1)
